"""The commands for shifts."""

from typing import Any

from ledger.cli.acts.made import Read, asked, group, made
from ledger.cli.acts.tables import Column, Drawn, Item, Table, draw_everything
from ledger.cli.terminal.failures import misused
from ledger.cli.terminal.typed import as_places
from ledger.cli.words import usage

AGES = ("adult", "minor", "minor-with-consent")
WHEN = Column("When", lambda item, drawn: drawn.stretch(item))


def _for_adults(said: dict[str, Any]) -> None:
    if said.pop("adults_only"):
        if said["ages"]:
            raise misused(usage.ADULTS_OR_AGES)
        said["ages"] = ("adult",)


def _of_activity(said: dict[str, Any]) -> str | None:
    if said["activity"] is None:
        return None
    if said.pop("from") or said.pop("days"):
        raise misused(usage.ACTIVITY_OR_DAYS)
    return "listShiftsOfActivity"


def _held(item: Item) -> bool:
    return not item["cancelled"]


def _roles(item: Item, _: Drawn) -> str:
    return ", ".join(f"{one['role']}={one['places']}" for one in item["roles"])


SHIFTS = Table(
    (
        WHEN,
        Column("Shift", "id", under=True),
        "Activity=activity_name",
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
        ("Volunteer / Sign-up", "Role", "State"),
        empty="It was cancelled." if about.answer["cancelled"] else "Nobody has signed up.",
        title=f"{about.answer['activity_name']}, {drawn.stretch(about.answer)}",
    )
    roster(drawn)


shift = group(
    "shift",
    made(
        "publishShift",
        "publish ACTIVITY --begins --ends --places... [--waitlist] [--adults-only] [--ages]... [--skill]...",
        _for_adults,
        {"skill": "skills"},
        places=Read(
            {"callback": as_places, "metavar": "ROLE=N"},
            "roles",
        ),
    ),
    made("cancelShift", "cancel SHIFT --reason"),
    made("fillPlaces", "fill SHIFT"),
    asked("listShifts", "list [--from] [--days] [--activity]", SHIFTS, _of_activity),
    asked("listRoster", "roster SHIFT", _draw_roster),
    asked("getShift", "show SHIFT", draw_everything),
)
