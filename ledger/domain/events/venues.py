"""Places with a clock-in point: opened, described anew, renewed in what they show, closed."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.ids import CommunityId, VenueId
from ledger.domain.text import Code, Digest, Label


class Crs(StrEnum):
    """What coordinates are measured in: they differ from each other by hundreds of metres."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class Coordinates(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a venue is, in millionths of a degree, positive to the north and east."""

    latitude: Annotated[int, Meta(ge=-90_000_000, le=90_000_000)]
    longitude: Annotated[int, Meta(ge=-180_000_000, le=180_000_000)]
    crs: Crs


class Venue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place where volunteers serve.

    `kind` is gallery, base, hall, e-station, park, mobile, online, …; `unit` runs it; `content` is what somebody does
    there who clocks in without a shift.
    """

    id: VenueId
    name: Label
    kind: Code
    community: CommunityId
    unit: Label
    content: Label
    coordinates: Coordinates | None


class VenueOpened(Event, frozen=True, kw_only=True, tag="venue-opened"):
    """A venue is in use from the event's day. `code` is the digest of what is shown at its clock-in point."""

    venue: Venue
    theme: Label | None
    code: Digest | None

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.venue.id), tags.about(self.venue.community))


class VenueRevised(Event, frozen=True, kw_only=True, tag="venue-revised"):
    """A venue is described anew from the event's day; `before` is how it was."""

    venue: Venue
    before: Venue

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.venue.id), tags.about(self.venue.community))


class _VenueEvent(Event, frozen=True, kw_only=True):
    venue: VenueId
    community: CommunityId

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.venue), tags.about(self.community))


class VenueUpdated(_VenueEvent, frozen=True, kw_only=True, tag="venue-updated"):
    """A venue shows something new from the event's day, as a gallery does each month."""

    kind: Code
    theme: Label


class VenueCodeRenewed(_VenueEvent, frozen=True, kw_only=True, tag="venue-code-renewed"):
    """Another code is shown at the clock-in point; the one before is worth nothing any more."""

    code: Digest


class VenueClosed(_VenueEvent, frozen=True, kw_only=True, tag="venue-closed"):
    """A venue is out of use from the event's day."""

    kind: Code
