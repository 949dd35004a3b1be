"""What the commands about activities are called and take."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.numbers import WholeNumber
from ledger.cli.options import (
    acting,
    argument,
    as_text,
    common,
    listing,
    option,
    period_option,
    within_option,
)
from ledger.cli.program import InOrder
from ledger.cli.typed import as_label, code_option, day_option, label_option
from projections.figures.periods import Period

STATES = ("planned", "held", "cancelled")
_FIGURES = {
    "participants": ("--participants", "How many took part."),
    "materials": ("--materials", "How many materials were handed out."),
    "online_reach": ("--online", "How many were reached online."),
}
_DESCRIBED = ("form", "unit", "venue", "place", "community", "content", "audience", "programme", "campaign")
_WITHIN = {name: f"activity.{name}" for name in ("name", "in_charge", *_DESCRIBED)}
_OF_THE_TURNOUT = {name: f"turnout.{name}" for name in ("day", *_FIGURES)}


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
def publish(how: Any, **said: Any) -> None:
    """Announce an activity."""
    from ledger.cli.doing import do

    if said["venue"] is None and (said["place"] is None or said["community"] is None):
        raise click.UsageError("name the --venue, or the --place and the --community")
    do(how, "publishActivity", said, _WITHIN)


@activity.command()
@activity_argument
@label_option("--name", "Another name.")
@_description(new=False)
@acting
def revise(how: Any, **said: Any) -> None:
    """Describe an activity anew, or plan it for another day; what is not named stays as it is."""
    from ledger.cli.doing import do

    do(how, "reviseActivity", said, _WITHIN)


def _figures(command: Any) -> Any:
    for name, (typed, text) in reversed(_FIGURES.items()):
        command = option(typed, name, type=WholeNumber(min=0), metavar="N", help=f"{text} [default: 0]")(
            command
        )
    return command


@activity.command()
@activity_argument
@day_option("The day on which it was held. [default: the day for which it was planned]")
@_figures
@acting
def report(how: Any, **said: Any) -> None:
    """Say what came of an activity; said again, it takes the place of what was said before."""
    from ledger.cli.doing import do

    do(how, "reportActivity", said, _OF_THE_TURNOUT)


@activity.command()
@activity_argument
@code_option("--reason", "Why: weather, illness, …", required=True)
@option(
    "--with-shifts", is_flag=True, help="Cancel its shifts first, which releases everybody who signed up."
)
@acting
def cancel(with_shifts: bool, how: Any, **said: Any) -> None:
    """Call an activity off.

    With --with-shifts nothing is recorded unless all can be: a shift at which somebody has checked in stays.
    """
    from ledger.cli.doing import do
    from ledger.cli.several import do_to_several

    if with_shifts:
        do_to_several(how, "cancelActivityWithShifts", said)
    else:
        do(how, "cancelActivity", said)


@activity.command("list")
@period_option
@within_option
@option("--state", type=click.Choice(STATES), help="Only those that are planned, held or cancelled.")
@listing
def list_activities(period: Period, data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """The activities of a period, and what came of them."""
    from ledger.cli.activities import draw_activities
    from ledger.cli.asking import ask

    asked = {**said, "period": period.name}
    ask(data, "listActivities", asked, draw_activities, as_json=as_json, every=every)


@activity.command()
@activity_argument
@common
def show(data: Path | None, as_json: bool, **said: Any) -> None:
    """One activity with its shifts."""
    from ledger.cli.activities import draw_activity
    from ledger.cli.asking import ask

    ask(data, "getActivity", said, draw_activity, as_json=as_json)
