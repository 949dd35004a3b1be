"""Pure readers of one value, as cells hold it. Nothing is guessed: what is unclear cannot be read."""

import re
import unicodedata
from datetime import date, timedelta

from ledger.domain import written

_CLOCK = re.compile(r"[ T](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?\Z")
_SERIAL = re.compile(r"[0-9]{5}")

# Excel's day 1 is 1900-01-01, but it believes in a 1900-02-29: counted from here, all later days are right.
_SERIAL_ZERO = date(1899, 12, 30)
_SERIAL_YEARS = range(1950, 2101)

_MINUTES_AN_HOUR = 60


def squeezed(text: str) -> str:
    """The text after NFKC with all white space removed: for comparing headers, never for values."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    # Removing a space can bring a letter and its accent together; without this, squeezing twice would differ.
    return unicodedata.normalize("NFKC", bare)


def read_day(text: str) -> date | None:
    """The day a cell names, however it is written; None if it cannot be read.

    A time of day beside it is passed over. A cell may also hold Excel's serial day number (1900 system, years 1950
    to 2100).
    """
    figures = written.figures(text)
    if _SERIAL.fullmatch(figures):
        day = _SERIAL_ZERO + timedelta(days=int(figures))
        return day if day.year in _SERIAL_YEARS else None
    return written.read_day(_CLOCK.sub("", figures))


def read_minutes(text: str) -> int | None:
    """The minutes a cell of service time names, exactly; None if it cannot be read: a bare number is of hours."""
    return written.read_minutes(text, a_bare_one=_MINUTES_AN_HOUR)
