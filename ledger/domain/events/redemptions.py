"""Offers, and what becomes of each redemption: held, then fulfilled or released, and maybe returned."""

from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from ledger.domain import tags
from ledger.domain.accounts import volunteer_account
from ledger.domain.events.base import Event
from ledger.domain.ids import CommunityId, OfferId, RedemptionId, VolunteerId
from ledger.domain.minutes import Minutes
from ledger.domain.text import Code, Label

MOST_STOCK = 1_000_000
MOST_ITEMS = 100
Stock = Annotated[int, Meta(ge=0, le=MOST_STOCK)]
MoreStock = Annotated[int, Meta(ge=1, le=MOST_STOCK)]
Items = Annotated[int, Meta(ge=1, le=MOST_ITEMS)]


class OfferEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one offer."""

    offer: OfferId

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.offer),)


class OfferPublished(OfferEvent, frozen=True, kw_only=True, tag="offer-published"):
    """So many items can be had for credits from the event's day; `until` is the first day on which they no longer can.

    `price` is in minutes for one item. `community` is whose offer it is, where it is one's.
    """

    name: Label
    kind: Code
    community: CommunityId | None
    price: Minutes
    stock: Stock
    until: date | None


class OfferRestocked(OfferEvent, frozen=True, kw_only=True, tag="offer-restocked"):
    """So many items more can be had."""

    items: MoreStock


class OfferClosed(OfferEvent, frozen=True, kw_only=True, tag="offer-closed"):
    """Nobody redeems the offer any more; what is held may still be fulfilled."""


class RedemptionEvent(Event, frozen=True, kw_only=True):
    """A step of one redemption. Each carries the whole of it; `minutes` are those of all its items."""

    redemption: RedemptionId
    offer: OfferId
    offer_name: Label
    community: CommunityId | None
    volunteer: VolunteerId
    items: Items
    minutes: Minutes

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.redemption), tags.about(self.offer))

    def terms(self) -> dict[str, Any]:
        """What every later step says again."""
        return {
            "redemption": self.redemption,
            "offer": self.offer,
            "offer_name": self.offer_name,
            "community": self.community,
            "volunteer": self.volunteer,
            "items": self.items,
            "minutes": self.minutes,
        }


class PurseRedemption(RedemptionEvent, frozen=True, kw_only=True):
    """A step that moves the volunteer's own account, so that a decision on spending sees it."""

    def own_tags(self) -> tuple[str, ...]:
        return (*super().own_tags(), tags.account_tag(volunteer_account(self.volunteer)))


class RedemptionPlaced(PurseRedemption, frozen=True, kw_only=True, tag="redemption-placed"):
    """A volunteer's minutes are held for items of an offer; from `expires` on the hold may be released."""

    expires: date


class RedemptionFulfilled(RedemptionEvent, frozen=True, kw_only=True, tag="redemption-fulfilled"):
    """The volunteer got the items: the hold is spent."""


class RedemptionCancelled(PurseRedemption, frozen=True, kw_only=True, tag="redemption-cancelled"):
    """The hold was released before the items were handed over."""

    reason: Code


class RedemptionExpired(PurseRedemption, frozen=True, kw_only=True, tag="redemption-expired"):
    """The hold was released because nobody fetched the items in time."""


class RedemptionReturned(PurseRedemption, frozen=True, kw_only=True, tag="redemption-returned"):
    """What was fulfilled is undone: the items are back, and the minutes too."""

    reason: Code
