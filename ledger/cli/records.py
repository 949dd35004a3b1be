"""Service records at an office's counter: reporting, deciding, and looking for them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act, Refused, act
from ledger.cli.failures import BadValue
from ledger.cli.lookup import activity_meant, checked, community_meant, settings, volunteer_meant
from ledger.cli.output import Column
from ledger.domain.commands import Command
from ledger.domain.events import ServedDay, Service
from ledger.domain.ids import RecordId, VisitId, new_id
from ledger.domain.minutes import spoken
from ledger.domain.presence import EVIDENCE as CHECK_IN
from ledger.domain.service import AttestService, ReportService
from ledger.domain.text import Label
from ledger.exchange.hours import unpublished_activity
from ledger.exchange.reading import normal
from projections.activities import ActivityRow
from projections.periods import Period
from projections.records import RecordRow

_EVIDENCE = "attested"
_COLUMNS = (
    Column("Day"),
    Column("Volunteer"),
    Column("Activity"),
    Column("Minutes", right=True),
    Column("State"),
    Column("Reported by"),
    Column("Decided by", under=True),
    Column("Record"),
)


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """A service as the command line tells of it: what an activity says of itself need not be said again."""

    volunteer: str
    activity: str
    days: tuple[tuple[date, int], ...]
    role: str
    place: str | None = None
    content: str | None = None
    unit: str | None = None
    programme: str | None = None
    host: str | None = None
    in_charge: str | None = None
    evidence: str | None = None
    visit: str | None = None
    again: bool = False


def enter(how: Act, command: Callable[..., ReportService | AttestService], served: Served) -> None:
    """Report or attest a service, unless it looks the same as one that is there."""
    if served.visit is not None:
        checked(served.visit, VisitId, "--visit", "a visit's id, such as vis_…")

    def make(ledger: Ledger, connection: Connection) -> Command:
        service = _service(how, ledger, connection, served)
        if not served.again:
            _refuse_alike(ledger, connection, service, served.days[0][0])
        days = tuple(ServedDay(day=day, minutes=minutes) for day, minutes in served.days)
        return command(service=service, days=days)

    act(how, make)


def decide(how: Act, command: Callable[..., Command], record: str, **fields: Any) -> None:
    """Give a command about one record."""
    checked(record, RecordId, "RECORD", "a record's id, such as rec_…")
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


def _service(how: Act, ledger: Ledger, connection: Connection, served: Served) -> Service:
    volunteer = volunteer_meant(ledger, connection, served.volunteer)
    said = _said(ledger, connection, served)
    if served.in_charge is not None:
        said["in_charge"] = _person(how, ledger, said["unit"], served.in_charge)
    if served.host is not None:
        said["hosted_by"] = community_meant(ledger, connection, served.host, "--host").id
    return Service(
        record=how.new_id("rec"),
        volunteer=volunteer,
        role=served.role,
        evidence=served.evidence or (_EVIDENCE if served.visit is None else CHECK_IN),
        visit=served.visit,
        **said,
    )


def _said(ledger: Ledger, connection: Connection, served: Served) -> dict[str, Any]:
    """What the record says of the activity: what is said here, else what was published."""
    typed = {
        name: value
        for name in ("place", "content", "unit", "programme")
        if (value := getattr(served, name)) is not None
    }
    try:
        activity = activity_meant(ledger, connection, served.activity, "--activity", day=served.days[0][0])
    except BadValue as unknown:
        if unknown.code != "unknown-activity":
            raise
        return _unpublished(served, typed, unknown)
    return _published(activity) | typed


def _published(activity: ActivityRow) -> dict[str, Any]:
    return {
        "activity": activity.id,
        "activity_name": activity.name,
        "place": activity.place,
        "content": activity.content,
        "unit": activity.unit,
        "programme": activity.programme,
        "in_charge": activity.in_charge,
        "hosted_by": activity.community,
    }


def _unpublished(served: Served, typed: dict[str, str], unknown: BadValue) -> dict[str, Any]:
    missing = [f"--{name}" for name in ("place", "content", "unit") if name not in typed]
    if missing or served.activity.startswith("act_"):
        raise BadValue(
            f"{unknown.message}; for one that was never published give --place, --content and --unit",
            code=unknown.code,
            where="--activity",
        )
    name = checked(
        served.activity, Label, "--activity", "a public name of 1 to 200 characters that can be seen"
    )
    return {
        "activity": unpublished_activity(name, served.days[0][0], typed["place"]),
        "activity_name": name,
        "programme": None,
        "in_charge": None,
        "hosted_by": None,
    } | typed


def _person(how: Act, ledger: Ledger, unit: str, name: str) -> str:
    """The id of who is in charge, written to the directory before the log learns of it."""
    pair = (unit, checked(normal(name), Label, "--in-charge", "a name"))
    return ledger.directory.persons([pair], add=not how.dry_run).get(pair) or new_id("per")


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
