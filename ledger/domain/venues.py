"""Venues: opening, describing anew, renewing what they show, the code at their clock-in point, closing."""

import hashlib
import hmac
from datetime import date
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from ledger.domain import tags
from ledger.domain.commands import AlreadyRecorded, Command, Facts, Fold, Refusal, Seen
from ledger.domain.communities import COMMUNITIES, UnknownCommunity
from ledger.domain.events import (
    Event,
    Venue,
    VenueClosed,
    VenueCodeRenewed,
    VenueOpened,
    VenueRevised,
    VenueUpdated,
)
from ledger.domain.ids import VenueId
from ledger.domain.text import Label

ClockInCode = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{6,64}\Z")]
"""What is shown at a clock-in point, as text or in a QR code."""


class UnknownVenue(Refusal):
    """No venue has the id, or it is closed."""

    code = "unknown-venue"
    en = "There is no open venue {venue}."
    zh = "没有正在使用的阵地：{venue}。"


class NothingNew(Refusal):
    """What was said is known already."""

    code = "nothing-new"
    en = "{id} is described so already; nothing changes."
    zh = "{id} 的内容没有变化。"


class WrongCode(Refusal):
    """The code is not the one shown at the venue now."""

    code = "wrong-code"
    en = "This is not the code shown at {venue}; look for the newest one there."
    zh = "打卡码与 {venue} 现场公示的不符，请扫描最新的打卡码。"


class VenueSoFar(Fold):
    """One venue as it is."""

    types: ClassVar = frozenset({VenueOpened, VenueRevised, VenueUpdated, VenueCodeRenewed, VenueClosed})

    def __init__(self, about: str) -> None:
        """Not opened yet."""
        self._id = about.partition(":")[2]
        self.venue: Venue | None = None
        self.code: str | None = None
        self.closed = False

    def see(self, event: Event) -> None:
        """Follow the venue's changes."""
        match event:
            case VenueOpened():
                self.venue, self.code = event.venue, event.code
            case VenueRevised():
                self.venue = event.venue
            case VenueCodeRenewed():
                self.code = event.code
            case VenueClosed():
                self.closed = True
            case _:
                pass

    def open(self) -> Venue:
        """The venue in use; refuses with UnknownVenue."""
        if self.venue is None or self.closed:
            raise UnknownVenue(venue=self._id)
        return self.venue

    def refuse_wrong_code(self, code: str) -> None:
        """Refuse with WrongCode whatever is not shown there now."""
        if self.code is None or not hmac.compare_digest(self.code, _digest(self._id, code)):
            raise WrongCode(venue=self.open().name)


def venue_of(venue: str) -> Facts[VenueSoFar]:
    """The boundary line of one venue."""
    return Facts(VenueSoFar, tags.about(venue))


def _digest(venue: str, code: str) -> str:
    return hashlib.sha256(f"{venue}\x00{code}".encode()).hexdigest()


class OpenVenue(Command, frozen=True, kw_only=True):
    """Put a venue in use from `day` on, today unless said."""

    refusals: ClassVar = (AlreadyRecorded, UnknownCommunity)

    venue: Venue
    theme: Label | None = None
    code: ClockInCode | None = None
    day: date | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (venue_of(self.venue.id), COMMUNITIES)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if seen[venue_of(self.venue.id)].venue is not None:
            raise AlreadyRecorded(id=self.venue.id)
        seen[COMMUNITIES].open(self.venue.community)
        code = None if self.code is None else _digest(self.venue.id, self.code)
        return (VenueOpened(on=self.day or seen.today, venue=self.venue, theme=self.theme, code=code),)


class ReviseVenue(Command, frozen=True, kw_only=True):
    """Describe a venue anew: another name, place, unit or community."""

    refusals: ClassVar = (NothingNew, UnknownCommunity, UnknownVenue)

    venue: Venue
    day: date | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (venue_of(self.venue.id), COMMUNITIES)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        before = seen[venue_of(self.venue.id)].open()
        seen[COMMUNITIES].open(self.venue.community)
        if before == self.venue:
            raise NothingNew(id=self.venue.id)
        return (VenueRevised(on=self.day or seen.today, venue=self.venue, before=before),)


class _VenueCommand(Command, frozen=True, kw_only=True):
    """A command about one venue in use; `day` is when it takes effect, today unless said."""

    venue: VenueId
    day: date | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (venue_of(self.venue),)


class UpdateVenue(_VenueCommand, frozen=True, kw_only=True):
    """Show something new at a venue."""

    refusals: ClassVar = (UnknownVenue,)

    theme: Label

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        venue = seen[venue_of(self.venue)].open()
        return (
            VenueUpdated(
                on=self.day or seen.today,
                venue=venue.id,
                community=venue.community,
                kind=venue.kind,
                theme=self.theme,
            ),
        )


class RenewVenueCode(_VenueCommand, frozen=True, kw_only=True):
    """Show another code at a venue's clock-in point."""

    refusals: ClassVar = (UnknownVenue,)

    code: ClockInCode

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        venue = seen[venue_of(self.venue)].open()
        return (
            VenueCodeRenewed(
                on=self.day or seen.today,
                venue=venue.id,
                community=venue.community,
                code=_digest(venue.id, self.code),
            ),
        )


class CloseVenue(_VenueCommand, frozen=True, kw_only=True):
    """Take a venue out of use."""

    refusals: ClassVar = (UnknownVenue,)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        venue = seen[venue_of(self.venue)].open()
        return (
            VenueClosed(
                on=self.day or seen.today, venue=venue.id, community=venue.community, kind=venue.kind
            ),
        )
