"""Stretches of an activity with places to fill. Their instants never change: one is cancelled and another published."""

from typing import Annotated

from msgspec import Meta, Struct

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.events.qualifications import AgeBand
from ledger.domain.ids import ActivityId, CommunityId, ShiftId
from ledger.domain.instants import Instant
from ledger.domain.text import Code

MOST_PLACES = 500


class RolePlaces(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many volunteers a shift wants in one role."""

    role: Code
    places: Annotated[int, Meta(ge=1, le=MOST_PLACES)]


Waitlist = Annotated[int, Meta(ge=0, le=MOST_PLACES)]
Roles = Annotated[tuple[RolePlaces, ...], Meta(min_length=1, max_length=20)]
AgeBands = Annotated[tuple[AgeBand, ...], Meta(max_length=3)]
Skills = Annotated[tuple[Code, ...], Meta(max_length=10)]


class _ShiftEvent(Event, frozen=True, kw_only=True):
    shift: ShiftId
    activity: ActivityId
    community: CommunityId

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.shift), tags.about(self.activity))


class ShiftPublished(_ShiftEvent, frozen=True, kw_only=True, tag="shift-published"):
    """Volunteers may sign up for a stretch of time, from `begins` up to but not including `ends`, both UTC.

    It takes those of any of the `ages` (of every one where none is named) who have all the `skills`; `waitlist` is how
    many may wait for a place.
    """

    begins: Instant
    ends: Instant
    roles: Roles
    waitlist: Waitlist
    ages: AgeBands
    skills: Skills


class ShiftCancelled(_ShiftEvent, frozen=True, kw_only=True, tag="shift-cancelled"):
    """A shift will not take place; whoever had signed up is released by facts that follow it."""

    reason: Code
