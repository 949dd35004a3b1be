"""A volunteer's calendar, as it is shown."""

from ledger.cli.acts.asking import Drawn
from ledger.cli.terminal import output
from ledger.cli.terminal.moments import stretch
from ledger.cli.terminal.output import Column

_CALENDAR_COLUMNS = (
    Column("When"),
    Column("Shift", under=True),
    Column("Activity"),
    Column("Sign-up", under=True),
    Column("Role"),
    Column("State"),
)


def draw_calendar(drawn: Drawn) -> None:
    """Draw what a volunteer has signed up for."""
    output.table(
        "",
        _CALENDAR_COLUMNS,
        [
            (
                stretch(item["begins"], item["ends"], drawn.zone),
                item["shift"],
                item["activity_name"],
                item["id"],
                item["role"],
                item["state"],
            )
            for item in drawn.items
        ],
        empty="Nothing in these days.",
    )
