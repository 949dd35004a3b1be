"""The waitlist: who goes first when a place is free."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from ledger.domain.commands import Command, Facts, Refusal, Seen
from ledger.domain.events import Event, SignUpEvent, SignUpPromoted
from ledger.domain.ids import ShiftId
from ledger.domain.shift_state import ShiftCalledOff, ShiftOver, UnknownShift, following, shift_of
from ledger.domain.sign_up_state import bookings_of
from ledger.domain.volunteer_state import Standing, affairs_of


class NobodyToPromote(Refusal):
    """No place is free, or nobody who waits can come."""

    code = "nobody-to-promote"
    en = "Nobody who waits for the shift {shift} can take a place now."
    zh = "班次 {shift} 目前没有可以递补的志愿者。"


class FillPlaces(Command, frozen=True, kw_only=True):
    """Give free places to those who wait, as far as they can come now."""

    refusals: ClassVar = (NobodyToPromote, ShiftCalledOff, ShiftOver, UnknownShift)

    shift: ShiftId

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (shift_of(self.shift),)

    def further(self, seen: Seen) -> Iterable[Facts[Any]]:
        return lines_of(list(seen[shift_of(self.shift)].waiting.values()))

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        so_far = seen[shift_of(self.shift)]
        shift = so_far.coming(seen.now)
        promoted = [
            event
            for wanted in shift.roles
            for event in promoted_of(so_far.waiting_for(wanted.role), so_far.free(wanted.role), seen)
        ]
        if not promoted:
            raise NobodyToPromote(shift=self.shift)
        return tuple(promoted)


def lines_of(waiting: Sequence[SignUpEvent]) -> list[Facts[Any]]:
    """What tells whether those who wait can come."""
    return [line(one.volunteer) for one in waiting for line in (affairs_of, bookings_of)]


def promoted_of(waiting: Sequence[SignUpEvent], free: int, seen: Seen) -> list[SignUpEvent]:
    """Promotions of the first who wait, are in good standing and are free then, as far as there are places."""
    promoted: list[SignUpEvent] = []
    for one in waiting:
        if len(promoted) >= free:
            break
        standing = seen[affairs_of(one.volunteer)].standing(one.on)
        if (
            standing is Standing.ACTIVE
            and seen[bookings_of(one.volunteer)].taken(one.begins, one.ends) is None
        ):
            promoted.append(following(SignUpPromoted, one))
    return promoted
