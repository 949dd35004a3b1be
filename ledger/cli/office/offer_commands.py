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
    ("Offers: what credits buy.", "兑换项目：时间币可以兑换什么。"),
    made(
        "publishOffer",
        "publish NAME --price --stock [--kind] [--community] [--day] [--until]",
        kind=("What kind of thing, as a code. [default: goods]", "类别，代码。[默认：goods]"),
    ),
    made("restockOffer", "restock OFFER ITEMS"),
    made("closeOffer", "close OFFER"),
    asked(
        "listOffers",
        "list [--all]",
        _OFFERS,
        _today,
        all=(
            "Those too that cannot be had today; with --json each is a document on a line of its own.",
            "同时列出今天不能兑换的；使用 --json 时每行一项。",
        ),
    ),
    asked("getOffer", "show OFFER", draw_everything),
)
redeem = made("placeRedemption", "redeem VOLUNTEER OFFER [--items]")
redemption = group(
    "redemption",
    ("Redemptions: what becomes of credits that are held.", "兑换：占用的时间币如何处理。"),
    made("fulfilRedemption", "fulfil REDEMPTION"),
    made("cancelRedemption", "cancel REDEMPTION --reason"),
    made(
        "expireRedemption",
        "expire [REDEMPTION] [--due]",
        _due,
        due=("All whose time is over, each judged by itself.", "全部已到期的，逐项办理。"),
    ),
    made("returnRedemption", "return REDEMPTION --reason"),
    asked("listRedemptions", "list [--volunteer] [--offer] [--state]", _REDEMPTIONS),
    asked("getRedemption", "show REDEMPTION", draw_everything),
)
