"""Redemptions: credits spent on offers. Placing holds the minutes; then they are spent or released, once."""

from datetime import timedelta
from typing import Any, ClassVar

from ledger.domain.accounts import volunteer_account
from ledger.domain.commands import AlreadyRecorded, Command, Facts, Seen
from ledger.domain.credits import NotEnoughCredits, purse_of
from ledger.domain.events import (
    Event,
    RedemptionCancelled,
    RedemptionExpired,
    RedemptionFulfilled,
    RedemptionPlaced,
    RedemptionReturned,
)
from ledger.domain.events.redemptions import Items
from ledger.domain.ids import OfferId, RedemptionId, VolunteerId
from ledger.domain.offers import OfferNotBegun, OfferOver, OutOfStock, TooManyMinutes, UnknownOffer, offer_of
from ledger.domain.policies import POLICIES, NoPolicy
from ledger.domain.redemption_state import (
    AlreadyReturned,
    AlreadySettled,
    NotExpiredYet,
    NotFulfilled,
    UnknownRedemption,
    redemption_of,
)
from ledger.domain.text import Code
from ledger.domain.volunteer_state import NotInGoodStanding, NotRegistered, affairs_of


class PlaceRedemption(Command, frozen=True, kw_only=True):
    """Hold a volunteer's minutes, and items of an offer, for as long as the policy in force lets a hold last."""

    refusals: ClassVar = (
        AlreadyRecorded,
        NoPolicy,
        NotEnoughCredits,
        NotInGoodStanding,
        NotRegistered,
        OfferNotBegun,
        OfferOver,
        OutOfStock,
        TooManyMinutes,
        UnknownOffer,
    )

    redemption: RedemptionId
    offer: OfferId
    volunteer: VolunteerId
    items: Items = 1

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (
            redemption_of(self.redemption),
            offer_of(self.offer),
            purse_of(volunteer_account(self.volunteer)),
            affairs_of(self.volunteer),
            POLICIES,
        )

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if seen[redemption_of(self.redemption)].placed is not None:
            raise AlreadyRecorded(id=self.redemption)
        seen[affairs_of(self.volunteer)].refuse_unless_active(seen.today)
        offer = seen[offer_of(self.offer)].sale(self.items, seen.today)
        policy, minutes = seen[POLICIES].in_force(seen.today), offer.price * self.items
        seen[purse_of(volunteer_account(self.volunteer))].refuse_spending(minutes, policy.floor)
        return (
            RedemptionPlaced(
                on=seen.today,
                redemption=self.redemption,
                offer=self.offer,
                offer_name=offer.name,
                community=offer.community,
                volunteer=self.volunteer,
                items=self.items,
                minutes=minutes,
                expires=seen.today + timedelta(days=policy.hold_days),
            ),
        )


class _Step(Command, frozen=True, kw_only=True):
    """What becomes of a redemption depends on nothing but itself."""

    redemption: RedemptionId

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (redemption_of(self.redemption),)


class FulfilRedemption(_Step, frozen=True, kw_only=True):
    """Hand the items over: the hold is spent. Possible for as long as nobody released it."""

    refusals: ClassVar = (AlreadySettled, UnknownRedemption)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        placed = seen[redemption_of(self.redemption)].held()
        return (RedemptionFulfilled(on=seen.today, **placed.terms()),)


class CancelRedemption(_Step, frozen=True, kw_only=True):
    """Release a hold before the items were handed over."""

    refusals: ClassVar = (AlreadySettled, UnknownRedemption)

    reason: Code

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        placed = seen[redemption_of(self.redemption)].held()
        return (RedemptionCancelled(on=seen.today, **placed.terms(), reason=self.reason),)


class ExpireRedemption(_Step, frozen=True, kw_only=True):
    """Release a hold whose time is over."""

    refusals: ClassVar = (AlreadySettled, NotExpiredYet, UnknownRedemption)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        placed = seen[redemption_of(self.redemption)].held()
        if seen.today < placed.expires:
            raise NotExpiredYet(redemption=self.redemption, expires=placed.expires.isoformat())
        return (RedemptionExpired(on=seen.today, **placed.terms()),)


class ReturnRedemption(_Step, frozen=True, kw_only=True):
    """Undo what was fulfilled: items and minutes come back. Always possible, as the volunteer only gains."""

    refusals: ClassVar = (AlreadyReturned, NotFulfilled, UnknownRedemption)

    reason: Code

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        placed = seen[redemption_of(self.redemption)].returnable()
        return (RedemptionReturned(on=seen.today, **placed.terms(), reason=self.reason),)
