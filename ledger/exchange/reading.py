"""Pure readers of one value, as offices write it. Nothing is guessed: what is unclear cannot be read."""

import re
import unicodedata
from datetime import date, timedelta

_LONGEST = 100
"""Characters. Nothing that can be read is longer, so a huge cell costs nothing."""

_CLOCK = r"(?:[ T](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?)?"
_SEPARATED = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})" + _CLOCK)
_WRITTEN = re.compile(r"([0-9]{4}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日" + _CLOCK)
_SERIAL = re.compile(r"[0-9]{5}")

# Excel's day 1 is 1900-01-01, but it believes in a 1900-02-29: counted from here, all later days are right.
_SERIAL_ZERO = date(1899, 12, 30)
_SERIAL_YEARS = range(1950, 2101)

_DECIMAL_HOURS = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,15}))?")
_MINUTES = re.compile(r"(-?[0-9]{1,12}) ?分钟")
_HOURS_AND_MINUTES = re.compile(r"(-?)([0-9]{1,12}) ?小时(?: ?([0-5]?[0-9]) ?分钟?)?")

_DIGIT = re.compile("[0-9]")
_DIGIT_AS_TYPED = re.compile("[0-9０-９]")


def normal(text: str) -> str:
    """The text after NFKC, stripped, each inner run of white space made one space."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def squeezed(text: str) -> str:
    """The text after NFKC with all white space removed: for comparing headers, never for values."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    # Removing a space can bring a letter and its accent together; without this, squeezing twice would differ.
    return unicodedata.normalize("NFKC", bare)


def read_day(text: str) -> date | None:
    """The day a cell names; None if it cannot be read or is in no calendar (2月30日, year 0).

    Read are 2024-09-05, 2024.9.5, 2024/9/5, 2024年9月5日, each also with a time of day, which is passed over;
    and Excel's serial day number (1900 system, years 1950 to 2100). Digits are ASCII or full-width.
    """
    figures = _figures(text)
    if _SERIAL.fullmatch(figures):
        day = _SERIAL_ZERO + timedelta(days=int(figures))
        return day if day.year in _SERIAL_YEARS else None
    if found := _SEPARATED.fullmatch(figures):
        return _calendar_day(found[1], found[3], found[4])
    if found := _WRITTEN.fullmatch(figures):
        return _calendar_day(found[1], found[2], found[3])
    return None


def read_minutes(text: str) -> int | None:
    """The minutes a cell of service time names, exactly; None if it cannot be read.

    Read are decimal hours (2, 1.5), N分钟, N小时, N小时M分 and N小时M分钟, with M below 60. Decimal hours
    that give no whole minutes cannot be read. A leading minus is read, so that the caller can say
    "not above zero". The result fits in 64 bits.
    """
    figures = _figures(text)
    if found := _DECIMAL_HOURS.fullmatch(figures):
        decimals = found[3] or ""
        minutes, rest = divmod(int(found[2] + decimals) * 60, 10 ** len(decimals))
        return None if rest else _signed(found[1], minutes)
    if found := _MINUTES.fullmatch(figures):
        return int(found[1])
    if found := _HOURS_AND_MINUTES.fullmatch(figures):
        return _signed(found[1], int(found[2]) * 60 + int(found[3] or 0))
    return None


def _figures(text: str) -> str:
    """The normal text, or nothing if it is too long or hides digits: NFKC would make 22 of 2²."""
    if len(text) > _LONGEST:
        return ""
    folded = normal(text)
    if len(_DIGIT.findall(folded)) != len(_DIGIT_AS_TYPED.findall(text)):
        return ""
    return folded


def _calendar_day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _signed(sign: str, minutes: int) -> int:
    return -minutes if sign else minutes
