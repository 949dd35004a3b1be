"""The commands for shifts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.acts.made import group, made, thing
from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.options import as_text, listing, option
from ledger.cli.terminal.typed import MOST_PLACES, as_code, as_places, day_option

AGES = ("adult", "minor", "minor-with-consent")
_PLACES = option(
    "--places",
    "roles",
    required=True,
    multiple=True,
    callback=as_places,
    metavar="ROLE=N",
    help="How many volunteers in a role, such as guide=3; once for each role.",
)
_WAITLIST = option(
    "--waitlist", type=WholeNumber(0, MOST_PLACES), metavar="N", help="How many may wait for a place."
)
_SKILL = option(
    "--skill",
    "skills",
    multiple=True,
    callback=as_code,
    metavar="CODE",
    help="Only those who have a skill; once for each.",
)


def _publish(recording: Any, action: str, said: dict[str, Any]) -> None:
    from ledger.cli.acts.doing import do

    if said.pop("adults_only"):
        if said["ages"]:
            raise click.UsageError("--adults-only and --ages exclude each other")
        said["ages"] = ("adult",)
    do(recording, action, said)


def days_options(beginning: str, default: str, most: int) -> Callable[[Any], Any]:
    """`--from` and `--days`, as the catalogue has them by default."""

    def decorate(command: Any) -> Any:
        days = option(
            "--days", type=WholeNumber(1, most), metavar="N", help=f"How many days. [default: {default}]"
        )
        return day_option(f"The first day. [default: {beginning}]", "--from")(days(command))

    return decorate


@click.command("list")
@days_options("today", "7", 31)
@option(
    "--activity",
    callback=as_text,
    metavar="ACTIVITY",
    help="Instead of days: all shifts of an activity (an id or a name), those called off too.",
)
@listing
def list_shifts(data: Path | None, as_json: bool, every: bool, activity: str | None, **said: Any) -> None:
    """The shifts of the coming days, and how full they are."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.shifts import draw_shifts, draw_shifts_of_activity

    if activity is None:
        ask(data, "listShifts", said, draw_shifts, as_json=as_json, every=every)
    elif any(said.values()):
        raise click.UsageError("name an --activity, or days")
    else:
        of, draw = {"activity": activity}, draw_shifts_of_activity
        ask(data, "listShiftsOfActivity", of, draw, as_json=as_json, every=every)


@click.command()
@thing("shift")
@listing
def roster(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """Who has a place on a shift, and who waits for one."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.shifts import draw_roster

    ask(data, "listRoster", said, draw_roster(said["shift"]), as_json=as_json, every=every)


shift = group(
    "shift",
    "Stretches of an activity with places to fill.",
    made(
        "publishShift",
        "publish ACTIVITY --begins --ends --places [--waitlist] [--adults-only] [--ages] [--skill]",
        "Let volunteers sign up for a stretch of an activity.",
        {},
        _publish,
        begins="Such as 2026-09-05T09:00: local time, unless an offset or Z follows.",
        ends="Likewise; or 12:00, on the day on which it begins.",
        places=_PLACES,
        waitlist=_WAITLIST,
        adults_only=option("--adults-only", is_flag=True, help="Only adults: short for --ages adult."),
        ages=option(
            "--ages", multiple=True, type=click.Choice(AGES), help="Only these age bands; once for each."
        ),
        skill=_SKILL,
    ),
    made(
        "cancelShift",
        "cancel SHIFT --reason",
        "Call a shift off, and release everybody who signed up.",
        reason="Why: weather, illness, …",
    ),
    made("fillPlaces", "fill SHIFT", "Give free places to those who wait, as far as they can come now."),
    list_shifts,
    roster,
)
