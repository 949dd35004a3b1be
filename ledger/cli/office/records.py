"""Service records at an office's counter: what looks alike, many decided at once, and records drawn."""

from collections.abc import Sequence

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.acts.asking import Drawn
from ledger.cli.acts.doing import meaning_of
from ledger.cli.acts.recording import Recording, Refused
from ledger.cli.acts.several import Part, act_on_several
from ledger.cli.terminal import output
from ledger.cli.terminal.lookup import checked
from ledger.cli.terminal.output import Column
from ledger.domain.commands import Command
from ledger.domain.ids import RecordId
from ledger.domain.minutes import spoken
from ledger.domain.service import ApproveService, AttestService, ReportService
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


def refuse_alike(ledger: Ledger, connection: Connection, command: Command) -> None:
    """Refuse a service that looks the same as one that is there: two people may enter one sheet."""
    assert isinstance(command, ReportService | AttestService)
    service, day = command.service, command.days[0].day
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


def approve_several(recording: Recording, records: Sequence[str]) -> None:
    """Let records count, each judged by itself."""

    def make(ledger: Ledger, connection: Connection) -> Sequence[Part]:
        meaning = meaning_of(recording, ledger, connection)
        ids = [checked(meaning.subject("record", one), RecordId, "RECORD", _AN_ID) for one in records]
        rows = [(one, ledger.views.records.get(connection, one)) for one in dict.fromkeys(ids)]
        numbers = ledger.directory.numbers({row.volunteer for _, row in rows if row is not None})
        return [
            Part(record, _called(record, row, numbers), ApproveService(record=record)) for record, row in rows
        ]

    act_on_several(recording, make)


def draw_records(drawn: Drawn) -> None:
    """Draw records by day of service."""
    output.table(
        "",
        _COLUMNS,
        [
            (
                one["day"],
                drawn.names.get(one["volunteer"], one["volunteer"]),
                one["activity_name"],
                spoken(one["minutes"]),
                one["state"],
                one["reported_by"],
                one["decided_by"] or "",
                one["id"],
            )
            for one in drawn.items
        ],
        empty="There are no such records.",
    )


def _called(record: str, row: RecordRow | None, numbers: dict[str, str]) -> str:
    if row is None:
        return record
    return f"{numbers.get(row.volunteer, row.volunteer)}, {row.activity_name}, {row.day} ({record})"
