"""The commands for credits that change hands."""

from typing import Any

import rich_click as click

from ledger.cli.numbers import WholeNumber
from ledger.cli.options import acting, argument, as_text


@click.command()
@argument("giver", callback=as_text, metavar="GIVER", help="Who gives: a volunteer number, or an id (vol_…).")
@argument("receiver", callback=as_text, metavar="RECEIVER", help="Who gets it, likewise.")
@argument("minutes", type=WholeNumber(min=1), metavar="MINUTES", help="How many minutes of credit.")
@acting
def transfer(how: Any, **said: Any) -> None:
    """Give credits of one volunteer to another."""
    from ledger.cli.doing import do

    do(how, "transferCredits", said)


@click.command()
@argument("giver", callback=as_text, metavar="GIVER", help="Who gives: a volunteer number, or an id (vol_…).")
@argument("community", callback=as_text, metavar="COMMUNITY", help="To whose pool: an id or a name.")
@argument("minutes", type=WholeNumber(min=1), metavar="MINUTES", help="How many minutes of credit.")
@acting
def donate(how: Any, **said: Any) -> None:
    """Give credits of a volunteer to a community's pool."""
    from ledger.cli.doing import do

    do(how, "donateCredits", said)


@click.command()
@argument("community", callback=as_text, metavar="COMMUNITY", help="Out of whose pool: an id or a name.")
@argument("receiver", callback=as_text, metavar="RECEIVER", help="Who gets it: a volunteer number, or an id.")
@argument("minutes", type=WholeNumber(min=1), metavar="MINUTES", help="How many minutes of credit.")
@acting
def grant(how: Any, **said: Any) -> None:
    """Give credits out of a community's pool to a volunteer."""
    from ledger.cli.doing import do

    do(how, "grantCredits", said)
