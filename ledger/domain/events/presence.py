"""Visits: who was there, by the server's clock, at a shift or at a venue."""

from enum import StrEnum

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.ids import ActivityId, CommunityId, ShiftId, SignUpId, VenueId, VisitId, VolunteerId
from ledger.domain.instants import Instant
from ledger.domain.text import Code


class Mode(StrEnum):
    """How somebody is at a venue."""

    ON_SITE = "on-site"
    ONLINE = "online"


class VisitEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one visit; `on` is the day on which it began."""

    visit: VisitId
    volunteer: VolunteerId

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.visit), tags.about(self.volunteer))


class VolunteerCheckedIn(VisitEvent, frozen=True, kw_only=True, tag="volunteer-checked-in"):
    """A volunteer came to a shift at the instant `begun`."""

    sign_up: SignUpId
    shift: ShiftId
    activity: ActivityId
    role: Code
    begun: Instant

    def own_tags(self) -> tuple[str, ...]:
        return (*super().own_tags(), tags.about(self.sign_up), tags.about(self.shift))


class VolunteerClockedIn(VisitEvent, frozen=True, kw_only=True, tag="volunteer-clocked-in"):
    """A volunteer came to a venue without a shift at the instant `begun`."""

    venue: VenueId
    community: CommunityId
    mode: Mode
    begun: Instant

    def own_tags(self) -> tuple[str, ...]:
        return (*super().own_tags(), tags.about(self.venue))


class VolunteerCheckedOut(VisitEvent, frozen=True, kw_only=True, tag="volunteer-checked-out"):
    """A visit is over at the instant `ended`."""

    begun: Instant
    ended: Instant


class VisitAbandoned(VisitEvent, frozen=True, kw_only=True, tag="visit-abandoned"):
    """Nobody checked out: how long the visit was is not known, and nothing follows from it."""

    begun: Instant
    reason: Code
