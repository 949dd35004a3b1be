"""Instants and the days they lie in: always UTC, and half-open where there are two."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated

from msgspec import Meta

from ledger.domain.minutes import MINUTES_A_DAY

Instant = Annotated[datetime, Meta(tz=True)]
"""A moment, with its offset from UTC."""

_MINUTE = timedelta(minutes=1)


def meet(begins: datetime, ends: datetime, other_begins: datetime, other_ends: datetime) -> bool:
    """Whether two stretches of time share a moment: each has its beginning, and not its end."""
    return max(begins, other_begins) < min(ends, other_ends)


def day_of(instant: datetime, zone: tzinfo) -> date:
    """The local day that an instant lies in."""
    return instant.astimezone(zone).date()


def minutes_by_day(begins: datetime, ends: datetime, zone: tzinfo) -> dict[date, int]:
    """The whole minutes of a stretch on each local day that has some, at most 1,440 on any.

    They are counted by the clock of the world, not by that on the wall: where clocks are put back, an hour counts
    twice, and where they are put forward, it does not count.
    """
    found: dict[date, int] = {}
    start = begins.astimezone(UTC)
    while start < ends:
        day = day_of(start, zone)
        stop = min(_end_of(day, zone), ends)
        minutes = (stop - start) // _MINUTE
        if minutes:
            found[day] = min(minutes, MINUTES_A_DAY)
        start = stop
    return found


def _end_of(day: date, zone: tzinfo) -> datetime:
    """The instant at which a local day is over for good."""
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    first, second = (midnight.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    # Clocks put back from one o'clock strike midnight twice, and the first ends the day; put back from a moment after
    # midnight, they return to the day, and the second does. Where midnight is skipped, `first` is the later reading.
    return second if first < second and day_of(second - _MINUTE, zone) == day else first
