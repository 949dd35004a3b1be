"""Views kept by another process than the writer's: it reads the log, and folds into a database of its own."""

import contextlib
import logging
from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError

from ledger.store.codec import StoredEvent, UnreadableEvent, recorded, stored_names
from ledger.store.engine import Store
from ledger.store.errors import StoreError, StoreHeld, StoreUnavailable
from ledger.store.log import Log, batches, head
from ledger.store.schema import EVENT
from projections.running import marks, states
from projections.running.holding import alone, held
from projections.running.inline import database_failed, spoken_error
from projections.running.marks import Mark, OtherLedger
from projections.running.rebuilding import is_there
from projections.view import View

_POSITIONS_A_STEP = 1_000
"""What one transaction takes in, and memory holds, at most."""

logger = logging.getLogger(__name__)


class Standing(NamedTuple):
    """Where a followed view stands, and the log's head when it was looked at."""

    state: states.State
    head: int

    @property
    def lag(self) -> int:
        """How many facts the view has not taken in yet."""
        return max(self.head - self.state.position, 0)

    @property
    def broken(self) -> bool:
        """Whether the view could not take some fact."""
        return self.state.broken_at is not None


class _Step(NamedTuple):
    """What of the log a view takes in at once, and the mark that its last fact leaves."""

    after: int
    upto: int
    rows: Sequence[StoredEvent]
    mark: Mark


@contextlib.contextmanager
def following(log: Log, target: Store, views: Sequence[View]) -> Generator["Follower"]:
    """The one follower of these views into `target`, which is open for writing.

    Raises StoreHeld if there is another, OtherLedger if another log was followed there, StoreError if there is a
    ledger.
    """
    with held(target, [view.name for view in views]):
        yield Follower(log, target, views)


class Follower:
    """Takes each view on from its own position.

    Whenever it is killed, every fact counts once: the position moves in the transaction that folds.
    """

    def __init__(self, log: Log, target: Store, views: Sequence[View]) -> None:
        """Find where the views stand, or start them afresh; use `following`, which keeps others away."""
        self._log = log
        self._target = target
        self._views = views
        self._head = 0
        self._heard = log.appended.rings
        self._states: dict[str, states.State] = {}
        self._marks: dict[str, Mark] = {}
        self._take_up()

    def look(self) -> int:
        """Look where the log ends; gives the lag of the hindmost view that is not broken, in facts."""
        self._heard = self._log.appended.rings
        with self._log.store.snapshot() as source:
            self._head = head(source)
        return max((one.lag for one in self.standings() if not one.broken), default=0)

    def steps(self) -> Iterator[Standing]:
        """Take the views on to the head last looked at, one after the other, a step at a time; gives each step's end.

        Raises OtherLedger, StoreHeld if another process was at it meanwhile, or StoreUnavailable.
        """
        behind = True
        while behind:
            behind = False
            for view in self._views:
                one = self._standing(view)
                if one.lag and not one.broken:
                    self._advance(view, one.state.position + min(one.lag, _POSITIONS_A_STEP))
                    behind = True
                    yield self._standing(view)

    def rest(self, seconds: float) -> None:
        """Wait until something is appended in this process, at most some seconds; for what others append too."""
        self._log.appended.wait(self._heard, seconds)

    def standings(self) -> list[Standing]:
        """Where each view stands."""
        return [self._standing(view) for view in self._views]

    def _standing(self, view: View) -> Standing:
        return Standing(self._states[view.name], self._head)

    def _take_up(self) -> None:
        with self._target.begin() as connection:
            _make_room(connection, self._target.schema)
            known, self._marks = states.read(connection), marks.read(connection)
            self._refuse_other()
            for view in self._views:
                state = known.get(view.name)
                if state is None or state.version != view.version or not is_there(connection, view):
                    view.metadata.drop_all(connection)
                    view.metadata.create_all(connection)
                    marks.drop(connection, view.name)
                    self._marks.pop(view.name, None)
                    state = states.State(view.name, view.version, 0, None, None)
                # One that broke is tried again: its rows are those of its position.
                self._states[view.name] = state._replace(broken_at=None, error=None)
                states.put(connection, self._states[view.name])

    def _refuse_other(self) -> None:
        with self._log.store.snapshot() as source:
            for mark in self._marks.values():
                _refuse(marks.problem(source, mark), mark.name)

    def _advance(self, view: View, upto: int) -> None:
        """Take a view on to a position, or as far as it goes, and then mark it broken."""
        step = self._read(view, upto)
        try:
            self._fold(view, step)
        except Exception as error:
            fault = _fault_of_view(error)
            if fault is None:
                raise
            if step.upto - step.after == 1:
                self._mark_broken(view, step, fault)
            else:
                # Half of it, and half of that: to tell which fact it is, and to take in those before.
                self._advance(view, step.after + (step.upto - step.after) // 2)

    def _read(self, view: View, upto: int) -> _Step:
        after = self._states[view.name].position
        with self._log.store.snapshot() as source:
            _refuse(marks.problem(source, self._marks.get(view.name)), view.name)
            fact = marks.fact_at(source, upto)
            (rows,) = batches(source, after, upto, stored_names(view.types), upto - after)
        if fact is None:
            raise OtherLedger(
                f"position {upto} of the log is gone: is it being put back from a backup?",
                f"总账的序号 {upto} 已不存在：是否正在由备份恢复？",
            )
        return _Step(after, upto, rows, Mark(view.name, upto, fact))

    def _fold(self, view: View, step: _Step) -> None:
        with self._target.begin() as connection:
            # First, so that of two on PostgreSQL the later one waits here, and finds itself outrun.
            if not states.move(connection, view, step.after, step.upto):
                raise StoreHeld(
                    f"the view {view.name} is followed by another process",
                    f"视图 {view.name} 正由另一进程跟随",
                )
            if step.rows:
                view.fold(connection, [recorded(row.position, row.data) for row in step.rows])
            marks.put(connection, step.mark)
        self._states[view.name] = self._states[view.name]._replace(position=step.upto)
        self._marks[view.name] = step.mark

    def _mark_broken(self, view: View, step: _Step, fault: BaseException) -> None:
        logger.error("the view %s broke at position %d", view.name, step.upto, exc_info=fault)
        broken = states.State(view.name, view.version, step.after, step.upto, spoken_error(fault))
        with self._target.begin() as connection:
            states.put(connection, broken)
        self._states[view.name] = broken


def _make_room(connection: Connection, schema: str | None) -> None:
    if connection.dialect.name == "postgresql" and schema is not None:
        alone(connection, schema)
        if not inspect(connection).has_schema(schema):
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    if inspect(connection).has_table(EVENT.name) or inspect(connection).has_table("schema_migration"):
        raise StoreError(
            "there is a ledger in this database: follow into another one",
            "该数据库中有账本；请将跟随的视图保存到其他数据库",
        )
    states.make_table(connection)
    marks.make_table(connection)


def _refuse(problem: tuple[str, str] | None, name: str) -> None:
    if problem is not None:
        en, zh = problem
        raise OtherLedger(
            f"the view {name} {en}: this is another ledger, or was put back from a backup;"
            " follow it into another place",
            f"视图 {name} {zh}：这是另一份总账，或由备份恢复；请跟随到其他位置",
        )


def _fault_of_view(error: Exception) -> BaseException | None:
    """What a view raised, None if it was the database that failed, or another process that was quicker."""
    if isinstance(error, StoreUnavailable):
        cause = error.__cause__
        return cause if isinstance(cause, DBAPIError) and not database_failed(cause) else None
    return None if isinstance(error, StoreError) and not isinstance(error, UnreadableEvent) else error
