"""The commands for offers and redemptions."""

from typing import Any

import rich_click as click

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Table, draw_everything
from ledger.cli.words.wording import printed


def _today(said: dict[str, Any]) -> None:
    said["every"] = said.pop("all")
    if not said["every"]:
        said["on"] = None


def _due(said: dict[str, Any]) -> str | None:
    if said.pop("due") == (said["redemption"] is not None):
        raise click.UsageError("name a redemption, or say --due")
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
