"""The commands for activities."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.acts.made import group, made, thing
from ledger.cli.terminal.options import acting, common, listing, option, period_option, within_option
from ledger.cli.terminal.typed import code_option
from projections.figures.periods import Period

STATES = ("planned", "held", "cancelled")
_DESCRIBED = (
    "[--venue] [--place] [--community] [--content] [--audience] [--programme] [--campaign] [--in-charge]"
)
_DAY = "The day on which it is held."
_PLACE = "Where it is held, in words."
_COMMUNITY = "The community that hosts it."
_CONTENT = "What volunteers do."
_OF_EITHER = {
    "form": "How it is held: on-site, online, class, show, exhibition, training, …",
    "unit": "Who organises it.",
    "venue": "Where it is held: an id or a name.",
    "audience": "Whom it is for: elderly, pupils, farmers, …",
    "programme": "The named line of activities that it belongs to.",
    "campaign": "The season of activities that it belongs to.",
    "in_charge": "Who answers for it: the name is kept in the directory, and an id in the ledger.",
}


def _publish(recording: Any, action: str, said: dict[str, Any]) -> None:
    from ledger.cli.acts.doing import do

    if said["venue"] is None and (said["place"] is None or said["community"] is None):
        raise click.UsageError("name the --venue, or the --place and the --community")
    do(recording, action, said)


@click.command()
@thing("activity")
@code_option("--reason", "Why: weather, illness, …", required=True)
@option(
    "--with-shifts", is_flag=True, help="Cancel its shifts first, which releases everybody who signed up."
)
@acting
def cancel(with_shifts: bool, recording: Any, **said: Any) -> None:
    """Call an activity off.

    With --with-shifts nothing is recorded unless all can be: a shift at which somebody has checked in stays.
    """
    from ledger.cli.acts.doing import do
    from ledger.cli.acts.several import do_to_several

    if with_shifts:
        do_to_several(recording, "cancelActivityWithShifts", said)
    else:
        do(recording, "cancelActivity", said)


@click.command("list")
@period_option
@within_option
@option("--state", type=click.Choice(STATES), help="Only those that are planned, held or cancelled.")
@listing
def list_activities(period: Period, data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """The activities of a period, and what came of them."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.activities import draw_activities

    asked = {**said, "period": period.name}
    ask(data, "listActivities", asked, draw_activities, as_json=as_json, every=every)


@click.command()
@thing("activity")
@common
def show(data: Path | None, as_json: bool, **said: Any) -> None:
    """One activity with its shifts."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.activities import draw_activity

    ask(data, "getActivity", said, draw_activity, as_json=as_json)


activity = group(
    "activity",
    "Occasions of service: published, held and reported, or called off.",
    made(
        "publishActivity",
        f"publish NAME --day [--form] --unit {_DESCRIBED}",
        "Announce an activity.",
        {},
        _publish,
        name="Its public name.",
        day=_DAY,
        place=f"{_PLACE} [default: the venue's name]",
        community=f"{_COMMUNITY} [default: the venue's]",
        content=f"{_CONTENT} [default: its name]",
        **_OF_EITHER,
    ),
    made(
        "reviseActivity",
        f"revise ACTIVITY [--name] [--day] [--form] [--unit] {_DESCRIBED}",
        "Describe an activity anew, or plan it for another day; what is not named stays as it is.",
        name="Another name.",
        day=_DAY,
        place=_PLACE,
        community=_COMMUNITY,
        content=_CONTENT,
        **_OF_EITHER,
    ),
    made(
        "reportActivity",
        "report ACTIVITY [--day] [--participants] [--materials] [--online]",
        "Say what came of an activity; said again, it takes the place of what was said before.",
        {"online": "online_reach"},
        day="The day on which it was held. [default: the day for which it was planned]",
        participants="How many took part. [default: 0]",
        materials="How many materials were handed out. [default: 0]",
        online="How many were reached online. [default: 0]",
    ),
    cancel,
    list_activities,
    show,
)
