"""Visits as they are shown."""

from collections.abc import Mapping
from typing import Any

from ledger.cli.acts.asking import Drawn
from ledger.cli.terminal import output
from ledger.cli.terminal.moments import local
from ledger.cli.terminal.output import Column
from ledger.domain.minutes import spoken
from projections.visits import OVER

_COLUMNS = (
    Column("Came"),
    Column("Left"),
    Column("Time", right=True),
    Column("Where"),
    Column("State"),
    Column("Visit"),
)


def draw_visits(drawn: Drawn) -> None:
    """Draw where a volunteer was."""
    output.table("", _COLUMNS, [_cells(item, drawn) for item in drawn.items], empty="Nowhere in these days.")


def _cells(item: Mapping[str, Any], drawn: Drawn) -> tuple[str, ...]:
    left = "" if item["ended"] is None else local(item["ended"], drawn.zone)
    time = spoken(item["minutes"]) if item["state"] == OVER else ""
    came, state = local(item["begun"], drawn.zone), item["state"].replace("-", " ")
    return (came, left, time, _where(item, drawn.names), state, item["id"])


def _where(item: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The public name of the venue, or of the shift's activity."""
    venue, shift = item["venue"], item["shift"]
    if shift is None:
        return names.get(venue, venue)
    # A shift is called by its activity and when it begins.
    return names[shift].rpartition("@")[0] if shift in names else shift
