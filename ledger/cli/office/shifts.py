"""Shifts as they are shown: how full they are, and who is on them."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from ledger.cli.acts.asking import Draw, Drawn
from ledger.cli.terminal import output
from ledger.cli.terminal.moments import stretch
from ledger.cli.terminal.output import Column

_SHIFT_COLUMNS = (
    Column("When"),
    Column("Shift", under=True),
    Column("Activity"),
    Column("Places", right=True),
    Column("Taken", right=True),
    Column("Waiting", right=True),
    Column("Roles"),
)
_ROSTER_COLUMNS = (Column("Volunteer"), Column("Sign-up", under=True), Column("Role"), Column("State"))


def draw_shifts(drawn: Drawn) -> None:
    """Draw the shifts that begin on some days."""
    _print(drawn.items, drawn.zone, empty="No shift begins in these days.")


def draw_shifts_of_activity(drawn: Drawn) -> None:
    """Draw the shifts of an activity."""
    _print(drawn.items, drawn.zone, empty="It has no shifts.")


def draw_roster(shift: str) -> Draw:
    """How the roster of a shift is drawn."""

    def draw(drawn: Drawn) -> None:
        about = drawn.ask("getShift", {"shift": shift}).answer
        when = stretch(about["begins"], about["ends"], drawn.zone)
        output.table(
            f"{about['activity_name']}, {when}",
            _ROSTER_COLUMNS,
            [
                (one["number"] or one["volunteer"], one["sign_up"], one["role"], one["state"])
                for one in drawn.items
            ],
            empty="Nobody has signed up." if not about["cancelled"] else "It was cancelled.",
        )

    return draw


def _print(items: Sequence[Mapping[str, Any]], zone: ZoneInfo, *, empty: str) -> None:
    output.table("", _SHIFT_COLUMNS, [_cells(item, zone) for item in items], empty=empty)


def _cells(item: Mapping[str, Any], zone: ZoneInfo) -> tuple[str, ...]:
    if item["cancelled"]:
        figures = ("", "", "", "cancelled")
    else:
        roles = ", ".join(f"{one['role']}={one['places']}" for one in item["roles"])
        figures = (f"{item['places']:,}", f"{item['placed']:,}", f"{item['waiting']:,}", roles)
    return (stretch(item["begins"], item["ends"], zone), item["id"], item["activity_name"], *figures)
