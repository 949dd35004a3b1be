"""How people write days, months, periods, times of day and durations: read where that has one meaning, else not.

Every door reads them here, and refuses in these words what it cannot read. Digits are ASCII or full-width.
"""

import re
from datetime import date, time

from ledger.domain.spelling import normal

Told = tuple[str, str]
"""What is told in English and in Chinese."""

DAY: Told = (
    "a day is written 2026-09-05, 20260905, 2026/9/5 or 2026.9.5",
    "日期应写作 2026-09-05、20260905、2026/9/5 或 2026年9月5日",
)
MONTH: Told = ("a month is written 2026-09 or 2026/9", "月份应写作 2026-09 或 2026年9月")
PERIOD: Told = (
    "a period is written 2026-09, 2026-Q3, 2026 or all",
    "期间应写作 2026年9月、2026年第三季度、2026年或全部，也可写作 2026-09、2026-Q3、2026 或 all",
)
MINUTES: Told = (
    "a duration is written 90, 90 min, 1 h 30 min, 1.5 h, 1h30 or 1:30, in whole minutes",
    "时长应写作 90、90分钟、1小时30分、1.5小时或 1:30，须为整分钟",
)

ALL = "all"
"""The period of all time."""

_LONGEST = 100
"""Characters. Nothing that can be read is longer, so a huge text costs nothing."""

_DIGIT = re.compile("[0-9]")
_DIGIT_AS_TYPED = re.compile("[0-9０-９]")

_DAY = re.compile(
    r"([0-9]{4})(?:(?P<by>[-./])([0-9]{1,2})(?P=by)([0-9]{1,2})| ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号])"
)
_DAY_IN_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})(?:[-./](0?[1-9]|1[0-2])| ?年 ?(0?[1-9]|1[0-2]) ?月份?)")
_QUARTER = re.compile(r"([0-9]{4}) ?[-年]? ?(?:[Qq]([1-4])|第? ?([1-4一二三四]) ?季度?)")
_YEAR = re.compile(r"([0-9]{4}) ?年?")
_QUARTERS = {figure: number for number, figure in enumerate("一二三四", 1)}
_EVER = frozenset({ALL, "all time", "全部", "全部期间"})

_TIME = re.compile(r"([01]?[0-9]|2[0-3])(?::([0-5][0-9])| ?[点时] ?(?:([0-5]?[0-9]) ?分?|(半)|整)?)")

_H = r"(?:个?小时|个?钟头|hours?|hrs?|h)"
_M = r"(?:分钟?|minutes?|mins?|m)"
_HOURS = re.compile(_H, re.IGNORECASE)
_DECIMAL = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,15}))?(?: ?(" + _H + r"|" + _M + r"))?", re.IGNORECASE)
_HOURS_AND_MINUTES = re.compile(
    rf"(-?)([0-9]{{1,12}})(?: ?{_H} ?([0-5]?[0-9])(?: ?{_M})?|:([0-5][0-9])(?::00)?)", re.IGNORECASE
)
_AND_A_HALF = re.compile(r"(-?)([0-9]{1,12}) ?(?:个?(?:小时|钟头)半|个半(?:小时|钟头))")
_GROUPED = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])")
_HALF_AN_HOUR = re.compile(r"(-?)半个?(?:小时|钟头)")


def figures(text: str) -> str:
    """The normal text, or nothing if it is too long or hides digits: NFKC would make 22 of 2²."""
    if len(text) > _LONGEST:
        return ""
    folded = normal(text)
    if len(_DIGIT.findall(folded)) != len(_DIGIT_AS_TYPED.findall(text)):
        return ""
    return folded


def read_day(text: str) -> date | None:
    """The day that a text names; None if it names none, or one that is in no calendar (2月30日, year 0)."""
    found = _DAY.fullmatch(written := figures(text)) or _DAY_IN_DIGITS.fullmatch(written)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups() if part and part.isdigit()))
    except ValueError:
        return None


def read_month(text: str) -> str | None:
    """The month that a text names, as `2026-09`; None if it names none, or one of the year 0."""
    found = _MONTH.fullmatch(figures(text))
    if found is None or found[1] == "0000":
        return None
    return f"{found[1]}-{int(found[2] or found[3]):02}"


def read_period(text: str) -> str | None:
    """The period that a text names, as `2026-09`, `2026-Q3`, `2026` or `all`; None if it names none."""
    written = figures(text)
    if written in _EVER:
        return ALL
    if written.startswith("0000"):
        return None
    if found := _QUARTER.fullmatch(written):
        number = found[2] or found[3]
        return f"{found[1]}-Q{_QUARTERS.get(number, number)}"
    if found := _YEAR.fullmatch(written):
        return found[1]
    return read_month(text)


def read_time(text: str) -> time | None:
    """The time of a day of 24 hours that a text names, such as `9:30` or `9点半`; None if it names none."""
    found = _TIME.fullmatch(figures(text))
    if found is None:
        return None
    return time(int(found[1]), 30 if found[4] else int(found[2] or found[3] or 0))


def read_minutes(text: str, *, a_bare_one: int = 1) -> int | None:
    """The whole minutes of a duration, exactly; None if it cannot be read, or gives no whole minutes.

    A number without a unit is of so many minutes each as `a_bare_one` says. `1:30` is an hour and 30 minutes. Commas
    may stand between thousands. A leading minus is read, so that the caller can say "not above zero". The result fits
    in 64 bits.
    """
    written = _GROUPED.sub(lambda found: found[0].replace(",", ""), figures(text))
    if found := _DECIMAL.fullmatch(written):
        unit = a_bare_one if found[4] is None else 60 if _HOURS.fullmatch(found[4]) else 1
        decimals = found[3] or ""
        minutes, rest = divmod(int(found[2] + decimals) * unit, 10 ** len(decimals))
        # Who writes 1.5, and no unit, may mean hours.
        return None if rest or (unit == 1 and decimals) else _signed(found[1], minutes)
    if found := _HOURS_AND_MINUTES.fullmatch(written):
        return _signed(found[1], int(found[2]) * 60 + int(found[3] or found[4]))
    if found := _AND_A_HALF.fullmatch(written):
        return _signed(found[1], int(found[2]) * 60 + 30)
    found = _HALF_AN_HOUR.fullmatch(written)
    return None if found is None else _signed(found[1], 30)


def _signed(sign: str, minutes: int) -> int:
    return -minutes if sign else minutes
