"""Sign-ups: taking places, giving them up, who did not come, and a volunteer's calendar."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ledger.application import utc_now
from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act
from ledger.cli.lookup import settings, volunteer_meant
from ledger.cli.moments import days_from, stretch
from ledger.cli.naming import names_of
from ledger.cli.output import Column
from ledger.cli.several import Part, act_on_several
from ledger.domain.signups import WithdrawSignUp
from projections.signups import NO_SHOW

_CALENDAR_COLUMNS = (
    Column("When"),
    Column("Shift", under=True),
    Column("Activity"),
    Column("Sign-up", under=True),
    Column("Role"),
    Column("State"),
)

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


def withdraw_all(how: Act, volunteer: str) -> None:
    """Give up every place, and every wait, on shifts that have not begun."""

    def make(ledger: Ledger, connection: Connection) -> Sequence[Part]:
        zone, now = ZoneInfo(ledger.opened().zone), utc_now()
        whose = volunteer_meant(ledger, connection, volunteer)
        rows = ledger.views.sign_ups.calendar(connection, whose, now, _END_OF_TIME)
        names = names_of(ledger, connection, [row.activity for row in rows])
        return [
            Part(
                row.id,
                f"{names.get(row.activity, row.activity)}, {stretch(row.begins, row.ends, zone)}",
                WithdrawSignUp(sign_up=row.id),
            )
            for row in rows
            if row.state != NO_SHOW
        ]

    act_on_several(how, make, nothing="No shift lies ahead.")


def show_calendar(data: Path | None, volunteer: str, first: date | None, days: int, *, as_json: bool) -> None:
    """Print what a volunteer has signed up for."""
    with open_for_reading(settings(data)) as ledger:
        views, zone = ledger.views, ZoneInfo(ledger.opened().zone)
        since, until = days_from(first or ledger.today(), days, zone)
        with ledger.reading(views.sign_ups, views.balances, views.activities) as (connection, position):
            whose = volunteer_meant(ledger, connection, volunteer)
            rows = views.sign_ups.calendar(connection, whose, since, until)
            names = names_of(ledger, connection, [row.activity for row in rows])
    items: list[dict[str, Any]] = [
        {**row._asdict(), "activity_name": names.get(row.activity)} for row in rows
    ]
    if as_json:
        output.document({"volunteer": whose, "position": position, "items": items})
        return
    output.table(
        "",
        _CALENDAR_COLUMNS,
        [
            (
                stretch(item["begins"], item["ends"], zone),
                item["shift"],
                item["activity_name"] or item["activity"],
                item["id"],
                item["role"],
                item["state"],
            )
            for item in items
        ],
        empty="Nothing in these days.",
    )
