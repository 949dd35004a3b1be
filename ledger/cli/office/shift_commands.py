"""The commands for shifts."""

from typing import Any

import rich_click as click

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Drawn, Item, Table
from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.options import option
from ledger.cli.terminal.typed import MOST_PLACES, as_places

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
WHEN = Column("When", lambda item, drawn: drawn.stretch(item))


def _for_adults(said: dict[str, Any]) -> None:
    if said.pop("adults_only"):
        if said["ages"]:
            raise click.UsageError("--adults-only and --ages exclude each other")
        said["ages"] = ("adult",)


def _of_activity(said: dict[str, Any]) -> str | None:
    if said["activity"] is None:
        return None
    if said.pop("from") or said.pop("days"):
        raise click.UsageError("name an --activity, or days")
    return "listShiftsOfActivity"


def _held(item: Item) -> bool:
    return not item["cancelled"]


def _roles(item: Item, _: Drawn) -> str:
    return ", ".join(f"{one['role']}={one['places']}" for one in item["roles"])


SHIFTS = Table(
    (
        WHEN,
        Column("Shift", "id", under=True),
        Column("Activity", "activity_name"),
        Column("Places", only=_held),
        Column("Taken", "placed", only=_held),
        Column("Waiting", only=_held),
        Column("Roles", _roles, only=_held, otherwise="cancelled"),
    ),
    empty=lambda drawn: "It has no shifts." if "activity" in drawn.ids else "No shift begins in these days.",
)


def _draw_roster(drawn: Drawn) -> None:
    about = drawn.ask("getShift", drawn.ids)
    roster = Table(
        ("Volunteer", Column("Sign-up", under=True), "Role", "State"),
        empty="It was cancelled." if about.answer["cancelled"] else "Nobody has signed up.",
        title=f"{about.answer['activity_name']}, {drawn.stretch(about.answer)}",
    )
    roster(drawn)


shift = group(
    "shift",
    "Stretches of an activity with places to fill.",
    made(
        "publishShift",
        "publish ACTIVITY --begins --ends --places [--waitlist] [--adults-only] [--ages] [--skill]...",
        "Let volunteers sign up for a stretch of an activity.",
        _for_adults,
        {"skill": "skills"},
        begins="Such as 2026-09-05T09:00: local time, unless an offset or Z follows.",
        ends="Likewise; or 12:00, on the day on which it begins.",
        places=_PLACES,
        waitlist=_WAITLIST,
        adults_only="Only adults: short for --ages adult.",
        ages=option(
            "--ages", multiple=True, type=click.Choice(AGES), help="Only these age bands; once for each."
        ),
        skill="Only those who have a skill; once for each.",
    ),
    made(
        "cancelShift",
        "cancel SHIFT --reason",
        "Call a shift off, and release everybody who signed up.",
        reason="Why: weather, illness, …",
    ),
    made("fillPlaces", "fill SHIFT", "Give free places to those who wait, as far as they can come now."),
    asked(
        "listShifts",
        "list [--from] [--days] [--activity]",
        "The shifts of the coming days, and how full they are.",
        SHIFTS,
        _of_activity,
        activity="Instead of days: all shifts of an activity (an id or a name), those called off too.",
        days="How many days. [default: 7]",
    ),
    asked("listRoster", "roster SHIFT", "Who has a place on a shift, and who waits for one.", _draw_roster),
)
