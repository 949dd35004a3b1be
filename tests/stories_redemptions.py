"""Stories of offers and redemptions: facts in the past tense, commands as orders, as in `tests.stories_world`."""

from datetime import date, timedelta

from ledger.domain.events import (
    OfferClosed,
    OfferPublished,
    OfferRestocked,
    RedemptionCancelled,
    RedemptionExpired,
    RedemptionFulfilled,
    RedemptionPlaced,
    RedemptionReturned,
)
from ledger.domain.offers import CloseOffer, PublishOffer, RestockOffer
from ledger.domain.redemptions import (
    CancelRedemption,
    ExpireRedemption,
    FulfilRedemption,
    PlaceRedemption,
    ReturnRedemption,
)
from tests.scenario import MONDAY, SUNDAY, TUESDAY
from tests.stories_world import ANN

RICE, HAIRCUT = "off_rice", "off_haircut"
ORDER, OTHER_ORDER = "red_order", "red_other"
PRICE = 30
"""Minutes for a bag of rice."""

HOLD = timedelta(days=30)
"""How long a hold lasts under the standard policy."""


# --- facts: what has happened ---------------------------------------------------------------------------------------


def published(
    offer: str = RICE,
    *,
    price: int = PRICE,
    stock: int = 5,
    home: str | None = None,
    on: date = MONDAY,
    until: date | None = None,
) -> OfferPublished:
    return OfferPublished(
        on=on, offer=offer, name="大米", kind="goods", community=home, price=price, stock=stock, until=until
    )


def restocked(items: int, offer: str = RICE, on: date = SUNDAY) -> OfferRestocked:
    return OfferRestocked(on=on, offer=offer, items=items)


def offer_closed(offer: str = RICE, on: date = SUNDAY) -> OfferClosed:
    return OfferClosed(on=on, offer=offer)


def placed(
    who: str = ANN,
    items: int = 1,
    order: str = ORDER,
    *,
    offer: str = RICE,
    price: int = PRICE,
    home: str | None = None,
    on: date = TUESDAY,
    hold: timedelta = HOLD,
) -> RedemptionPlaced:
    return RedemptionPlaced(
        on=on,
        redemption=order,
        offer=offer,
        offer_name="大米",
        community=home,
        volunteer=who,
        items=items,
        minutes=price * items,
        expires=on + hold,
    )


def fulfilled(what: RedemptionPlaced, on: date = SUNDAY) -> RedemptionFulfilled:
    return RedemptionFulfilled(on=on, **what.terms())


def cancelled(what: RedemptionPlaced, on: date = SUNDAY, reason: str = "mistake") -> RedemptionCancelled:
    return RedemptionCancelled(on=on, **what.terms(), reason=reason)


def expired(what: RedemptionPlaced, on: date = SUNDAY) -> RedemptionExpired:
    return RedemptionExpired(on=on, **what.terms())


def returned(what: RedemptionPlaced, on: date = SUNDAY, reason: str = "faulty") -> RedemptionReturned:
    return RedemptionReturned(on=on, **what.terms(), reason=reason)


# --- commands: what somebody wants ----------------------------------------------------------------------------------


def publish(
    offer: str = RICE,
    *,
    price: int = PRICE,
    stock: int = 5,
    home: str | None = None,
    on: date | None = None,
    until: date | None = None,
) -> PublishOffer:
    return PublishOffer(
        offer=offer, name="大米", kind="goods", community=home, price=price, stock=stock, day=on, until=until
    )


def restock(items: int, offer: str = RICE) -> RestockOffer:
    return RestockOffer(offer=offer, items=items)


def close_offer(offer: str = RICE) -> CloseOffer:
    return CloseOffer(offer=offer)


def redeem(who: str = ANN, items: int = 1, order: str = ORDER, *, offer: str = RICE) -> PlaceRedemption:
    return PlaceRedemption(redemption=order, offer=offer, volunteer=who, items=items)


def fulfil(order: str = ORDER) -> FulfilRedemption:
    return FulfilRedemption(redemption=order)


def cancel(order: str = ORDER, reason: str = "mistake") -> CancelRedemption:
    return CancelRedemption(redemption=order, reason=reason)


def expire(order: str = ORDER) -> ExpireRedemption:
    return ExpireRedemption(redemption=order)


def return_(order: str = ORDER, reason: str = "faulty") -> ReturnRedemption:
    return ReturnRedemption(redemption=order, reason=reason)
