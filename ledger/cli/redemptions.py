"""Redemptions: all whose time is over, released; and what became of each, drawn."""

import sys
from collections.abc import Sequence

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli import output
from ledger.cli.acting import Act
from ledger.cli.asking import Drawn
from ledger.cli.output import Column
from ledger.cli.several import Part, act_on_several
from ledger.domain.holds import State
from ledger.domain.minutes import spoken
from ledger.domain.redemptions import ExpireRedemption

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


def expire_due(how: Act) -> None:
    """Release every hold whose time is over, each judged by itself."""

    def make(ledger: Ledger, connection: Connection) -> Sequence[Part]:
        due = ledger.views.redemptions.due(connection, ledger.today(), limit=sys.maxsize)
        numbers = ledger.directory.numbers({one.volunteer for one in due})
        return [
            Part(
                one.id,
                f"{numbers.get(one.volunteer, one.volunteer)}, {one.offer_name} ({one.id})",
                ExpireRedemption(redemption=one.id),
            )
            for one in due
        ]

    act_on_several(how, make, nothing="No hold is due.")


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
