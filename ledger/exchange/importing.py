"""What all imports share: every row is judged, and the judgement told."""

import contextlib
from collections.abc import Callable, Collection, Generator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from ledger.application import AnswerAsks, KeyReused, Receipt, TimeBank
from ledger.domain.commands import Command, InvalidInput, Malformed, Refusal
from ledger.domain.ids import ActorId, new_id
from ledger.domain.text import Code
from ledger.exchange.found import Note, PassedOver
from ledger.exchange.tables import Columns, Row, Table
from ledger.exchange.words.reasons import ROWS
from ledger.people.directory import Directory
from projections.communities import Community
from projections.teams import Team

BATCH_ROWS = 500
ALWAYS = date.min
"""From when communities and teams hold: files name no day for them."""
_LONGEST_RAW = 200

Progress = Callable[[int, int], None]
"""Told how many rows are judged, of how many."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an import works: the bank and the directory, what stands in them now, and on whose authority.

    `registered` tells which of some volunteers the log knows. `source` is the code of the office whose file it is;
    `by` approves what is recorded; `again` holds the record numbers of services that are others than they look.
    """

    bank: TimeBank
    directory: Directory
    communities: tuple[Community, ...]
    teams: tuple[Team, ...]
    today: date
    registered: Callable[[Collection[str]], set[str]]
    by: str
    source: str = "office"
    dry_run: bool = False
    again: frozenset[str] = frozenset()
    new_id: Callable[[str], str] = new_id

    def __post_init__(self) -> None:
        """Raise InvalidInput at once for what would have every single row refused, or mix up two sources."""
        for name, value, kind in (("source", self.source, Code), ("by", self.by, ActorId)):
            try:
                msgspec.convert(value, kind)
            except msgspec.ValidationError as error:
                raise InvalidInput(field=name, reason=str(error)) from None

    @contextlib.contextmanager
    def hearing(self) -> Generator[AnswerAsks]:
        """Where asks go: to the bank, or to a rehearsal of it."""
        if self.dry_run:
            with self.bank.rehearsal() as hear:
                yield hear
        else:
            yield self.bank.handle_many

    def new_run(self, kind: str) -> str:
        """A code by which all that one import records is known as one batch."""
        return self.new_id(kind).replace("_", "-")


class Problem(msgspec.Struct, frozen=True, order=True):
    """A row that was not recorded: its number, the column by its header, what stands there, and why.

    `reason_zh` says why in Chinese.
    """

    row: int
    line: int
    column: str
    value: str
    reason: str
    reason_zh: str
    sheet: str = ""

    def told(self, language: str) -> dict[str, Any]:
        """What is told of it in a language: the reason stands once."""
        told = msgspec.to_builtins(self)
        chinese = told.pop("reason_zh")
        return {**told, "reason": chinese if language == "zh" else self.reason}


@dataclass(slots=True)
class Report:
    """What became of the rows of a file: each is recorded, unchanged, a conflict or refused.

    `conflict` holds row numbers, `refused` row numbers with the field at fault; `problems` says more of both.
    `sheets` names those of a workbook that are judged; `notes` and `passed_over` tell all other rows that hold
    something.
    """

    rows: int = 0
    recorded: int = 0
    unchanged: int = 0
    conflict: list[int] = field(default_factory=list[int])
    refused: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    problems: list[Problem] = field(default_factory=list[Problem])
    ignored_columns: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    notes: list[Note] = field(default_factory=list[Note])
    passed_over: list[PassedOver] = field(default_factory=list[PassedOver])

    @property
    def faulty(self) -> bool:
        """Whether something is to be mended: a row was not taken, or something passed over that may be data."""
        return bool(self.refused or self.conflict or self.passed_over)

    def told(self, language: str) -> dict[str, Any]:
        """What is told of it in a language: reasons and places once."""
        said = {
            name: [one.told(language) for one in getattr(self, name)] for name in ("problems", "passed_over")
        }
        return {**msgspec.to_builtins(self), **said}


class Fault(Exception):
    """A field of a row that cannot be taken."""

    def __init__(self, field: str, reason: str, **values: str | int) -> None:
        """`field` is the column's name among `Columns`, `reason` the name of one of `ROWS`, which speaks of the values.

        What is raised has the reason in English and in Chinese.
        """
        english, chinese = (text.format(**values) for text in ROWS[reason])
        super().__init__(english)
        self.field = field
        self.reason = english, chinese

    def command(self) -> Command:
        """A command that refuses for this fault, in the row's turn."""
        english, chinese = self.reason
        return Malformed(field=self.field, reason=english, reason_zh=chinese)


class Tally:
    """Counts the judgements, and puts each problem into words."""

    def __init__(self, table: Table, columns: Columns, key: str, fields: Mapping[str, str]) -> None:
        """`key` is the field that a conflict is about, `fields` says which field a refusal's code concerns."""
        self.report = Report(
            rows=len(table.rows),
            ignored_columns=table.unknown_columns,
            sheets=table.sheets,
            notes=table.notes,
            passed_over=table.passed_over,
        )
        self._headers = {column.field: column.header for column in columns.wanted}
        self._key = key
        self._fields = fields

    @property
    def judged(self) -> int:
        """How many rows have their judgement."""
        report = self.report
        return report.recorded + report.unchanged + len(report.conflict) + len(report.refused)

    def recorded(self) -> None:
        """A row is in the log."""
        self.report.recorded += 1

    def unchanged(self) -> None:
        """A row says again what was recorded."""
        self.report.unchanged += 1

    def conflict(self, row: Row) -> None:
        """A row says something else than was recorded under its key."""
        self.report.conflict.append(row.number)
        self._problem(row, self._key, *ROWS["conflict"])

    def refused(self, row: Row, field: str, reason: str, reason_zh: str) -> None:
        """A row cannot be recorded."""
        self.report.refused.append((row.number, field))
        self._problem(row, field, reason, reason_zh)

    def outcome(self, row: Row, outcome: Receipt | Refusal) -> None:
        """What the bank said to a row's command."""
        match outcome:
            case Receipt(replayed=True):
                self.unchanged()
            case Receipt():
                self.recorded()
            case KeyReused():
                self.conflict(row)
            case InvalidInput():
                self.refused(row, outcome.field, outcome.reason, outcome.reason_zh or outcome.reason)
            case _:
                field = self._fields.get(outcome.code, self._key)
                self.refused(row, field, outcome.sentence(), outcome.sentence("zh"))

    def sorted(self) -> Report:
        """The report, by row number."""
        self.report.conflict.sort()
        self.report.refused.sort()
        self.report.problems.sort()
        return self.report

    def _problem(self, row: Row, field: str, reason: str, reason_zh: str) -> None:
        header = self._headers.get(field, field)
        value = row.cells.get(field, "")[:_LONGEST_RAW]
        self.report.problems.append(
            Problem(row.number, row.line, header, value, reason, reason_zh, row.sheet)
        )
