"""Offers: what credits buy. Publishing, restocking and closing them, and the items that are left."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import AlreadyRecorded, Command, Facts, Fold, Refusal, Seen
from ledger.domain.communities import COMMUNITIES, UnknownCommunity
from ledger.domain.events import (
    Event,
    OfferClosed,
    OfferPublished,
    OfferRestocked,
    RedemptionCancelled,
    RedemptionEvent,
    RedemptionExpired,
    RedemptionPlaced,
    RedemptionReturned,
)
from ledger.domain.events.redemptions import MoreStock, Stock
from ledger.domain.ids import CommunityId, OfferId
from ledger.domain.minutes import MOST_MINUTES, Minutes, spoken
from ledger.domain.stays import EmptyTime
from ledger.domain.text import Code, Label


class UnknownOffer(Refusal):
    """Nothing was published under the id."""

    code = "unknown-offer"
    en = "There is no offer {offer}."
    zh = "没有这个兑换项目：{offer}。"


class OfferNotBegun(Refusal):
    """An offer can be had from its first day on."""

    code = "offer-not-begun"
    en = "{name} can be had from {day} on."
    zh = "“{name}”自 {day} 起方可兑换。"


class OfferOver(Refusal):
    """An offer was closed, or its last day has passed."""

    code = "offer-over"
    en = "The offer {name} is over."
    zh = "“{name}”已停止兑换。"


class OutOfStock(Refusal):
    """Each item is sold once."""

    code = "out-of-stock"
    en = "Of {name} there are {left} left, and {wanted} are wanted."
    zh = "“{name}”剩余 {left} 件，不足 {wanted} 件。"


class TooManyMinutes(Refusal):
    """Price times items is more than one movement carries."""

    code = "too-many-minutes"
    en = "{wanted} are more than one redemption carries, which is {most}; take fewer items."
    zh = "{wanted} 超过单次兑换上限 {most}，请减少件数。"

    def said(self, language: str) -> Mapping[str, str | int]:
        """The details: minutes, as people say them."""
        return {name: spoken(int(minutes), language) for name, minutes in self.details.items()}


class Offer(Fold):
    """One offer so far, and how many of its items are free: neither held nor fulfilled."""

    types: ClassVar = frozenset(
        {
            OfferPublished,
            OfferRestocked,
            OfferClosed,
            RedemptionPlaced,
            RedemptionCancelled,
            RedemptionExpired,
            RedemptionReturned,
        }
    )

    def __init__(self, about: str) -> None:
        """Not published yet."""
        self.offer = about.partition(":")[2]
        self.published: OfferPublished | None = None
        self.closed = False
        self.free = 0

    def see(self, event: Event) -> None:
        """Follow the items: a placed redemption takes them, every other step that is seen brings them back."""
        match event:
            case OfferPublished():
                self.published, self.free = event, event.stock
            case OfferRestocked():
                self.free += event.items
            case OfferClosed():
                self.closed = True
            case RedemptionPlaced():
                self.free -= event.items
            case RedemptionEvent():
                self.free += event.items
            case _:
                raise TypeError(event)

    def open(self) -> OfferPublished:
        """The offer as it was published; refuses with UnknownOffer, or with OfferOver once it is closed."""
        if self.published is None:
            raise UnknownOffer(offer=self.offer)
        if self.closed:
            raise OfferOver(name=self.published.name)
        return self.published

    def lasting(self, day: date) -> OfferPublished:
        """The offer, if it is not over on a day; refuses as `open` does, and with OfferOver from its end on."""
        published = self.open()
        if published.until is not None and published.until <= day:
            raise OfferOver(name=published.name)
        return published

    def sale(self, items: int, day: date) -> OfferPublished:
        """The offer, if so many items can be had on a day; else it refuses."""
        published = self.lasting(day)
        if day < published.on:
            raise OfferNotBegun(name=published.name, day=published.on.isoformat())
        if published.price * items > MOST_MINUTES:
            raise TooManyMinutes(wanted=published.price * items, most=MOST_MINUTES)
        if items > self.free:
            raise OutOfStock(name=published.name, left=self.free, wanted=items)
        return published


@lru_cache(maxsize=4_096)
def offer_of(offer: str) -> Facts[Offer]:
    """The boundary line of one offer."""
    return Facts(Offer, tags.about(offer))


class PublishOffer(Command, frozen=True, kw_only=True):
    """Let volunteers spend credits on something from `day` on, today unless said; `price` is minutes for one item."""

    refusals: ClassVar = (AlreadyRecorded, EmptyTime, UnknownCommunity)

    offer: OfferId
    name: Label
    kind: Code
    price: Minutes
    stock: Stock
    community: CommunityId | None = None
    day: date | None = None
    until: date | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (offer_of(self.offer), COMMUNITIES)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if seen[offer_of(self.offer)].published is not None:
            raise AlreadyRecorded(id=self.offer)
        if self.community is not None:
            seen[COMMUNITIES].open(self.community)
        day = self.day or seen.today
        if self.until is not None and self.until <= day:
            raise EmptyTime(day=day.isoformat(), until=self.until.isoformat())
        return (
            OfferPublished(
                on=day,
                offer=self.offer,
                name=self.name,
                kind=self.kind,
                community=self.community,
                price=self.price,
                stock=self.stock,
                until=self.until,
            ),
        )


class RestockOffer(Command, frozen=True, kw_only=True):
    """Add items to an offer."""

    refusals: ClassVar = (OfferOver, UnknownOffer)

    offer: OfferId
    items: MoreStock

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (offer_of(self.offer),)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        seen[offer_of(self.offer)].lasting(seen.today)
        return (OfferRestocked(on=seen.today, offer=self.offer, items=self.items),)


class CloseOffer(Command, frozen=True, kw_only=True):
    """Let nobody redeem an offer any more."""

    refusals: ClassVar = (OfferOver, UnknownOffer)

    offer: OfferId

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (offer_of(self.offer),)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        seen[offer_of(self.offer)].open()
        return (OfferClosed(on=seen.today, offer=self.offer),)
