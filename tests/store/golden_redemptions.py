"""The facts about offers and redemptions that `test_golden_events` holds against their files."""

from datetime import date

import msgspec

from ledger.domain.events import (
    Event,
    OfferClosed,
    OfferPublished,
    OfferRestocked,
    PolicyAdopted,
    RedemptionCancelled,
    RedemptionExpired,
    RedemptionFulfilled,
    RedemptionPlaced,
    RedemptionReturned,
)
from ledger.domain.policy import STANDARD

ANN = "vol_a2b3c4d5e6f7g2h3i4j5k6l7m2"
VALE = "com_v2a3l4e5a6b2c3d4e5f6g7h2i3"
RICE, ORDER = "off_r2i3c4e5a6b2c3d4e5f6g7h2i3", "red_o2r3d4e5r6a2b3c4d5e6f7g2h3"
LAST_DAY, NEW_YEAR, SPRING = date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 30)

PLACED = RedemptionPlaced(
    on=LAST_DAY,
    redemption=ORDER,
    offer=RICE,
    offer_name="大米 5 kg（Reis）",
    community=VALE,
    volunteer=ANN,
    items=100,
    minutes=1_000_000_000,
    expires=SPRING,
)
BARE = msgspec.structs.replace(PLACED, offer_name="Tea", community=None, items=1, minutes=1, expires=date.max)

FACTS: dict[str, Event] = {
    "policy-adopted.holding": PolicyAdopted(
        on=NEW_YEAR, policy=msgspec.structs.replace(STANDARD, version=2, hold_days=366), effective=NEW_YEAR
    ),
    "offer-published": OfferPublished(
        on=LAST_DAY,
        offer=RICE,
        name="大米 5 kg（Reis）",
        kind="goods",
        community=VALE,
        price=1_000_000_000,
        stock=1_000_000,
        until=SPRING,
    ),
    "offer-published.min": OfferPublished(
        on=date.min, offer=RICE, name="Tea", kind="goods", community=None, price=1, stock=0, until=None
    ),
    "offer-restocked": OfferRestocked(on=NEW_YEAR, offer=RICE, items=1_000_000),
    "offer-closed": OfferClosed(on=NEW_YEAR, offer=RICE),
    "redemption-placed": PLACED,
    "redemption-placed.min": BARE,
    "redemption-fulfilled": RedemptionFulfilled(on=NEW_YEAR, **PLACED.terms()),
    "redemption-fulfilled.min": RedemptionFulfilled(on=NEW_YEAR, **BARE.terms()),
    "redemption-cancelled": RedemptionCancelled(on=NEW_YEAR, **PLACED.terms(), reason="not-needed"),
    "redemption-cancelled.min": RedemptionCancelled(on=NEW_YEAR, **BARE.terms(), reason="mistake"),
    "redemption-expired": RedemptionExpired(on=SPRING, **PLACED.terms()),
    "redemption-expired.min": RedemptionExpired(on=SPRING, **BARE.terms()),
    "redemption-returned": RedemptionReturned(on=SPRING, **PLACED.terms(), reason="faulty"),
    "redemption-returned.min": RedemptionReturned(on=SPRING, **BARE.terms(), reason="mistake"),
}
"""By the names of their files, not stamped yet."""
