"""Occasions of service: published, described anew, held and reported, or called off."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.ids import ActivityId, CommunityId, PersonId, VenueId
from ledger.domain.text import Code, Label

Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]


class Activity(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an occasion is.

    `form` is on-site, online, class, show, exhibition, training, …; `audience` whom it is for; `community` hosts it;
    `place` says where, in words, also where a `venue` is named; `unit` organises it and `in_charge` answers for it.
    """

    id: ActivityId
    name: Label
    programme: Label | None
    campaign: Label | None
    form: Code
    audience: Code | None
    community: CommunityId
    venue: VenueId | None
    place: Label
    content: Label
    unit: Label
    in_charge: PersonId | None


class Turnout(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of an occasion: its day, the participants reached, the materials handed out, those reached online."""

    day: date
    participants: Count
    materials: Count
    online_reach: Count


class _ActivityEvent(Event, frozen=True, kw_only=True):
    activity: Activity

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.activity.id), tags.about(self.activity.community))


class ActivityPublished(_ActivityEvent, frozen=True, kw_only=True, tag="activity-published"):
    """An occasion is planned for the event's day."""


class ActivityRevised(_ActivityEvent, frozen=True, kw_only=True, tag="activity-revised"):
    """An occasion is described anew, or planned for another day, before anything of it was reported."""

    before: Activity


class ActivityReported(_ActivityEvent, frozen=True, kw_only=True, tag="activity-reported"):
    """An occasion was held on the event's day; `replaces` is what was reported of it before."""

    turnout: Turnout
    replaces: Turnout | None


class ActivityCancelled(_ActivityEvent, frozen=True, kw_only=True, tag="activity-cancelled"):
    """An occasion will not be held."""

    reason: Code
