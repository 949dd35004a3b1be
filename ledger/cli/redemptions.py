"""Redemptions at an office's counter: placing, handing over, releasing, taking back."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act, act
from ledger.cli.lookup import checked, offer_meant, settings, volunteer_meant
from ledger.cli.output import Column
from ledger.cli.several import Part, act_on_several
from ledger.domain.commands import Command
from ledger.domain.ids import RedemptionId
from ledger.domain.minutes import spoken
from ledger.domain.redemption_state import State
from ledger.domain.redemptions import ExpireRedemption, PlaceRedemption
from projections.redemptions import Redemption

_ROWS_A_READ = 1_000
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


def redeem(how: Act, volunteer: str, offer: str, items: int) -> None:
    """Hold a volunteer's minutes for items of an offer."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return PlaceRedemption(
            redemption=how.new_id("red"),
            offer=offer_meant(ledger, connection, offer, "OFFER").id,
            volunteer=volunteer_meant(ledger, connection, volunteer),
            items=items,
        )

    act(how, make)


def step(how: Act, command: Callable[..., Command], redemption: str, **fields: Any) -> None:
    """Give a command about one redemption."""
    checked(redemption, RedemptionId, "REDEMPTION", "a redemption's id, such as red_…")
    act(how, lambda _ledger, _connection: command(redemption=redemption, **fields))


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


def show_redemptions(
    data: Path | None, *, volunteer: str | None, offer: str | None, state: str | None, as_json: bool
) -> None:
    """Print the redemptions that are asked for, by the day on which they were placed."""
    with open_for_reading(settings(data)) as ledger:
        views = ledger.views
        with ledger.reading(views.redemptions, views.offers, views.balances) as (connection, position):
            who = None if volunteer is None else volunteer_meant(ledger, connection, volunteer, "--volunteer")
            what = None if offer is None else offer_meant(ledger, connection, offer, "--offer").id
            found = _all(ledger, connection, volunteer=who, offer=what, state=state and State(state))
        numbers = ledger.directory.numbers({one.volunteer for one in found})
    if as_json:
        items = [{**one._asdict(), "number": numbers.get(one.volunteer)} for one in found]
        output.document({"position": position, "items": items})
        return
    output.table(
        "", _COLUMNS, [_cells(one, numbers) for one in found], empty="There are no such redemptions."
    )


def _all(ledger: Ledger, connection: Connection, **asked: Any) -> list[Redemption]:
    found: list[Redemption] = []
    while some := ledger.views.redemptions.of(
        connection, **asked, after=found[-1].id if found else "", limit=_ROWS_A_READ
    ):
        found.extend(some)
    return sorted(found, key=lambda one: (one.placed, one.id))


def _cells(one: Redemption, numbers: dict[str, str]) -> tuple[str, ...]:
    return (
        one.placed,
        numbers.get(one.volunteer, one.volunteer),
        one.offer_name,
        str(one.items),
        spoken(one.minutes),
        one.state,
        one.since,
        one.expires if one.state == State.PLACED else "",
        one.id,
    )
