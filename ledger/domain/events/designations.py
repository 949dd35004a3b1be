"""Designations: titles that communities or teams bear for a time, such as pilot community or demonstration team."""

from datetime import date

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.ids import CommunityId, DesignationId, TeamId
from ledger.domain.money import Fen
from ledger.domain.text import Label


class DesignationEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one designation, of a community or of a team: one of the two is set."""

    designation: DesignationId
    community: CommunityId | None
    team: TeamId | None

    def own_tags(self) -> tuple[str, ...]:
        bearers = (bearer for bearer in (self.community, self.team) if bearer is not None)
        return (tags.about(self.designation), *map(tags.about, bearers))


class DesignationGranted(DesignationEvent, frozen=True, kw_only=True, tag="designation-granted"):
    """A community or team bears a title from the event's day; `until` is the first day it no longer does.

    `granted_by` is the public name of the unit that granted it; `funding_fen` (1/100 yuan) came with it, where that
    is known.
    """

    name: Label
    granted_by: Label
    until: date | None
    funding_fen: Fen | None


class DesignationEnded(DesignationEvent, frozen=True, kw_only=True, tag="designation-ended"):
    """From the event's day the title is no longer borne."""
