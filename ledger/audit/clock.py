"""What the log tells of the clock by which it was written: where that had been ahead, and had to be waited for."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ledger.domain.events import (
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    Event,
    LedgerOpened,
    OfferClosed,
    OfferRestocked,
    PeriodClosed,
    RedemptionCancelled,
    RedemptionExpired,
    RedemptionFulfilled,
    RedemptionPlaced,
    RedemptionReturned,
    VolunteerCheckedIn,
    VolunteerClockedIn,
)

OF_ITS_DAY = (
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    OfferClosed,
    OfferRestocked,
    PeriodClosed,
    RedemptionCancelled,
    RedemptionExpired,
    RedemptionFulfilled,
    RedemptionPlaced,
    RedemptionReturned,
)
"""Facts whose day nobody names: it is the day that it was when they were recorded."""
_TOLERANCE = timedelta(minutes=5)
"""By how much two clocks may differ."""
_MOST_TOLD = 3


class _Still(NamedTuple):
    """Facts that bear one instant, though the clock had gone back: from a position to another, and what one tells."""

    first: int
    last: int
    witness: int
    at: datetime
    told: str


class Clock:
    """What was seen of the clock so far. `now` is the present of whoever looks; nothing is ahead of one unknown."""

    def __init__(self, now: datetime | None) -> None:
        """Nothing is seen yet."""
        self._now = now
        self._zone = ZoneInfo("UTC")
        self._at = datetime.min.replace(tzinfo=UTC)
        self._first = self._last = 0
        self._ahead: tuple[int, datetime] | None = None
        self._back = ""
        self._stills: list[_Still] = []

    def take(self, position: int, event: Event) -> None:
        """Take the next fact in."""
        if isinstance(event, LedgerOpened):
            self._zone = ZoneInfo(event.zone)
        at = event.at.astimezone(UTC)
        if at < self._at:
            self._back = self._back or f"event {position} is dated before the one that precedes it"
        if at != self._at:
            self._first = position
        self._at, self._last = at, position
        if self._now is not None and at > self._now + _TOLERANCE:
            self._ahead = self._ahead or (position, at)
        self._look(position, at, event)

    @property
    def fault(self) -> str:
        """Facts that are dated later than now, or before those that precede them; empty if there are none."""
        if self._ahead is None or self._back:
            return self._back
        position, at = self._ahead
        return (
            f"the clock was ahead: events {position} to {self._last} are dated later than now, "
            f"from {at:%Y-%m-%d %H:%M:%S} UTC on"
        )

    @property
    def remark(self) -> str:
        """Where the clock had been ahead, and facts bear one instant until it had caught up; empty if nowhere."""
        told = [
            f"the clock had been ahead: events {one.first} to {one.last} bear one instant, "
            f"{one.at:%Y-%m-%d %H:%M:%S} UTC, and event {one.witness} was recorded {one.told}"
            for one in self._stills[:_MOST_TOLD]
        ]
        more = len(self._stills) - _MOST_TOLD
        return "; ".join([*told, *([f"and {more} times more"] if more > 0 else [])])

    def _look(self, position: int, at: datetime, event: Event) -> None:
        if self._stills and self._stills[-1].first == self._first:
            self._stills[-1] = self._stills[-1]._replace(last=position)
        elif told := self._earlier(at, event):
            self._stills.append(_Still(self._first, position, position, at, told))

    def _earlier(self, at: datetime, event: Event) -> str:
        """When the clock says that a fact was recorded, where that is before the instant that the fact bears."""
        if isinstance(event, VolunteerCheckedIn | VolunteerClockedIn) and event.begun < at - _TOLERANCE:
            return f"at {event.begun.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
        day: date = at.astimezone(self._zone).date()
        return f"on {event.on}" if isinstance(event, OF_ITS_DAY) and event.on < day else ""
