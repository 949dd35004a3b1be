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
    return begins < other_ends and other_begins < ends


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
        minutes = min((stop - start) // _MINUTE, MINUTES_A_DAY - found.get(day, 0))
        if minutes:
            found[day] = found.get(day, 0) + minutes
        start = stop
    return found


def _end_of(day: date, zone: tzinfo) -> datetime:
    """The instant at which a local day is over for good."""
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    # Where clocks are changed about midnight, it comes twice, or never: the later reading is right in both cases.
    return max(midnight.astimezone(UTC), midnight.replace(fold=1).astimezone(UTC))
