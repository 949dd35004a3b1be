"""What the commands about activities are called and take."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.numbers import WholeNumber
from ledger.cli.options import acting, argument, as_text, common, option, period_option
from ledger.cli.program import InOrder
from ledger.cli.typed import as_label, code_option, day_option, label_option
from projections.figures.periods import Period

STATES = ("planned", "held", "cancelled")
_FIGURES = {
    "--participants": "How many took part.",
    "--materials": "How many materials were handed out.",
    "--online": "How many were reached online.",
}


def activity_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """`ACTIVITY`."""
    return argument("activity", callback=as_text, metavar="ACTIVITY", help="An id (act_…) or a name.")(
        command
    )


def _description(*, new: bool) -> Callable[[Any], Any]:
    """The options that describe an activity: what is needed for a new one, what changes for one that is planned."""
    place = " [default: the venue's name]" if new else ""
    community = " [default: the venue's]" if new else ""
    content = " [default: its name]" if new else ""
    options = (
        day_option("The day on which it is held.") if not new else None,
        code_option("--form", "How it is held: on-site, online, class, show, exhibition, training, …"),
        label_option("--unit", "Who organises it.", required=new),
        option("--venue", callback=as_text, metavar="VENUE", help="Where it is held: an id or a name."),
        label_option("--place", f"Where it is held, in words.{place}"),
        option(
            "--community",
            callback=as_text,
            metavar="COMMUNITY",
            help=f"The community that hosts it.{community}",
        ),
        label_option("--content", f"What volunteers do.{content}"),
        code_option("--audience", "Whom it is for: elderly, pupils, farmers, …"),
        label_option("--programme", "The named line of activities that it belongs to."),
        label_option("--campaign", "The season of activities that it belongs to."),
        option(
            "--in-charge",
            callback=as_text,
            metavar="PERSON",
            help="Who answers for it: the name is kept in the directory, and an id in the ledger.",
        ),
    )

    def decorate(command: Any) -> Any:
        for one in reversed(options):
            command = command if one is None else one(command)
        return command

    return decorate


@click.group(cls=InOrder)
def activity() -> None:
    """Occasions of service: published, held and reported, or called off."""


@activity.command()
@argument("name", callback=as_label, metavar="NAME", help="Its public name.")
@day_option("The day on which it is held.", required=True)
@_description(new=True)
@acting
def publish(name: str, how: Any, **given: Any) -> None:
    """Announce an activity."""
    from ledger.cli.activities import publish_activity

    if given["venue"] is None and (given["place"] is None or given["community"] is None):
        raise click.UsageError("name the --venue, or the --place and the --community")
    publish_activity(how, name, **given)


@activity.command()
@activity_argument
@label_option("--name", "Another name.")
@_description(new=False)
@acting
def revise(activity: str, how: Any, **given: Any) -> None:
    """Describe an activity anew, or plan it for another day; what is not named stays as it is."""
    from ledger.cli.activities import revise_activity

    revise_activity(how, activity, **given)


def _figures(command: Any) -> Any:
    for name, text in reversed(_FIGURES.items()):
        command = option(name, type=WholeNumber(min=0), default=0, metavar="N", help=text)(command)
    return command


@activity.command()
@activity_argument
@day_option("The day on which it was held. [default: the day for which it was planned]")
@_figures
@acting
def report(activity: str, how: Any, **given: Any) -> None:
    """Say what came of an activity; said again, it takes the place of what was said before."""
    from ledger.cli.activities import report_activity

    report_activity(how, activity, **given)


@activity.command()
@activity_argument
@code_option("--reason", "Why: weather, illness, …", required=True)
@option(
    "--with-shifts", is_flag=True, help="Cancel its shifts first, which releases everybody who signed up."
)
@acting
def cancel(activity: str, reason: str, with_shifts: bool, how: Any) -> None:
    """Call an activity off.

    With --with-shifts nothing is recorded unless all can be: a shift at which somebody has checked in stays.
    """
    from ledger.cli.activities import cancel_activity, cancel_with_shifts

    (cancel_with_shifts if with_shifts else cancel_activity)(how, activity, reason)


@activity.command("list")
@period_option
@option(
    "--within",
    callback=as_text,
    metavar="COMMUNITY",
    help="Only those of a community (an id or a name) and those beneath it.",
)
@option("--state", type=click.Choice(STATES), help="Only those that are planned, held or cancelled.")
@common
def list_activities(period: Period, data: Path | None, as_json: bool, **question: Any) -> None:
    """The activities of a period, and what came of them."""
    from ledger.cli.activities import list_activities as run

    run(data, period, as_json=as_json, **question)


@activity.command()
@activity_argument
@common
def show(activity: str, data: Path | None, as_json: bool) -> None:
    """One activity with its shifts."""
    from ledger.cli.activities import show_activity

    show_activity(data, activity, as_json=as_json)
