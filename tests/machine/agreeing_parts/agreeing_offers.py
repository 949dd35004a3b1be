"""Holding offers and redemptions against the model."""

from datetime import timedelta

from sqlalchemy import Connection

from ledger.domain.redemption_state import State
from projections.offers import Offer
from projections.redemptions import Redemption
from projections.registry import Views
from tests.machine.agreeing_parts.agreeing_shifts import text
from tests.machine.model import Model


def assert_offers_agree(connection: Connection, views: Views, model: Model) -> None:
    offers = [offer_row(model, offer) for offer in sorted(model.offers)]
    assert views.offers.all(connection) == offers
    for days in (-2, 0, 2, 40):
        day = model.today + timedelta(days=days)
        open_then = [
            row
            for row in offers
            if not row.closed and row.begins <= str(day) and (row.until is None or str(day) < row.until)
        ]
        assert views.offers.on(connection, day) == open_then
    for offer in offers:
        assert views.offers.get(connection, offer.id) == offer
        assert offer.free >= 0, "each item is sold once"
    assert views.offers.get(connection, "off_none") is None
    assert_redemptions_agree(connection, views, model)


def assert_redemptions_agree(connection: Connection, views: Views, model: Model) -> None:
    rows = [redemption_row(model, redemption) for redemption in sorted(model.redemptions)]
    assert views.redemptions.listed(connection) == rows
    assert (
        views.redemptions.listed(connection, after="red_n02", limit=2)
        == [row for row in rows if row.id > "red_n02"][:2]
    )
    for volunteer in model.volunteers:
        own = [row for row in rows if row.volunteer == volunteer]
        assert views.redemptions.listed(connection, volunteer=volunteer) == own
        latest = sorted(own, key=lambda row: (row.placed_at, row.id), reverse=True)
        assert views.redemptions.latest(connection, volunteer) == latest
        for index, row in enumerate(latest, 1):
            before = row.placed_at, row.id
            assert views.redemptions.latest(connection, volunteer, before=before) == latest[index:]
        for state in State:
            shown = views.redemptions.listed(connection, volunteer=volunteer, state=state)
            assert shown == [row for row in own if row.state == state.value]
    for offer in model.offers:
        of_it = [row for row in rows if row.offer == offer]
        assert views.redemptions.listed(connection, offer=offer) == of_it
    for days in (-30, 0, 1, 2, 30):
        day = model.today + timedelta(days=days)
        due = [row for row in rows if row.state == "placed" and row.expires <= str(day)]
        in_order = sorted(due, key=lambda row: (row.expires, row.id))
        assert views.redemptions.due(connection, day) == in_order


def offer_row(model: Model, offer: str) -> Offer:
    one, items = model.offers[offer], model.items(offer)
    return Offer._make(
        (
            offer,
            *(one[name] for name in ("name", "kind", "community", "price")),
            str(one["begins"]),
            str(one["until"]) if one["until"] else None,
            int(one["closed"]),
            items["free"],
            items["held"],
            items["fulfilled"],
        )
    )


def redemption_row(model: Model, redemption: str) -> Redemption:
    one = model.redemptions[redemption]
    told = ("offer", "name", "community", "volunteer", "items", "minutes")
    return Redemption._make(
        (
            redemption,
            *(one[name] for name in told),
            str(one["placed"]),
            str(one["expires"]),
            one["state"],
            str(one["since"]),
            text(one["placed_at"]),
            one["reason"],
        )
    )
