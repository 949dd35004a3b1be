"""Where each view stands: its position, and whether it broke there."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakSet

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    MetaData,
    ScalarSelect,
    Table,
    Text,
    and_,
    bindparam,
    case,
    delete,
    func,
    inspect,
    literal_column,
    or_,
    select,
    update,
)

from ledger.store.bulk import Bulk
from ledger.store.errors import StoreError
from ledger.store.prepared import Prepared
from projections.view import View, text_column


class ViewUnavailable(StoreError):
    """A view cannot be read: it broke, or is not built for this release."""


class State(NamedTuple):
    """A view's state. `broken_at` is the position of the fact that it could not fold, `error` what was raised."""

    name: str
    version: int
    position: int
    broken_at: int | None
    error: str | None


class Reach(NamedTuple):
    """How far a view has come beside the log's head, None where it is not there; `lag` counts facts."""

    name: str
    position: int | None
    head: int
    lag: int
    broken_at: int | None
    error: str | None


TABLE = Table(
    "projection",
    MetaData(),
    text_column("name", key=True),
    Column("version", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("broken_at", BigInteger),
    text_column("error", optional=True),
)
_ALL = Prepared(select(TABLE))
_PUT = Bulk(TABLE, put=("version", "position", "broken_at", "error"))
_NOT_BUILT = "is not built for this release"
_NOBODYS = ""
_ERASE = delete(TABLE).where(TABLE.c.name == _NOBODYS)
_ADVANCE = (
    update(TABLE)
    .where(TABLE.c.position == bindparam("before"), TABLE.c.broken_at.is_(None))
    .values(position=bindparam("after"))
    .returning(TABLE.c.name)
)

_MOVE = (
    update(TABLE)
    .where(
        TABLE.c.name == bindparam("of"),
        TABLE.c.version == bindparam("at_version"),
        TABLE.c.position == bindparam("before"),
    )
    .values(position=bindparam("after"))
)


_with_table: WeakSet[Engine] = WeakSet()
"""Databases in which the table was seen: asking for it costs more than reading it, and it never goes."""


def make_table(connection: Connection) -> None:
    """Make the table of states if it is not there."""
    TABLE.create(connection, checkfirst=True)


def read(connection: Connection) -> dict[str, State]:
    """The state of every view, by name; none before the first `make_table`."""
    if connection.engine not in _with_table:
        if not inspect(connection).has_table(TABLE.name):
            return {}
        _with_table.add(connection.engine)
    return {row[0]: State(*row) for row in _ALL.rows(connection, {})}


def reach(view: View, state: State | None, newest: int) -> Reach:
    """How far a view has come by its state, if it has one; an error is told too of one of another release."""
    if state is None:
        return Reach(view.name, None, newest, newest, None, _NOT_BUILT)
    error = state.error if state.version == view.version else _NOT_BUILT
    return Reach(view.name, state.position, newest, max(newest - state.position, 0), state.broken_at, error)


def reached(connection: Connection, views: Sequence[View]) -> int | None:
    """The position that every one of some views has reached; None unless each stands, and is of this release."""
    if connection.engine not in _with_table:
        return None
    position, standing = _standing(tuple([(view.name, view.version) for view in views])).rows(connection, {})[
        0
    ]
    return position if standing == len(views) else None


def refuse_unavailable(connection: Connection, *needed: View) -> int:
    """The position that some views stand at; raises ViewUnavailable unless all of them stand."""
    position = reached(connection, needed) if needed else 0
    if position is not None:
        return position
    known = read(connection)
    for view in needed:
        state = known.get(view.name)
        if state is None or state.version != view.version or state.broken_at is not None:
            en, zh = ("is not built for this release", "尚未按当前版本建立")
            if state is not None:
                en, zh = f"broke: {state.error}", f"已出错：{state.error}"
            raise ViewUnavailable(
                f"the view {view.name} {en}; `timebank projections rebuild` builds it anew",
                f"视图 {view.name} {zh}；请用 `timebank projections rebuild` 重建",
            )
    return min((known[view.name].position for view in needed), default=0)


def position_of(views: Sequence[View]) -> ScalarSelect[int | None]:
    """The same as a column of a query of another kind."""
    reached = case((func.count() == literal_column(str(len(views)), Integer), func.min(TABLE.c.position)))
    return select(reached).where(_those([(view.name, view.version) for view in views])).scalar_subquery()


@lru_cache(maxsize=256)
def _standing(views: tuple[tuple[str, int], ...]) -> Prepared:
    return Prepared(select(func.min(TABLE.c.position), func.count()).where(_those(views)))


def _those(views: Sequence[tuple[str, int]]) -> ColumnElement[bool]:
    """The condition that a state is one of those of some views, which stands."""
    row = TABLE.c
    # Spelt out: there are few sets of views that something is read from, and each has its own statement.
    those = [
        and_(
            row.name == literal_column(f"'{name}'", Text),
            row.version == literal_column(str(version), Integer),
        )
        for name, version in views
    ]
    return and_(or_(*those), row.broken_at.is_(None))


def put(connection: Connection, *some: State) -> None:
    """Write the states of some views."""
    _PUT.run(connection, some)


def write_and_erase(connection: Connection, characters: int) -> None:
    """Write the state of a view that there is not, of so many characters, and take it back."""
    # Not a row that is there, as it is: SQLite writes nothing where nothing changes.
    _PUT.run(connection, [State(_NOBODYS, 0, 0, None, "." * characters)])
    connection.execute(_ERASE)


def advance(connection: Connection, before: int, after: int) -> set[str]:
    """Take every unbroken view that stands at one position to another; the names of those."""
    return set(connection.execute(_ADVANCE, {"before": before, "after": after}).scalars())


def move(connection: Connection, view: View, before: int, after: int) -> bool:
    """Take one view from a position to another, unless it stands elsewhere by now; whether it did."""
    moved = {"of": view.name, "at_version": view.version, "before": before, "after": after}
    return connection.execute(_MOVE, moved).rowcount == 1
