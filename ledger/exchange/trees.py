"""What the imports of communities and of teams share: parents are found by name, wherever in the file they stand."""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Generic, TypeVar

from ledger.application import AnswerAsks, Ask, Receipt
from ledger.domain.commands import Command
from ledger.domain.spelling import same_name
from ledger.exchange import cells
from ledger.exchange.importing import BATCH_ROWS, Desk, Fault, Progress, Report, Tally
from ledger.exchange.names import Named, Names, the_one
from ledger.exchange.tables import Columns, Row, Table

N = TypeVar("N", bound=Named)


class TreeImport(ABC, Generic[N]):
    """Judges the rows of one tree, parents before their children."""

    columns: ClassVar[Columns]
    fields: ClassVar[dict[str, str]]

    def __init__(self, desk: Desk, nodes: Sequence[N]) -> None:
        """Begin with the open nodes that are there."""
        self.desk = desk
        self.names: Names[N] = Names(nodes)
        self._run = desk.new_run("tree")
        self._asked: list[tuple[Row, N]] = []
        self._asked_names: set[str] = set()

    @abstractmethod
    def node(self, row: Row) -> N:
        """The node that a row describes, under a new id; raises Fault."""

    @abstractmethod
    def command(self, node: N) -> Command:
        """The command that puts a node into the tree."""

    @abstractmethod
    def same_key(self, node: N) -> list[N]:
        """The nodes that have this one's key already."""

    @abstractmethod
    def same_content(self, one: N, other: N) -> bool:
        """Whether two nodes of one key say the same."""

    @abstractmethod
    def is_known(self, row: Row) -> bool:
        """Whether a node has the key of a row, though the row describes none."""

    def parent(self, row: Row, may_be: Callable[[N], bool] = lambda _: True) -> N:
        """The node that a row's parent means, one that may be it if there is any; raises Fault."""
        called = self.names.called(row.cells["parent"])
        found = [one for one in called if may_be(one)]
        return the_one(found or called[:1], "parent")

    def refuse_second_root(self, name: str, roots: Iterable[N]) -> None:
        """Raise Fault for a row without a parent, unless it is the first, or that of a root there is."""
        there = list(roots)
        if there and all(same_name(root.name) != same_name(name) for root in there):
            raise Fault("parent", "second-root", name=there[0].name)

    def run(self, table: Table, progress: Progress) -> Report:
        """Judge every row."""
        tally = Tally(table, self.columns, "name", self.fields)
        with self.desk.hearing() as hear:
            for row in _parents_first(table.rows):
                # A row is judged by what was recorded, so what was asked for under its name is answered first.
                if same_name(row.cells["name"]) in self._asked_names or len(self._asked) == BATCH_ROWS:
                    self._settle(hear, tally)
                    progress(tally.judged, len(table.rows))
                self._judge(tally, row)
            self._settle(hear, tally)
            progress(tally.judged, len(table.rows))
        return tally.sorted()

    def _judge(self, tally: Tally, row: Row) -> None:
        try:
            cells.refuse_unmeant(row)
            node = self.node(row)
        except Fault as fault:
            # A name that cannot be one is nobody's, whatever it looks like.
            if fault.field != "name" and self.is_known(row):
                tally.conflict(row)
            else:
                tally.refused(row, fault.field, *fault.reason)
            return
        known = self.same_key(node)
        if not known:
            self._asked.append((row, node))
            self._asked_names.add(same_name(node.name))
            self.names.add(node)
        elif any(self.same_content(one, node) for one in known):
            tally.unchanged()
        else:
            tally.conflict(row)

    def _settle(self, hear: AnswerAsks, tally: Tally) -> None:
        asks = [Ask(self.command(node), self.desk.by, batch=self._run) for _, node in self._asked]
        for (row, node), outcome in zip(self._asked, hear(asks), strict=True):
            tally.outcome(row, outcome)
            if not isinstance(outcome, Receipt):
                self.names.drop(node)
        self._asked.clear()
        self._asked_names.clear()


def _parents_first(rows: Sequence[Row]) -> list[Row]:
    """The rows in their order, but that all who are called as a row's parent go before it.

    In a ring somebody must begin, and will not find a parent.
    """
    called: dict[str, deque[Row]] = {}
    for row in rows:
        called.setdefault(same_name(row.cells["name"]), deque()).append(row)
    begun: set[int] = set()
    ordered: list[Row] = []
    for row in rows:
        waiting = [] if row.number in begun else [row]
        while waiting:
            begun.add(waiting[-1].number)
            above = called.get(same_name(waiting[-1].cells["parent"]), deque())
            while above and above[0].number in begun:
                above.popleft()
            if above:
                waiting.append(above[0])
            else:
                ordered.append(waiting.pop())
    return ordered
