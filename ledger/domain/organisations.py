"""Organisations: which outside body is attached to which community, and when."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import AlreadyRecorded, DatedCommand, Facts, Refusal, Seen
from ledger.domain.communities import COMMUNITIES, UnknownCommunity
from ledger.domain.events import Event, OrganisationAttached, OrganisationDetached
from ledger.domain.ids import AttachmentId, CommunityId, OrganisationId
from ledger.domain.stays import DoesNotHold, EmptyTime, Stay, Stays, refuse_empty
from ledger.domain.text import Code, Label


class AlreadyAttached(Refusal):
    """An organisation is attached to a community once at a time."""

    code = "already-attached"
    en = "{organisation} is attached to {community} in that time already."
    zh = "{organisation} 在该时段已挂靠 {community}。"


@dataclass(slots=True)
class Attachment(Stay):
    """One organisation's time with one community."""

    organisation: str
    community: str


class Attachments(Stays[Attachment]):
    """Attachments, by id."""

    types: ClassVar = frozenset({OrganisationAttached, OrganisationDetached})

    def see(self, event: Event) -> None:
        """Begin an attachment, or end it."""
        match event:
            case OrganisationAttached():
                attachment = Attachment(event.on, event.until, event.organisation, event.community)
                self.begin(event.attachment, attachment)
            case OrganisationDetached():
                self.end(event.attachment, event.on)
            case _:
                raise TypeError(event)


def attachments_of(identifier: str) -> Facts[Attachments]:
    """The boundary line of an organisation's attachments, or of the one that an id names."""
    return Facts(Attachments, tags.about(identifier))


class AttachOrganisation(DatedCommand, frozen=True, kw_only=True):
    """Attach an organisation to a community from a day on; it may be attached to several."""

    refusals: ClassVar = (AlreadyAttached, AlreadyRecorded, EmptyTime, UnknownCommunity)

    attachment: AttachmentId
    organisation: OrganisationId
    name: Label
    kind: Code
    community: CommunityId
    until: date | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (attachments_of(self.attachment), attachments_of(self.organisation), COMMUNITIES)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        day = self.effective(seen)
        seen[attachments_of(self.attachment)].refuse_recorded(self.attachment)
        refuse_empty(day, self.until)
        seen[COMMUNITIES].open(self.community)
        for attachment in seen[attachments_of(self.organisation)].meeting(day, self.until):
            if attachment.community == self.community:
                raise AlreadyAttached(organisation=self.organisation, community=self.community)
        return (
            OrganisationAttached(
                on=day,
                attachment=self.attachment,
                organisation=self.organisation,
                community=self.community,
                name=self.name,
                kind=self.kind,
                until=self.until,
            ),
        )


class DetachOrganisation(DatedCommand, frozen=True, kw_only=True):
    """End an attachment, whatever became of the community."""

    refusals: ClassVar = (DoesNotHold,)

    attachment: AttachmentId

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (attachments_of(self.attachment),)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        day = self.effective(seen)
        attachment = seen[attachments_of(self.attachment)].holding(self.attachment, day)
        return (
            OrganisationDetached(
                on=day,
                attachment=self.attachment,
                organisation=attachment.organisation,
                community=attachment.community,
            ),
        )
