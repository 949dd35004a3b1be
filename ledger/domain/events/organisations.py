"""Organisations: outside bodies attached to communities, such as schools, hospitals, societies and companies."""

from datetime import date

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.ids import AttachmentId, CommunityId, OrganisationId
from ledger.domain.text import Code, Label


class OrganisationEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one attachment: one organisation's time with one community."""

    attachment: AttachmentId
    organisation: OrganisationId
    community: CommunityId

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.attachment), tags.about(self.organisation), tags.about(self.community))


class OrganisationAttached(OrganisationEvent, frozen=True, kw_only=True, tag="organisation-attached"):
    """An organisation is attached to a community from the event's day; `until` is the first day it no longer is."""

    name: Label
    kind: Code
    until: date | None


class OrganisationDetached(OrganisationEvent, frozen=True, kw_only=True, tag="organisation-detached"):
    """From the event's day an organisation is no longer attached to the community."""
