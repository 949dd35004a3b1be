"""What the imports of hours and of the roster share: a row has a key, and the first recorded under it stands."""

import hashlib
import hmac
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

import msgspec

from ledger.application import AnswerAsks, Ask
from ledger.domain.commands import Command
from ledger.domain.spelling import normal
from ledger.exchange import cells
from ledger.exchange.importing import BATCH_ROWS, Desk, Fault, Progress, Report, Tally
from ledger.exchange.reading import read_day, read_minutes
from ledger.exchange.tables import Columns, Row, Table

Keyed = tuple[str, Row]
"""A row with the key it has."""


class RowImport(ABC):
    """Judges rows one after the other, in batches.

    `read_key` reads the key, `silent` names the fields that belong to no row's content, `readers` how fields are read
    that are more than text.
    """

    columns: ClassVar[Columns]
    key: ClassVar[str]
    read_key: Callable[[Row, str], str] = staticmethod(cells.identifier)
    fields: ClassVar[Mapping[str, str]]
    silent: ClassVar[frozenset[str]]
    readers: ClassVar[Mapping[str, Callable[[str], str]]]

    def __init__(self, desk: Desk, table: Table) -> None:
        """Begin with no row judged."""
        self.desk = desk
        self.tally = Tally(table, self.columns, self.key, self.fields)
        self._table = table
        self._run = desk.new_run("rows")
        self._headers = {column.field: normal(column.header) for column in self.columns.wanted}

    @abstractmethod
    def judge(self, hear: AnswerAsks, rows: Sequence[Keyed]) -> None:
        """Judge a batch of rows."""

    def run(self, progress: Progress) -> Report:
        """Judge every row."""
        rows = self._table.rows
        with self.desk.hearing() as hear:
            for start in range(0, len(rows), BATCH_ROWS):
                self.judge(hear, list(self._keyed(rows[start : start + BATCH_ROWS])))
                progress(self.tally.judged, len(rows))
        return self.tally.sorted()

    def ask(self, row: Row, command: Command, once: str, salt: str, number: str | None) -> Ask:
        """The question that a row puts: the answer is kept under `once`, with a digest of what the row says.

        It says the `number` of a volunteer as the directory spells it, however it is spelt this time.
        """
        if number is not None:
            row = msgspec.structs.replace(row, cells=row.cells | {"volunteer": number})
        return Ask(command, self.desk.by, once, commitment(salt, self._content(row)), self._run)

    def _keyed(self, rows: Iterable[Row]) -> Iterator[Keyed]:
        for row in rows:
            try:
                cells.refuse_unmeant(row)
                yield self.read_key(row, self.key), row
            except Fault as fault:
                self.tally.refused(row, fault.field, *fault.reason)

    def _content(self, row: Row) -> dict[str, str]:
        """What a row says, by header, as it is read: 2小时 and 120分钟 are the same.

        What is empty says nothing, so that a column that comes to be wanted, or goes, changes no row without it.
        """
        said = {
            self._headers[field]: self.readers.get(field, normal)(text)
            for field, text in row.cells.items()
            if field not in self.silent
        }
        said |= {header: normal(text) for header, text in row.extra.items()}
        return {header: text for header, text in said.items() if text}


def commitment(salt: str, content: Mapping[str, Any]) -> str:
    """What a row or a request said, as a digest (64 hex digits) that tells nothing to whom the salt is unknown."""
    said = msgspec.json.encode(content, order="sorted")
    return hmac.new(bytes.fromhex(salt), said, hashlib.sha256).hexdigest()


def day_as_read(text: str) -> str:
    """One spelling for every way to write a day."""
    day = read_day(text)
    return normal(text) if day is None else day.isoformat()


def minutes_as_read(text: str) -> str:
    """One spelling for every way to write a time served."""
    minutes = read_minutes(text)
    return normal(text) if minutes is None else f"{minutes}分钟"
