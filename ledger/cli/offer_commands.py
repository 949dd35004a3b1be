"""The commands for offers and redemptions."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.numbers import WholeNumber
from ledger.cli.options import acting, argument, as_text, common, listing, option, volunteer_argument
from ledger.cli.program import InOrder
from ledger.cli.typed import as_label, code_option, day_option

STATES = ("placed", "fulfilled", "cancelled", "expired", "returned")
_offer = argument("offer", callback=as_text, metavar="OFFER", help="An id (off_…) or a name.")
_redemption = argument("redemption", callback=as_text, metavar="REDEMPTION", help="Its id (red_…).")
_reason = code_option("--reason", "Why, as a code such as changed-mind.", required=True)


@click.group(cls=InOrder)
def offer() -> None:
    """Offers: what credits buy."""


@offer.command()
@argument("name", callback=as_label, metavar="NAME", help="The public name.")
@option("--price", required=True, type=WholeNumber(min=1), metavar="MINUTES", help="Minutes for one item.")
@option("--stock", required=True, type=WholeNumber(min=0), metavar="N", help="How many items there are.")
@code_option("--kind", "What kind of thing, as a code. [default: goods]", default="goods")
@option("--community", callback=as_text, metavar="COMMUNITY", help="Whose offer it is: an id or a name.")
@day_option("The first day. [default: today]")
@day_option("The first day on which it is over.", "--until")
@acting
def publish(how: Any, **said: Any) -> None:
    """Publish an offer."""
    from ledger.cli.doing import do

    do(how, "publishOffer", said)


@offer.command()
@_offer
@argument("items", type=WholeNumber(min=1), metavar="N", help="How many items more there are.")
@acting
def restock(how: Any, **said: Any) -> None:
    """Add items to an offer."""
    from ledger.cli.doing import do

    do(how, "restockOffer", said)


@offer.command()
@_offer
@acting
def close(how: Any, **said: Any) -> None:
    """Let nobody redeem an offer any more; what is held may still be fulfilled."""
    from ledger.cli.doing import do

    do(how, "closeOffer", said)


@offer.command("list")
@option(
    "--all",
    "every",
    is_flag=True,
    help="Those too that cannot be had today; with --json each is a document on a line of its own.",
)
@common
def list_offers(data: Path | None, as_json: bool, every: bool) -> None:
    """What can be had today."""
    from ledger.cli.asking import TODAY, ask
    from ledger.cli.offers import draw_every_offer, draw_offers

    draw, day = (draw_every_offer, None) if every else (draw_offers, TODAY)
    ask(data, "listOffers", {"on": day}, draw, as_json=as_json, every=every)


@click.command()
@volunteer_argument
@_offer
@option("--items", type=WholeNumber(min=1), default=1, metavar="N", help="How many. [default: 1]")
@acting
def redeem(how: Any, **said: Any) -> None:
    """Hold credits of a volunteer for items of an offer, until they are fetched."""
    from ledger.cli.doing import do

    do(how, "placeRedemption", said)


@click.group(cls=InOrder)
def redemption() -> None:
    """Redemptions: what becomes of credits that are held."""


@redemption.command()
@_redemption
@acting
def fulfil(how: Any, **said: Any) -> None:
    """Hand the items over: the credits are spent."""
    from ledger.cli.doing import do

    do(how, "fulfilRedemption", said)


@redemption.command()
@_redemption
@_reason
@acting
def cancel(how: Any, **said: Any) -> None:
    """Release the credits before the items were handed over."""
    from ledger.cli.doing import do

    do(how, "cancelRedemption", said)


@redemption.command()
@argument(
    "redemption", required=False, callback=as_text, metavar="[REDEMPTION]", help="One, by its id (red_…)."
)
@option("--due", is_flag=True, help="All whose time is over, each judged by itself.")
@acting
def expire(how: Any, redemption: str | None, due: bool) -> None:
    """Release credits that were held for items that nobody fetched in time."""
    from ledger.cli.doing import do
    from ledger.cli.several import do_to_several

    if due == (redemption is not None):
        raise click.UsageError("name a redemption, or say --due")
    if redemption is None:
        do_to_several(how, "expireDueRedemptions", {}, nothing="No hold is due.")
    else:
        do(how, "expireRedemption", {"redemption": redemption})


@redemption.command("return")
@_redemption
@_reason
@acting
def return_items(how: Any, **said: Any) -> None:
    """Take back what was handed over: items and credits are as before."""
    from ledger.cli.doing import do

    do(how, "returnRedemption", said)


@redemption.command("list")
@option("--volunteer", callback=as_text, metavar="VOLUNTEER", help="Only those of one: a number or an id.")
@option("--offer", callback=as_text, metavar="OFFER", help="Only those of one: an id or a name.")
@option(
    "--state", type=click.Choice(STATES), metavar="STATE", help=f"Only those that are {', '.join(STATES)}."
)
@listing
def list_redemptions(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """Redemptions by day, with what became of each."""
    from ledger.cli.asking import ask
    from ledger.cli.redemptions import draw_redemptions

    ask(data, "listRedemptions", said, draw_redemptions, as_json=as_json, every=every)
