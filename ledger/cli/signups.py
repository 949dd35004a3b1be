"""Sign-ups: taking places, giving them up, who did not come, and a volunteer's calendar."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ledger.application import utc_now
from ledger.bootstrap import Ledger
from ledger.cli import output
from ledger.cli.acting import Act
from ledger.cli.asking import Drawn
from ledger.cli.doing import meaning_of, typed_word
from ledger.cli.moments import stretch
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
        word = typed_word("volunteer", volunteer)
        whose = meaning_of(how, ledger, connection).subject("volunteer", word)
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
