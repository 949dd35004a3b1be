"""Back-filled hours: each row is a service record that an office attests."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger.application import AnswerAsks
from ledger.domain.commands import Command, InvalidInput
from ledger.domain.events import ServedDay, Service
from ledger.domain.ids import derived_id
from ledger.domain.service import AttestService
from ledger.domain.spelling import normal, same_name
from ledger.domain.tags import external_tag
from ledger.exchange import cells, persons
from ledger.exchange.importing import Desk, Fault, Progress, Report
from ledger.exchange.names import Names
from ledger.exchange.reading import squeezed
from ledger.exchange.rows import Keyed, RowImport, day_as_read, minutes_as_read
from ledger.exchange.tables import Column, Columns, Row, Table
from ledger.exchange.words.reasons import ROWS
from ledger.people.directory import Holders, Volunteer
from ledger.people.masking import masked
from ledger.people.spelling import one_name

COLUMNS = Columns(
    wanted=(
        Column("record", "记录编号"),
        Column("activity", "活动名称"),
        Column("date", "活动日期", day=True),
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

_ROLE = "volunteer"
_EVIDENCE = "attested"
_BETWEEN_NUMBERS = re.compile(r"[\s,，、;；]+")
_NO_SALT = "00"
"""For a row of nobody we know: nothing was recorded with it, and so nothing is the same."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says that can be recorded, unless the log knows better."""

    volunteer: str
    day: date
    minutes: int
    activity: str
    place: str
    content: str
    unit: str
    in_charge: str
    programme: str | None


class _HoursImport(RowImport):
    columns: ClassVar = COLUMNS
    key: ClassVar = "record"
    fields: ClassVar = {
        "future-day": "date",
        "no-policy": "date",
        "not-registered": "volunteer",
        "not-in-good-standing": "volunteer",
        "own-record": "volunteer",
        "day-full": "minutes",
        "looks-the-same": "record",
    }
    silent: ClassVar = frozenset({"record", "name"})
    readers: ClassVar = {"date": day_as_read, "minutes": minutes_as_read, "volunteer": squeezed}

    def __init__(self, desk: Desk, table: Table) -> None:
        super().__init__(desk, table)
        if desk.again:
            _refuse_unknown(desk.again, table)
        self._places = Names(one for one in desk.communities if not one.ended)

    def judge(self, hear: AnswerAsks, rows: Sequence[Keyed]) -> None:
        known = self._known(row for _, row in rows)
        volunteers = [known.spelt_so(squeezed(row.cells["volunteer"])) for _, row in rows]
        read = [self._read(row, known) for _, row in rows]
        in_charge = self._persons_in_charge(read)
        asks = [
            self.ask(
                row,
                self._command(record, said, in_charge),
                external_tag(self.desk.source, record),
                _NO_SALT if volunteer is None else volunteer.salt,
                None if volunteer is None else volunteer.number,
            )
            for (record, row), volunteer, said in zip(rows, volunteers, read, strict=True)
        ]
        for (_, row), outcome in zip(rows, hear(asks), strict=True):
            self.tally.outcome(row, outcome)

    def _known(self, rows: Iterable[Row]) -> Holders:
        return self.desk.directory.by_number(squeezed(row.cells["volunteer"]) for row in rows)

    def _read(self, row: Row, known: Holders) -> _Said | Fault:
        """What the row says, or its first fault in the order in which rows are judged."""
        try:
            day = cells.past_day(row, "date", self.desk.today)
            minutes = cells.minutes_of_a_day(row, "minutes")
            volunteer = _served_by(row, known)
            return _Said(
                volunteer=volunteer.volunteer,
                day=day,
                minutes=minutes,
                activity=cells.label(row, "activity"),
                place=cells.label(row, "place"),
                content=cells.label(row, "content"),
                unit=cells.label(row, "unit"),
                in_charge=cells.private_text_in("in_charge", row.cells["in_charge"]),
                programme=cells.optional_label(row, "programme"),
            )
        except Fault as fault:
            return fault

    def _persons_in_charge(self, read: Sequence[_Said | Fault]) -> Mapping[tuple[str, str], str]:
        """The ids of those named. In a dry run somebody new gets one that is never written."""
        pairs = [(said.unit, said.in_charge) for said in read if isinstance(said, _Said) and said.in_charge]
        known = self.desk.directory.persons(pairs, add=not self.desk.dry_run)
        return {pair: known.get(pair) or self.desk.new_id("per") for pair in pairs}

    def _command(self, record: str, said: _Said | Fault, in_charge: Mapping[tuple[str, str], str]) -> Command:
        if isinstance(said, Fault):
            return said.command()
        host = self._places.only(said.place)
        return AttestService(
            service=Service(
                record=derived_id("rec", self.desk.source, record),
                volunteer=said.volunteer,
                activity=unpublished_activity(said.activity, said.day, said.place),
                activity_name=said.activity,
                place=said.place,
                content=said.content,
                role=_ROLE,
                unit=said.unit,
                in_charge=in_charge.get((said.unit, said.in_charge)),
                programme=said.programme,
                hosted_by=None if host is None else host.id,
                evidence=_EVIDENCE,
            ),
            days=(ServedDay(day=said.day, minutes=said.minutes),),
            again=record in self.desk.again,
        )


def _served_by(row: Row, known: Holders) -> Volunteer:
    """Who has the number, if the row names nobody else."""
    cells.number(row, "volunteer")
    number = squeezed(row.cells["volunteer"])
    persons.refuse_several(known, number)
    volunteer = known.get(number)
    if volunteer is None:
        raise Fault("volunteer", "unknown-volunteer")
    name = row.cells["name"]
    if same_name(name) and not one_name(name, volunteer.name):
        raise Fault("name", "another-name", name=masked(volunteer.name))
    return volunteer


def import_hours(desk: Desk, table: Table, progress: Progress) -> Report:
    """Record every row that is right, once for its record number and source; judge the others."""
    return _HoursImport(desk, table).run(progress)


def _refuse_unknown(again: frozenset[str], table: Table) -> None:
    there = {cells.optional_identifier(row, _HoursImport.key) for row in table.rows}
    for number in sorted(again - there):
        english, chinese = (text.format(number=number) for text in ROWS["no-such-record"])
        raise InvalidInput(field="again", reason=english, reason_zh=chinese)


def numbers_in(text: str) -> frozenset[str]:
    """The record numbers that a text names, as they are read from a file: between commas, semicolons or spaces."""
    return frozenset(squeezed(number) for number in _BETWEEN_NUMBERS.split(text) if number)


def unpublished_activity(name: str, day: date, place: str) -> str:
    """The id of an activity that nobody published: one name with one day and one place is one activity."""
    return derived_id("act", normal(name), day.isoformat(), normal(place))
