"""The commands for shifts."""

from typing import Any

from ledger.cli.acts.made import Read, asked, group, made
from ledger.cli.acts.tables import Column, Drawn, Item, Table, draw_everything
from ledger.cli.terminal.failures import misused
from ledger.cli.terminal.typed import as_places
from ledger.cli.words import usage
from ledger.cli.words.wording import printed

AGES = ("adult", "minor", "minor-with-consent")
WHEN = Column("when", lambda item, drawn: drawn.stretch(item))


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


def _roles(item: Item, drawn: Drawn) -> str:
    return printed("listed").join(f"{drawn.role(one['role'])}={one['places']}" for one in item["roles"])


SHIFTS = Table(
    (
        WHEN,
        Column("shift", "id", under=True),
        "activity=activity_name",
        Column("places", only=_held),
        Column("taken", "placed", only=_held),
        Column("waiting", only=_held),
        Column("roles", _roles, only=_held, otherwise="shift_cancelled"),
    ),
    empty=lambda drawn: printed("no_shifts_of_activity" if "activity" in drawn.ids else "no_shifts"),
)


def _draw_roster(drawn: Drawn) -> None:
    about = drawn.ask("getShift", drawn.ids)
    title = printed("roster", activity=about.answer["activity_name"], when=drawn.stretch(about.answer))
    roster = Table(
        "volunteer / sign_up, role, state",
        empty="roster_cancelled" if about.answer["cancelled"] else "nobody_signed_up",
        title=lambda _: title,
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
