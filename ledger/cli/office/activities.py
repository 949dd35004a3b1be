"""Activities as they are shown."""

from collections.abc import Mapping
from typing import Any

from ledger.cli.acts.asking import Drawn
from ledger.cli.office.shifts import draw_shifts_of_activity
from ledger.cli.terminal import output
from ledger.cli.terminal.output import Column

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
