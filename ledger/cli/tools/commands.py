"""What the commands are called and take. What they do is imported when one runs, so that help comes at once."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.options import (
    argument,
    as_text,
    common,
    listing,
    option,
    period_option,
    volunteer_argument,
)
from ledger.cli.terminal.typed import clocks_options
from projections.figures.periods import Period


@click.command()
@volunteer_argument
@clocks_options
@common
def balance(volunteer: str, data: Path | None, as_json: bool, asked: Any) -> None:
    """What a volunteer has served and can spend."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.figures import draw_balance

    ask(data, "getBalance", {"volunteer": volunteer, **asked._asdict()}, draw_balance, as_json=as_json)


@click.command()
@volunteer_argument
@clocks_options
@listing
def statement(volunteer: str, data: Path | None, as_json: bool, every: bool, asked: Any) -> None:
    """Every change of a volunteer's two books, in the order of booking."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.figures import draw_statement

    said = {"volunteer": volunteer, **asked._asdict()}
    ask(data, "listStatementLines", said, draw_statement, as_json=as_json, every=every)


@click.command()
@period_option
@option(
    "--by",
    required=True,
    type=click.Choice(["volunteers", "teams", "communities"]),
    metavar="WHO",
    help="volunteers, teams or communities, ranked by the minutes of their own members.",
)
@option(
    "--within",
    callback=as_text,
    metavar="COMMUNITY",
    help="Only what belongs to a community (an id or a name) and those beneath it.",
)
@option(
    "--level",
    type=click.Choice(["county", "town", "village"]),
    metavar="LEVEL",
    help="The communities ranked are county, town or village. [default: village]",
)
@option("--limit", type=WholeNumber(min=1), metavar="N", help="The first N rows; all rows without it.")
@option(
    "--around",
    callback=as_text,
    metavar="WHOM",
    help="The place of one of these (an id, a number or a name), and the two next above and below.",
)
@clocks_options
@listing
def leaderboard(
    data: Path | None, as_json: bool, every: bool, asked: Any, around: str | None, **question: Any
) -> None:
    """Who served most in a period."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.boards import draw_board
    from ledger.cli.office.places import ask_place

    if question["level"] and question["by"] != "communities":
        raise click.UsageError(
            "--level says which communities are ranked: it goes with --by communities only"
        )
    if around is not None and (question["level"] or question["limit"]):
        raise click.UsageError(
            "--around tells one place, on the board of its own level: no --limit, no --level"
        )
    said = {**question, "period": question["period"].name, **asked._asdict()}
    if around is None:
        ask(data, "listLeaderboardPlaces", said, draw_board, as_json=as_json, every=every)
    else:
        ask_place(data, said.pop("by"), around, said, as_json=as_json)


@click.command()
@argument(
    "community",
    required=False,
    callback=as_text,
    metavar="[COMMUNITY]",
    help="An id (com_…) or a name: this one and those directly beneath it, instead of all.",
)
@period_option
@clocks_options
@listing
def contributions(
    community: str | None, period: Period, data: Path | None, as_json: bool, every: bool, asked: Any
) -> None:
    """What communities contributed in a period.

    People, visits and service are those of a community's own volunteers, wherever they served; hosted are the
    minutes served there, by whomever. Each counts all communities beneath it.
    """
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.boards import draw_contributions, draw_contributions_of_all

    said = {"period": period.name, **asked._asdict()}
    if community is None:
        name, draw = "listContributionsOfAll", draw_contributions_of_all
    else:
        name, draw = "listContributions", draw_contributions
        said["community"] = community
    ask(data, name, said, draw, as_json=as_json, every=every)


@click.command()
@argument(
    "community",
    required=False,
    callback=as_text,
    metavar="[COMMUNITY]",
    help="An id (com_…) or a name: this one with all beneath it, instead of the whole ledger.",
)
@period_option
@common
def report(community: str | None, period: Period, data: Path | None, as_json: bool) -> None:
    """The figures that an office reports for a period.

    Volunteers, posts, organisations and designations are those of the period's last day, or of today if that lies
    ahead; venues and teams those in use today.
    """
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.report import draw_report

    whose = {} if community is None else {"community": community}
    name = "getReportOfAll" if community is None else "getReport"
    ask(data, name, {**whose, "period": period.name}, draw_report, as_json=as_json)
