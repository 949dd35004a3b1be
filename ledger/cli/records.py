"""Service records at an office's counter: reporting, deciding, and looking for them."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act, Refused, act
from ledger.cli.lookup import checked, settings, volunteer_meant
from ledger.cli.output import Column
from ledger.cli.served import Served, service_of
from ledger.cli.several import Part, act_on_several
from ledger.domain.commands import Command
from ledger.domain.events import ServedDay, Service
from ledger.domain.ids import RecordId, VisitId
from ledger.domain.minutes import spoken
from ledger.domain.service import ApproveService, AttestService, ReportService
from projections.figures.periods import Period
from projections.records import RecordRow

_AN_ID = "a record's id, such as rec_…"
_COLUMNS = (
    Column("Day"),
    Column("Volunteer"),
    Column("Activity"),
    Column("Service", right=True),
    Column("State"),
    Column("Reported by"),
    Column("Decided by", under=True),
    Column("Record"),
)


def enter(how: Act, command: Callable[..., ReportService | AttestService], served: Served) -> None:
    """Report or attest a service, unless it looks the same as one that is there."""
    if served.visit is not None:
        checked(served.visit, VisitId, "--visit", "a visit's id, such as vis_…")

    def make(ledger: Ledger, connection: Connection) -> Command:
        service = service_of(how, ledger, connection, served)
        if not served.again:
            _refuse_alike(ledger, connection, service, served.days[0][0])
        days = tuple(ServedDay(day=day, minutes=minutes) for day, minutes in served.days)
        return command(service=service, days=days)

    act(how, make)


def approve(how: Act, records: Sequence[str]) -> None:
    """Let records count, each judged by itself."""
    if len(records) == 1:
        decide(how, ApproveService, records[0])
        return
    for record in records:
        checked(record, RecordId, "RECORD", _AN_ID)

    def make(ledger: Ledger, connection: Connection) -> Sequence[Part]:
        rows = [(record, ledger.views.records.get(connection, record)) for record in dict.fromkeys(records)]
        numbers = ledger.directory.numbers({row.volunteer for _, row in rows if row is not None})
        return [
            Part(record, _called(record, row, numbers), ApproveService(record=record)) for record, row in rows
        ]

    act_on_several(how, make)


def decide(how: Act, command: Callable[..., Command], record: str, **fields: Any) -> None:
    """Give a command about one record."""
    checked(record, RecordId, "RECORD", _AN_ID)
    act(how, lambda _ledger, _connection: command(record=record, **fields))


def show_records(
    data: Path | None, *, volunteer: str | None, pending: bool, period: Period | None, as_json: bool
) -> None:
    """Print the records that are asked for."""
    with open_for_reading(settings(data)) as ledger:
        views = ledger.views
        with ledger.reading(views.records, views.balances) as (connection, position):
            who = None if volunteer is None else volunteer_meant(ledger, connection, volunteer, "--volunteer")
            found = views.records.of(connection, volunteer=who, pending=pending, period=period)
        numbers = ledger.directory.numbers({one.volunteer for one in found})
    if as_json:
        items = [{**one._asdict(), "number": numbers.get(one.volunteer)} for one in found]
        output.document({"position": position, "items": items})
        return
    output.table("", _COLUMNS, [_cells(one, numbers) for one in found], empty="There are no such records.")


def _refuse_alike(ledger: Ledger, connection: Connection, service: Service, day: date) -> None:
    found = ledger.views.records.alike(
        connection, service.volunteer, service.activity, service.activity_name, day.isoformat()
    )
    # Under a key this may be the same request once more, which the bank answers.
    others = [one for one in found if one.id != service.record]
    if others:
        one = others[0]
        raise Refused(
            f"This looks like a record that is there: {one.activity_name} on {one.day}, {spoken(one.minutes)},"
            f" {one.state} by {one.decided_by or one.reported_by} ({one.id}). If it is another service,"
            " say --again.",
            code="looks-the-same",
            details={"records": [other.id for other in others]},
        )


def _called(record: str, row: RecordRow | None, numbers: dict[str, str]) -> str:
    if row is None:
        return record
    return f"{numbers.get(row.volunteer, row.volunteer)}, {row.activity_name}, {row.day} ({record})"


def _cells(one: RecordRow, numbers: dict[str, str]) -> tuple[str, ...]:
    return (
        one.day,
        numbers.get(one.volunteer, one.volunteer),
        one.activity_name,
        spoken(one.minutes),
        one.state,
        one.reported_by,
        one.decided_by or "",
        one.id,
    )
