"""The commands for offers and redemptions."""

from typing import Any

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Table, draw_everything
from ledger.cli.terminal.failures import misused
from ledger.cli.words import usage
from ledger.cli.words.wording import printed


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
        "offer=name, kind, price, from=begins",
        Column("until", lambda item, _: printed("offer_closed") if item["closed"] else item["until"]),
        "free, held, fulfilled, id",
    ),
    empty=lambda drawn: printed("no_offers_today" if "on" in drawn.said else "no_offers"),
)
_REDEMPTIONS = Table(
    (
        "placed, volunteer, offer=offer_name",
        Column("items", show=str),
        "credits=minutes, state, since",
        Column("held_until", "expires", under=True, only=lambda item: item["state"] == "placed"),
        "redemption=id",
    ),
    empty="no_redemptions",
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
