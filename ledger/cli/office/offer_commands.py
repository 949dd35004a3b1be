"""The commands for offers and redemptions."""

from typing import Any

import rich_click as click

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Table

_REASON = "Why, as a code such as changed-mind."


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
        Column("Offer", "name"),
        "Kind",
        "Price",
        Column("From", "begins"),
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
        Column("Offer", "offer_name"),
        Column("Items", "items", str),
        Column("Credits", "minutes"),
        "State",
        "Since",
        Column("Held until", "expires", under=True, only=lambda item: item["state"] == "placed"),
        Column("Redemption", "id"),
    ),
    empty="There are no such redemptions.",
    rows=lambda drawn: sorted(drawn.items, key=lambda item: (item["placed"], item["id"])),
)

offer = group(
    "offer",
    "Offers: what credits buy.",
    made(
        "publishOffer",
        "publish NAME --price --stock [--kind] [--community] [--day] [--until]",
        "Publish an offer.",
        price="Minutes for one item.",
        stock="How many items there are.",
        kind="What kind of thing, as a code. [default: goods]",
        community="Whose offer it is: an id or a name.",
        day="The first day. [default: today]",
        until="The first day on which it is over.",
    ),
    made(
        "restockOffer",
        "restock OFFER ITEMS",
        "Add items to an offer.",
        items="How many items more there are.",
    ),
    made(
        "closeOffer",
        "close OFFER",
        "Let nobody redeem an offer any more; what is held may still be fulfilled.",
    ),
    asked(
        "listOffers",
        "list [--all]",
        "What can be had today.",
        _OFFERS,
        _today,
        all="Those too that cannot be had today; with --json each is a document on a line of its own.",
    ),
)
redeem = made(
    "placeRedemption",
    "redeem VOLUNTEER OFFER [--items]",
    "Hold credits of a volunteer for items of an offer, until they are fetched.",
    items="How many. [default: 1]",
)
redemption = group(
    "redemption",
    "Redemptions: what becomes of credits that are held.",
    made("fulfilRedemption", "fulfil REDEMPTION", "Hand the items over: the credits are spent."),
    made(
        "cancelRedemption",
        "cancel REDEMPTION --reason",
        "Release the credits before the items were handed over.",
        reason=_REASON,
    ),
    made(
        "expireRedemption",
        "expire [REDEMPTION] [--due]",
        "Release credits that were held for items that nobody fetched in time.",
        _due,
        redemption="One, by its id (red_…).",
        due="All whose time is over, each judged by itself.",
    ),
    made(
        "returnRedemption",
        "return REDEMPTION --reason",
        "Take back what was handed over: items and credits are as before.",
        reason=_REASON,
    ),
    asked(
        "listRedemptions",
        "list [--volunteer] [--offer] [--state]",
        "Redemptions by day, with what became of each.",
        _REDEMPTIONS,
        volunteer="Only those of one: a number or an id.",
        offer="Only those of one: an id or a name.",
        state="Only those that are placed, fulfilled, cancelled, expired, returned.",
    ),
)
