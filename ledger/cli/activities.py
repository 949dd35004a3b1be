"""Activities: calling one off with its shifts, and how they are shown."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli import output
from ledger.cli.acting import Act
from ledger.cli.asking import Drawn
from ledger.cli.doing import meaning_of
from ledger.cli.moments import stretch
from ledger.cli.output import Column
from ledger.cli.several import Part, act_on_several
from ledger.cli.shifts import draw_shifts_of_activity
from ledger.domain.activities import CancelActivity
from ledger.domain.shifts import CancelShift

_COLUMNS = (
    Column("Day"),
    Column("Activity"),
    Column("Id", under=True),
    Column("Community"),
    Column("State"),
    Column("Participants", right=True),
    Column("Materials", right=True),
    Column("Online", right=True),
)
_DESCRIBED = ("form", "audience", "programme", "campaign", "place", "content", "unit")


def cancel_with_shifts(how: Act, activity: str, reason: str) -> None:
    """Call an activity off, and its shifts before it."""

    def make(ledger: Ledger, connection: Connection) -> list[Part]:
        zone = ZoneInfo(ledger.opened().zone)
        meant = meaning_of(how, ledger, connection).subject("activity", activity)
        row = ledger.views.activities.get(connection, meant)
        shifts = [
            Part(one.id, stretch(one.begins, one.ends, zone), CancelShift(shift=one.id, reason=reason))
            for one in ledger.views.shifts.of(connection, meant)
            if not one.cancelled
        ]
        name = meant if row is None else row.name
        return [*shifts, Part(meant, name, CancelActivity(activity=meant, reason=reason))]

    act_on_several(how, make, whole=True)


def draw_activities(drawn: Drawn) -> None:
    """Draw activities, and what came of them."""
    rows = [_cells(item, drawn.names) for item in drawn.items]
    output.table("", _COLUMNS, rows, empty="There are no such activities.")


def draw_activity(drawn: Drawn) -> None:
    """Draw one activity with its shifts."""
    row, names = drawn.answer, drawn.names
    shifts = drawn.ask("listShiftsOfActivity", {"activity": row["id"]})
    pairs = [("Id", row["id"]), ("Day", row["day"]), ("State", row["state"])]
    pairs += [("Community", names[row["community"]]), ("Venue", names.get(row["venue"] or "", ""))]
    pairs += [(name.capitalize(), row[name] or "") for name in _DESCRIBED]
    if row["state"] == "held":
        pairs += [("Participants", f"{row['participants']:,}"), ("Materials", f"{row['materials']:,}")]
        pairs += [("Online", f"{row['online_reach']:,}")]
    output.facts(row["name"], [(name, value) for name, value in pairs if value])
    draw_shifts_of_activity(shifts)


def _cells(row: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, ...]:
    figures = (row[name] for name in ("participants", "materials", "online_reach"))
    return (
        row["day"],
        row["name"],
        row["id"],
        names.get(row["community"], row["community"]),
        row["state"],
        *(f"{figure:,}" if row["state"] == "held" else "" for figure in figures),
    )
