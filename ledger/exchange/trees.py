"""What the imports of communities and of teams share: parents are found by name, wherever in the file they stand."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from ledger.application import Ask, Hear, Receipt
from ledger.domain.commands import Command
from ledger.domain.text import same_name
from ledger.exchange.importing import BATCH_ROWS, Desk, Fault, Progress, Report, Tally
from ledger.exchange.names import Named, Names
from ledger.exchange.tables import Columns, Row, Table

N = TypeVar("N", bound=Named)


class ParentToCome(Exception):
    """The parent's name is that of a row that has not been judged yet."""


class TreeImport(ABC, Generic[N]):
    """Judges the rows of one tree. A row whose parent stands further down waits for it."""

    columns: ClassVar[Columns]
    fields: ClassVar[dict[str, str]]

    def __init__(self, desk: Desk, nodes: Sequence[N]) -> None:
        """Begin with the open nodes that are there."""
        self.desk = desk
        self.names: Names[N] = Names(nodes)
        self._asked: list[tuple[Row, N]] = []
        self._awaited: set[str] = set()

    @abstractmethod
    def node(self, row: Row) -> N:
        """The node that a row describes, under a new id; raises Fault or ParentToCome."""

    @abstractmethod
    def command(self, node: N) -> Command:
        """The command that puts a node into the tree."""

    @abstractmethod
    def known(self, node: N) -> N | None:
        """The node that has this one's key already."""

    @abstractmethod
    def same(self, one: N, other: N) -> bool:
        """Whether two nodes of one key say the same."""

    def parent(self, name: str) -> N:
        """The node that a parent's name means; raises Fault or ParentToCome."""
        if not self.names.called(name) and same_name(name) in self._awaited:
            raise ParentToCome
        return self.names.one(name, "parent")

    def run(self, table: Table, progress: Progress) -> Report:
        """Judge every row."""
        tally = Tally(table, self.columns, "name", self.fields)
        batch = self.desk.new_id("tree").replace("_", "-")
        waiting: list[Row] = table.rows
        with self.desk.hearing() as hear:
            while waiting:
                later = self._judge(hear, tally, waiting, batch, progress)
                if len(later) == len(waiting):
                    for row in later:
                        tally.refused(row, "parent", "it would stand above itself")
                    break
                waiting = later
        return tally.sorted()

    def _judge(
        self, hear: Hear, tally: Tally, rows: Sequence[Row], batch: str, progress: Progress
    ) -> list[Row]:
        """Judge what can be judged now; the rest waits for the next pass."""
        self._awaited = {same_name(row.cells["name"]) for row in rows}
        later: list[Row] = []
        for row in rows:
            try:
                node = self.node(row)
            except ParentToCome:
                later.append(row)
                continue
            except Fault as fault:
                tally.refused(row, fault.field, fault.reason)
                continue
            self._settle_namesakes(hear, tally, node, batch)
            self._place(tally, row, node)
            if len(self._asked) == BATCH_ROWS:
                self._settle(hear, tally, batch)
                progress(tally.judged, tally.report.rows)
        self._settle(hear, tally, batch)
        progress(tally.judged, tally.report.rows)
        return later

    def _place(self, tally: Tally, row: Row, node: N) -> None:
        known = self.known(node)
        if known is None:
            self._asked.append((row, node))
            self.names.add(node)
        elif self.same(known, node):
            tally.unchanged()
        else:
            tally.conflict(row)

    def _settle_namesakes(self, hear: Hear, tally: Tally, node: N, batch: str) -> None:
        """A row is judged by what was recorded, so what was asked for under its name must be answered first."""
        if any(same_name(asked.name) == same_name(node.name) for _, asked in self._asked):
            self._settle(hear, tally, batch)

    def _settle(self, hear: Hear, tally: Tally, batch: str) -> None:
        asks = [Ask(self.command(node), self.desk.by, batch=batch) for _, node in self._asked]
        for (row, node), outcome in zip(self._asked, hear(asks), strict=True):
            tally.outcome(row, outcome)
            if not isinstance(outcome, Receipt):
                self.names.drop(node)
        self._asked.clear()
