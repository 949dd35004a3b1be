"""The commands for offers and redemptions."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.acts.made import group, made
from ledger.cli.terminal.options import acting, argument, as_text, common, listing, option

STATES = ("placed", "fulfilled", "cancelled", "expired", "returned")
_REDEMPTION = "Its id (red_…)."
_REASON = "Why, as a code such as changed-mind."


@click.command("list")
@option(
    "--all",
    "every",
    is_flag=True,
    help="Those too that cannot be had today; with --json each is a document on a line of its own.",
)
@common
def list_offers(data: Path | None, as_json: bool, every: bool) -> None:
    """What can be had today."""
    from ledger.cli.acts.asking import TODAY, ask
    from ledger.cli.office.offers import draw_every_offer, draw_offers

    draw, day = (draw_every_offer, None) if every else (draw_offers, TODAY)
    ask(data, "listOffers", {"on": day}, draw, as_json=as_json, every=every)


@click.command()
@argument(
    "redemption", required=False, callback=as_text, metavar="[REDEMPTION]", help="One, by its id (red_…)."
)
@option("--due", is_flag=True, help="All whose time is over, each judged by itself.")
@acting
def expire(recording: Any, redemption: str | None, due: bool) -> None:
    """Release credits that were held for items that nobody fetched in time."""
    from ledger.cli.acts.doing import do
    from ledger.cli.acts.several import do_to_several

    if due == (redemption is not None):
        raise click.UsageError("name a redemption, or say --due")
    if redemption is None:
        do_to_several(recording, "expireDueRedemptions", {}, nothing="No hold is due.")
    else:
        do(recording, "expireRedemption", {"redemption": redemption})


@click.command("list")
@option("--volunteer", callback=as_text, metavar="VOLUNTEER", help="Only those of one: a number or an id.")
@option("--offer", callback=as_text, metavar="OFFER", help="Only those of one: an id or a name.")
@option(
    "--state", type=click.Choice(STATES), metavar="STATE", help=f"Only those that are {', '.join(STATES)}."
)
@listing
def list_redemptions(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """Redemptions by day, with what became of each."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.redemptions import draw_redemptions

    ask(data, "listRedemptions", said, draw_redemptions, as_json=as_json, every=every)


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
    list_offers,
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
    made(
        "fulfilRedemption",
        "fulfil REDEMPTION",
        "Hand the items over: the credits are spent.",
        redemption=_REDEMPTION,
    ),
    made(
        "cancelRedemption",
        "cancel REDEMPTION --reason",
        "Release the credits before the items were handed over.",
        redemption=_REDEMPTION,
        reason=_REASON,
    ),
    expire,
    made(
        "returnRedemption",
        "return REDEMPTION --reason",
        "Take back what was handed over: items and credits are as before.",
        redemption=_REDEMPTION,
        reason=_REASON,
    ),
    list_redemptions,
)
