"""The commands for offers and redemptions."""

from typing import Any

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Table, draw_everything
from ledger.cli.terminal.failures import misused
from ledger.cli.words import usage


def _today(said: dict[str, Any]) -> None:
    said["every"] = said.pop("all")
    if not said["every"]:
        said["on"] = None


def _due(said: dict[str, Any]) -> str | None:
    if said.pop("due") == (said["redemption"] is not None):
        raise misused(usage.REDEMPTION_OR_DUE)
    return "expireDueRedemptions" if said["redemption"] is None else None


_OFFERS = Table(
    (
        "Offer=name",
        "Kind",
        "Price",
        "From=begins",
        Column("Until", lambda item, _: "closed" if item["closed"] else item["until"]),
        "Free",
        "Held",
        "Fulfilled",
        "Id",
    ),
    empty=lambda drawn: (
        "Nothing can be had today; --all lists every offer." if "on" in drawn.said else "There are no offers."
    ),
)
_REDEMPTIONS = Table(
    (
        "Placed",
        "Volunteer",
        "Offer=offer_name",
        Column("Items", "items", str),
        "Credits=minutes",
        "State",
        "Since",
        Column("Held until", "expires", under=True, only=lambda item: item["state"] == "placed"),
        "Redemption=id",
    ),
    empty="There are no such redemptions.",
    rows=lambda drawn: sorted(drawn.items, key=lambda item: (item["placed"], item["id"])),
)

offer = group(
    "offer",
    made("publishOffer", "publish NAME --price --stock [--kind] [--community] [--day] [--until]"),
    made("restockOffer", "restock OFFER ITEMS"),
    made("closeOffer", "close OFFER"),
    asked("listOffers", "list [--all]", _OFFERS, _today),
    asked("getOffer", "show OFFER", draw_everything),
)
redeem = made("placeRedemption", "redeem VOLUNTEER OFFER [--items]")
redemption = group(
    "redemption",
    made("fulfilRedemption", "fulfil REDEMPTION"),
    made("cancelRedemption", "cancel REDEMPTION --reason"),
    made("expireRedemption", "expire [REDEMPTION] [--due]", _due),
    made("returnRedemption", "return REDEMPTION --reason"),
    asked("listRedemptions", "list [--volunteer] [--offer] [--state]", _REDEMPTIONS),
    asked("getRedemption", "show REDEMPTION", draw_everything),
)
