"""Redemptions as they are shown: what became of each."""

from ledger.cli.acts.asking import Drawn
from ledger.cli.terminal import output
from ledger.cli.terminal.output import Column
from ledger.domain.minutes import spoken
from ledger.domain.redemption_state import State

_COLUMNS = (
    Column("Placed"),
    Column("Volunteer"),
    Column("Offer"),
    Column("Items", right=True),
    Column("Credits", right=True),
    Column("State"),
    Column("Since"),
    Column("Held until", under=True),
    Column("Redemption"),
)


def draw_redemptions(drawn: Drawn) -> None:
    """Draw redemptions by the day on which they were placed."""
    output.table(
        "",
        _COLUMNS,
        [
            (
                one["placed"],
                drawn.names.get(one["volunteer"], one["volunteer"]),
                one["offer_name"],
                str(one["items"]),
                spoken(one["minutes"]),
                one["state"],
                one["since"],
                one["expires"] if one["state"] == State.PLACED else "",
                one["id"],
            )
            for one in sorted(drawn.items, key=lambda one: (one["placed"], one["id"]))
        ],
        empty="There are no such redemptions.",
    )
