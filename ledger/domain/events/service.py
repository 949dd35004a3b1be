"""Service records: minutes somebody served, from the report to the decision, and maybe back."""

from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from ledger.domain import tags
from ledger.domain.accounts import volunteer_account
from ledger.domain.events.base import Event
from ledger.domain.ids import (
    ActivityId,
    ActorId,
    CommunityId,
    PersonId,
    RecordId,
    TeamId,
    VisitId,
    VolunteerId,
)
from ledger.domain.minutes import CreditMinutes, DayMinutes
from ledger.domain.policy import Positive
from ledger.domain.text import Code, Label


class Service(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a record says of one service (Ministry of Civil Affairs Order 67, article 7).

    `unit` organised it; `in_charge` is the person in charge, by id; `hosted_by` the community it was held in, where
    that is known; `evidence` what the record rests on, and `visit` the presence that it was taken from.
    """

    record: RecordId
    volunteer: VolunteerId
    activity: ActivityId
    activity_name: Label
    place: Label
    content: Label
    role: Code
    unit: Label
    in_charge: PersonId | None
    programme: Label | None
    hosted_by: CommunityId | None
    evidence: Code
    visit: VisitId | None = None


class ServedDay(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Minutes served on one local day; service across midnight has one of these for each day."""

    day: date
    minutes: DayMinutes


class CountedDay(ServedDay, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Minutes that count: for the volunteer's community and team of that day, with the credits they earned then."""

    community: CommunityId
    team: TeamId | None
    policy: Code
    policy_version: Positive
    credits: CreditMinutes


MOST_DAYS = 7
ServedDays = Annotated[tuple[ServedDay, ...], Meta(min_length=1, max_length=MOST_DAYS)]
CountedDays = Annotated[tuple[CountedDay, ...], Meta(min_length=1, max_length=MOST_DAYS)]


def _visit(service: Service) -> tuple[str, ...]:
    return () if service.visit is None else (tags.about(service.visit),)


class ServiceReported(Event, frozen=True, kw_only=True, tag="service-reported"):
    """Somebody says that a volunteer served; nothing counts until it is approved."""

    service: Service
    days: ServedDays

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.service.record), tags.about(self.service.volunteer), *_visit(self.service))


class ServiceDeclined(Event, frozen=True, kw_only=True, tag="service-declined"):
    """A reported record was turned down."""

    record: RecordId
    volunteer: VolunteerId
    reason: Code

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.record), tags.about(self.volunteer))


class CountedService(Event, frozen=True, kw_only=True):
    """A change of the minutes that count: it carries all that a fold needs."""

    service: Service
    days: CountedDays

    def own_tags(self) -> tuple[str, ...]:
        volunteer = self.service.volunteer
        return (
            tags.about(self.service.record),
            tags.about(volunteer),
            tags.account_tag(volunteer_account(volunteer)),
            *(tags.served_tag(volunteer, day.day) for day in self.days),
            *dict.fromkeys(tags.about(day.community) for day in self.days),
            *_visit(self.service),
        )


class ServiceAdded(CountedService, frozen=True, kw_only=True):
    """A record begins to count.

    `resembles` is a record of the same activity and day that counted already, left out if there was none; `again` is
    true where whoever decided said that this is another service, left out where nobody did.
    """

    resembles: RecordId | UnsetType = UNSET
    again: bool | UnsetType = UNSET


class ServiceApproved(ServiceAdded, frozen=True, kw_only=True, tag="service-approved"):
    """A reported record counts from now on; `reported_by` said that it took place."""

    reported_by: ActorId


class ServiceAttested(ServiceAdded, frozen=True, kw_only=True, tag="service-attested"):
    """An office reported and approved a record in one step, on its own authority."""


class ServiceReversed(CountedService, frozen=True, kw_only=True, tag="service-reversed"):
    """A record that counted counts no more; the days and credits are those that it undoes."""

    reason: Code
