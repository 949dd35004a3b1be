"""Back-filled hours: each row is a service record that an office attests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.application import Ask, Hear
from ledger.domain.events import ServedDay, Service
from ledger.domain.ids import derived_id
from ledger.domain.minutes import MINUTES_A_DAY
from ledger.domain.service import AttestService
from ledger.domain.tags import external_tag
from ledger.exchange import cells
from ledger.exchange.importing import BATCH_ROWS, Desk, Fault, Progress, Report, Tally
from ledger.exchange.names import Names
from ledger.exchange.reading import normal, read_day, read_minutes, squeezed
from ledger.exchange.tables import Column, Columns, Row, Table
from ledger.people.directory import Volunteer
from projections.communities import Community

COLUMNS = Columns(
    wanted=(
        Column("record", "记录编号"),
        Column("activity", "活动名称"),
        Column("date", "活动日期"),
        Column("place", "活动地点"),
        Column("content", "服务内容"),
        Column("volunteer", "志愿者编号"),
        Column("name", "姓名", needed=False),
        Column("minutes", "服务时长（小时）", also=("服务时长",)),
        Column("unit", "组织单位"),
        Column("in_charge", "负责人", needed=False),
        Column("programme", "品牌", needed=False),
    )
)

_FIELDS = {
    "future-day": "date",
    "not-registered": "volunteer",
    "not-in-good-standing": "volunteer",
    "own-record": "volunteer",
    "day-full": "minutes",
    "no-policy": "date",
}
_NO_VOLUNTEER = "no volunteer on the roster has this number"
_ROLE = "volunteer"
_EVIDENCE = "attested"


@dataclass(frozen=True, slots=True)
class _Service:
    """A row that can be read."""

    day: date
    minutes: int
    activity: str
    place: str
    content: str
    unit: str
    in_charge: str
    programme: str | None


def import_hours(desk: Desk, table: Table, progress: Progress) -> Report:
    """Record every row that is right, once for its record number and source; judge the others."""
    tally = Tally(table, COLUMNS, "record", _FIELDS)
    places = Names(one for one in desk.communities if not one.ended)
    batch = desk.new_id("hours").replace("_", "-")
    with desk.hearing() as hear:
        for start in range(0, len(table.rows), BATCH_ROWS):
            rows = table.rows[start : start + BATCH_ROWS]
            _judge(desk, hear, tally, places, rows, batch)
            progress(tally.judged, len(table.rows))
    return tally.sorted()


def _judge(
    desk: Desk, hear: Hear, tally: Tally, places: Names[Community], rows: Sequence[Row], batch: str
) -> None:
    volunteers = desk.directory.by_number(squeezed(row.cells["volunteer"]) for row in rows)
    read = [(row, _read(row, volunteers, desk.today)) for row in rows]
    pairs = [(one.unit, one.in_charge) for _, one in read if isinstance(one, _Service) and one.in_charge]
    persons = desk.directory.persons(pairs, add=not desk.dry_run)
    asks: list[tuple[Row, Ask]] = []
    for row, service in read:
        try:
            record = cells.identifier(row, "record")
        except Fault as fault:
            tally.refused(row, fault.field, fault.reason)
            continue
        volunteer = volunteers.get(squeezed(row.cells["volunteer"]))
        command = (
            service.command()
            if isinstance(service, Fault) or volunteer is None
            else _attestation(desk, record, volunteer, service, persons, places)
        )
        # Without a salt nothing was recorded under this number, and so nothing can be the same.
        said = cells.commitment("00" if volunteer is None else volunteer.salt, _content(row))
        asks.append((row, Ask(command, desk.by, external_tag(desk.source, record), said, batch)))
    for (row, _), outcome in zip(asks, hear(ask for _, ask in asks), strict=True):
        tally.outcome(row, outcome)


def _read(row: Row, volunteers: Mapping[str, Volunteer], today: date) -> _Service | Fault:
    """What the row says, or its first fault in the order in which rows are judged."""
    try:
        day = cells.past_day(row, "date", today)
        minutes = _minutes(row)
        if squeezed(row.cells["volunteer"]) not in volunteers:
            raise Fault("volunteer", _NO_VOLUNTEER)
        return _Service(
            day=day,
            minutes=minutes,
            activity=cells.label(row, "activity"),
            place=cells.label(row, "place"),
            content=cells.label(row, "content"),
            unit=cells.label(row, "unit"),
            in_charge=cells.private_text(row, "in_charge"),
            programme=cells.optional_label(row, "programme"),
        )
    except Fault as fault:
        return fault


def _minutes(row: Row) -> int:
    minutes = read_minutes(row.cells["minutes"])
    if minutes is None:
        raise Fault("minutes", "no whole minutes can be read here, such as 1.5, 90分钟 or 1小时30分")
    if minutes <= 0:
        raise Fault("minutes", "this is not above zero")
    if minutes > MINUTES_A_DAY:
        raise Fault("minutes", "this is more than 24 hours")
    return minutes


def _attestation(
    desk: Desk,
    record: str,
    volunteer: Volunteer,
    service: _Service,
    persons: Mapping[tuple[str, str], str],
    places: Names[Community],
) -> AttestService:
    host = places.only(service.place)
    in_charge = None
    if service.in_charge:
        # Only a dry run may find somebody whom the directory does not know yet.
        in_charge = persons.get((service.unit, service.in_charge)) or desk.new_id("per")
    return AttestService(
        service=Service(
            record=derived_id("rec", desk.source, record),
            volunteer=volunteer.volunteer,
            activity=derived_id(
                "act", normal(service.activity), service.day.isoformat(), normal(service.place)
            ),
            activity_name=service.activity,
            place=service.place,
            content=service.content,
            role=_ROLE,
            unit=service.unit,
            in_charge=in_charge,
            programme=service.programme,
            hosted_by=None if host is None else host.id,
            evidence=_EVIDENCE,
        ),
        days=(ServedDay(day=service.day, minutes=service.minutes),),
    )


def _content(row: Row) -> dict[str, str]:
    """Every column but the name, as it is read: 2小时 and 120分钟 say the same."""
    said = {field: normal(text) for field, text in row.cells.items() if field not in ("record", "name")}
    day, minutes = read_day(row.cells["date"]), read_minutes(row.cells["minutes"])
    said["date"] = said["date"] if day is None else day.isoformat()
    said["minutes"] = said["minutes"] if minutes is None else str(minutes)
    said["volunteer"] = squeezed(row.cells["volunteer"])
    return said | {f"+{header}": normal(text) for header, text in row.extra.items() if text.strip()}
