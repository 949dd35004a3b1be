"""What the commands about shifts are called and take."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.activity_commands import activity_argument
from ledger.cli.numbers import WholeNumber
from ledger.cli.options import acting, argument, as_text, listing, option
from ledger.cli.program import InOrder
from ledger.cli.typed import MOST_PLACES, as_code, as_places, code_option, day_option

AGES = ("adult", "minor", "minor-with-consent")


def shift_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """`SHIFT`."""
    return argument(
        "shift",
        callback=as_text,
        metavar="SHIFT",
        help="An id (shi_…), an activity and when it begins (NAME@09:30), or an activity with one shift.",
    )(command)


def days_options(beginning: str, default: str, most: int) -> Callable[[Any], Any]:
    """`--from` and `--days`, as the catalogue has them by default."""

    def decorate(command: Any) -> Any:
        days = option(
            "--days", type=WholeNumber(1, most), metavar="N", help=f"How many days. [default: {default}]"
        )
        return day_option(f"The first day. [default: {beginning}]", "--from")(days(command))

    return decorate


@click.group(cls=InOrder)
def shift() -> None:
    """Stretches of an activity with places to fill."""


@shift.command()
@activity_argument
@option(
    "--begins",
    required=True,
    callback=as_text,
    metavar="TIME",
    help="Such as 2026-09-05T09:00: local time, unless an offset or Z follows.",
)
@option(
    "--ends",
    required=True,
    callback=as_text,
    metavar="TIME",
    help="Likewise; or 12:00, on the day on which it begins.",
)
@option(
    "--places",
    "roles",
    required=True,
    multiple=True,
    callback=as_places,
    metavar="ROLE=N",
    help="How many volunteers in a role, such as guide=3; once for each role.",
)
@option(
    "--waitlist",
    type=WholeNumber(0, MOST_PLACES),
    default=0,
    metavar="N",
    help="How many may wait for a place.",
)
@option("--adults-only", is_flag=True, help="Only adults: short for --ages adult.")
@option("--ages", multiple=True, type=click.Choice(AGES), help="Only these age bands; once for each.")
@option(
    "--skill",
    "skills",
    multiple=True,
    callback=as_code,
    metavar="CODE",
    help="Only those who have a skill; once for each.",
)
@acting
def publish(adults_only: bool, how: Any, **said: Any) -> None:
    """Let volunteers sign up for a stretch of an activity."""
    from ledger.cli.doing import do

    if adults_only and said["ages"]:
        raise click.UsageError("--adults-only and --ages exclude each other")
    if adults_only:
        said["ages"] = ("adult",)
    said["roles"] = [{"role": role, "places": some} for role, some in said["roles"]]
    do(how, "publishShift", said)


@shift.command()
@shift_argument
@code_option("--reason", "Why: weather, illness, …", required=True)
@acting
def cancel(how: Any, **said: Any) -> None:
    """Call a shift off, and release everybody who signed up."""
    from ledger.cli.doing import do

    do(how, "cancelShift", said)


@shift.command()
@shift_argument
@acting
def fill(how: Any, **said: Any) -> None:
    """Give free places to those who wait, as far as they can come now."""
    from ledger.cli.doing import do

    do(how, "fillPlaces", said)


@shift.command("list")
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
    from ledger.cli.asking import ask
    from ledger.cli.shifts import draw_shifts, draw_shifts_of_activity

    if activity is None:
        ask(data, "listShifts", said, draw_shifts, as_json=as_json, every=every)
    elif any(said.values()):
        raise click.UsageError("name an --activity, or days")
    else:
        of, draw = {"activity": activity}, draw_shifts_of_activity
        ask(data, "listShiftsOfActivity", of, draw, as_json=as_json, every=every)


@shift.command()
@shift_argument
@listing
def roster(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """Who has a place on a shift, and who waits for one."""
    from ledger.cli.asking import ask
    from ledger.cli.shifts import draw_roster

    ask(data, "listRoster", said, draw_roster(said["shift"]), as_json=as_json, every=every)
