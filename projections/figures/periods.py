"""Periods by day of service: a month, a quarter, a year, or all time."""

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ledger.domain import written
from ledger.domain.bilingual import Bilingual
from ledger.domain.written import ALL


class UnknownPeriod(Bilingual):
    """The text names no period."""


class Period(NamedTuple):
    """A named run of months, both ends in it, as `YYYY-MM`."""

    name: str
    first_month: str
    last_month: str


EVER = Period(ALL, "0001-01", "9999-12")


def read_period(text: str) -> Period:
    """The period that a text names, however people write it; raises UnknownPeriod where it names none."""
    name = written.read_period(text)
    if name is None:
        raise UnknownPeriod(*written.PERIOD)
    if name == ALL:
        return EVER
    year, _, part = name.partition("-")
    if part.startswith("Q"):
        last = 3 * int(part[1:])
        return Period(name, f"{year}-{last - 2:02}", f"{year}-{last:02}")
    return Period(name, name, name) if part else Period(name, f"{year}-01", f"{year}-12")


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
