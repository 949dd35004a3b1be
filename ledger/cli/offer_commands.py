"""The commands for offers and redemptions."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.numbers import WholeNumber
from ledger.cli.options import acting, argument, as_text, common, option, volunteer_argument
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
def publish(how: Any, name: str, **what: Any) -> None:
    """Publish an offer."""
    from ledger.cli.offers import publish as run

    run(how, name, **what)


@offer.command()
@_offer
@argument("items", type=WholeNumber(min=1), metavar="N", help="How many items more there are.")
@acting
def restock(how: Any, offer: str, items: int) -> None:
    """Add items to an offer."""
    from ledger.cli.offers import restock as run

    run(how, offer, items)


@offer.command()
@_offer
@acting
def close(how: Any, offer: str) -> None:
    """Let nobody redeem an offer any more; what is held may still be fulfilled."""
    from ledger.cli.offers import close as run

    run(how, offer)


@offer.command("list")
@option("--all", "every", is_flag=True, help="Those too that cannot be had today.")
@common
def list_offers(data: Path | None, as_json: bool, every: bool) -> None:
    """What can be had today."""
    from ledger.cli.offers import show_offers

    show_offers(data, every=every, as_json=as_json)


@click.command()
@volunteer_argument
@_offer
@option("--items", type=WholeNumber(min=1), default=1, metavar="N", help="How many. [default: 1]")
@acting
def redeem(how: Any, volunteer: str, offer: str, items: int) -> None:
    """Hold credits of a volunteer for items of an offer, until they are fetched."""
    from ledger.cli.redemptions import redeem as run

    run(how, volunteer, offer, items)


@click.group(cls=InOrder)
def redemption() -> None:
    """Redemptions: what becomes of credits that are held."""


@redemption.command()
@_redemption
@acting
def fulfil(how: Any, redemption: str) -> None:
    """Hand the items over: the credits are spent."""
    from ledger.cli.redemptions import step
    from ledger.domain.redemptions import FulfilRedemption

    step(how, FulfilRedemption, redemption)


@redemption.command()
@_redemption
@_reason
@acting
def cancel(how: Any, redemption: str, reason: str) -> None:
    """Release the credits before the items were handed over."""
    from ledger.cli.redemptions import step
    from ledger.domain.redemptions import CancelRedemption

    step(how, CancelRedemption, redemption, reason=reason)


@redemption.command()
@argument(
    "redemption", required=False, callback=as_text, metavar="[REDEMPTION]", help="One, by its id (red_…)."
)
@option("--due", is_flag=True, help="All whose time is over, each judged by itself.")
@acting
def expire(how: Any, redemption: str | None, due: bool) -> None:
    """Release credits that were held for items that nobody fetched in time."""
    from ledger.cli.redemptions import expire_due, step
    from ledger.domain.redemptions import ExpireRedemption

    if due == (redemption is not None):
        raise click.UsageError("name a redemption, or say --due")
    if redemption is None:
        expire_due(how)
    else:
        step(how, ExpireRedemption, redemption)


@redemption.command("return")
@_redemption
@_reason
@acting
def return_items(how: Any, redemption: str, reason: str) -> None:
    """Take back what was handed over: items and credits are as before."""
    from ledger.cli.redemptions import step
    from ledger.domain.redemptions import ReturnRedemption

    step(how, ReturnRedemption, redemption, reason=reason)


@redemption.command("list")
@option("--volunteer", callback=as_text, metavar="VOLUNTEER", help="Only those of one: a number or an id.")
@option("--offer", callback=as_text, metavar="OFFER", help="Only those of one: an id or a name.")
@option(
    "--state", type=click.Choice(STATES), metavar="STATE", help=f"Only those that are {', '.join(STATES)}."
)
@common
def list_redemptions(data: Path | None, as_json: bool, **asked: str | None) -> None:
    """Redemptions by day, with what became of each."""
    from ledger.cli.redemptions import show_redemptions

    show_redemptions(data, as_json=as_json, **asked)
