"""Periods by day of service: a month, a quarter, a year, or all time."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"\d{4}")

ALL = "all"


class UnknownPeriod(ValueError):
    """The text names no period."""


class Period(NamedTuple):
    """A named run of months, both ends in it, as `YYYY-MM`."""

    name: str
    first_month: str
    last_month: str


EVER = Period(ALL, "0001-01", "9999-12")


def read_period(text: str) -> Period:
    """`2026-09`, `2026-Q3`, `2026` or `all`; raises UnknownPeriod for anything else, such as the year 0000."""
    if text == ALL:
        return EVER
    if not text.startswith("0000") and text.isascii():
        if _MONTH.fullmatch(text):
            return Period(text, text, text)
        if quarter := _QUARTER.fullmatch(text):
            year, number = quarter[1], int(quarter[2])
            return Period(text, f"{year}-{3 * number - 2:02}", f"{year}-{3 * number:02}")
        if _YEAR.fullmatch(text):
            return Period(text, f"{text}-01", f"{text}-12")
    raise UnknownPeriod("a period is written 2026-09, 2026-Q3, 2026 or all")


def read_month(text: str) -> str:
    """`2026-09`, itself; raises UnknownPeriod for anything else."""
    if not text.isascii() or text.startswith("0000") or not _MONTH.fullmatch(text):
        raise UnknownPeriod("a month is written 2026-09")
    return text


def last_day(period: Period, today: date) -> date:
    """The last day of a period, or today where that has not come yet."""
    year, month = map(int, period.last_month.split("-"))
    return min(date(year, month, monthrange(year, month)[1]), today)


def month_of(day: date) -> str:
    """The month of a day, as `YYYY-MM`."""
    return day.isoformat()[:7]


@lru_cache(maxsize=4_096)
def periods_of(day: date) -> tuple[str, str, str, str]:
    """The names of the month, quarter, year and all time that a day lies in."""
    month = month_of(day)
    return month, f"{month[:4]}-Q{(day.month + 2) // 3}", month[:4], ALL
