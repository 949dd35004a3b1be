"""What the commands about shifts are called and take."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.activity_commands import activity_argument
from ledger.cli.numbers import WholeNumber
from ledger.cli.options import acting, argument, as_text, common, option
from ledger.cli.program import InOrder
from ledger.cli.typed import MOST_PLACES, as_places, code_option, day_option

AGES = ("adult", "minor", "minor-with-consent")
MOST_DAYS = 3_660


def shift_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """`SHIFT`."""
    return argument(
        "shift",
        callback=as_text,
        metavar="SHIFT",
        help="An id (shi_…), an activity and when it begins (NAME@09:30), or an activity with one shift.",
    )(command)


def days_options(default: int, beginning: str) -> Callable[[Any], Any]:
    """`--from` and `--days`."""

    def decorate(command: Any) -> Any:
        days = option(
            "--days",
            type=WholeNumber(1, MOST_DAYS),
            default=default,
            show_default=True,
            metavar="N",
            help="How many days.",
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
@code_option("--skill", "Only those who have a skill; once for each.", multiple=True)
@acting
def publish(activity: str, adults_only: bool, how: Any, **given: Any) -> None:
    """Let volunteers sign up for a stretch of an activity."""
    from ledger.cli.shifts import publish_shift

    if adults_only and given["ages"]:
        raise click.UsageError("--adults-only and --ages exclude each other")
    if adults_only:
        given["ages"] = ("adult",)
    publish_shift(how, activity, **given)


@shift.command()
@shift_argument
@code_option("--reason", "Why: weather, illness, …", required=True)
@acting
def cancel(shift: str, reason: str, how: Any) -> None:
    """Call a shift off, and release everybody who signed up."""
    from ledger.cli.shifts import cancel_shift

    cancel_shift(how, shift, reason)


@shift.command()
@shift_argument
@acting
def fill(shift: str, how: Any) -> None:
    """Give free places to those who wait, as far as they can come now."""
    from ledger.cli.shifts import fill_shift

    fill_shift(how, shift)


@shift.command("list")
@days_options(30, "today")
@common
def list_shifts(data: Path | None, as_json: bool, **question: Any) -> None:
    """The shifts of the coming days, and how full they are."""
    from ledger.cli.shifts import list_shifts as run

    run(data, question["from"], question["days"], as_json=as_json)


@shift.command()
@shift_argument
@common
def roster(shift: str, data: Path | None, as_json: bool) -> None:
    """Who has a place on a shift, and who waits for one."""
    from ledger.cli.shifts import show_roster

    show_roster(data, shift, as_json=as_json)
