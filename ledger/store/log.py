"""The log: appending under its lock, and reading."""

import contextlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    LargeBinary,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from ledger.store.append_signal import AppendSignal
from ledger.store.bulk import Bulk
from ledger.store.codec import StoredEvent, decode_tags
from ledger.store.compiled_query import CompiledQuery
from ledger.store.engine import Store
from ledger.store.errors import NoLedger
from ledger.store.in_lists import InList
from ledger.store.migrations import (
    Migration,
    m0001_log,
    m0002_checkpoints,
    m0003_seals,
    migrate,
    refuse_unmigrated,
)
from ledger.store.prepared import Prepared
from ledger.store.schema import EVENT, EVENT_TAG

MIGRATIONS: tuple[Migration, ...] = (m0001_log.apply, m0002_checkpoints.apply, m0003_seals.apply)

_LOCK_CLASS = 0x71B4
_MOST_TAGS_A_QUERY = 500

_LAST = select(EVENT.c.position, EVENT.c.type, EVENT.c.tags, EVENT.c.data).order_by(EVENT.c.position.desc())
_LAST_ONE = _LAST.limit(1)
_HEAD = Prepared(select(func.coalesce(func.max(EVENT.c.position), 0)))
_AFTER = (
    select(EVENT.c.position, EVENT.c.type, EVENT.c.tags, EVENT.c.data)
    .where(EVENT.c.position > bindparam("after"), EVENT.c.position <= bindparam("upto"))
    .order_by(EVENT.c.position)
)
_FIRST_AFTER = select(func.min(EVENT.c.position)).where(EVENT.c.position > bindparam("after"))
_POSITIONS = (
    select(EVENT.c.position)
    .where(EVENT.c.position > bindparam("after"), EVENT.c.position <= bindparam("upto"))
    .order_by(EVENT.c.position)
)
_BYTES_EMBEDDED = _POSITIONS.add_columns(cast(EVENT.c.data, LargeBinary))
# There a cast would read backslashes as the beginnings of bytes.
_BYTES = _POSITIONS.add_columns(func.convert_to(EVENT.c.data, literal_column("'UTF8'")))
_TAGGED = (
    select(EVENT_TAG.c.tag, EVENT.c.position, EVENT.c.data)
    .join(EVENT, EVENT.c.position == EVENT_TAG.c.position)
    .order_by(EVENT.c.position)
)
_AT = InList(select(EVENT.c.position, EVENT.c.data), EVENT.c.position)
_ADD_EVENTS = Bulk(EVENT)
_ADD_TAGS = Bulk(EVENT_TAG)


class _Served(FunctionElement[str]):
    """The volunteer of a fact of service by its data."""

    type = Text()
    inherit_cache = True


@compiles(_Served, "sqlite")
def _of_a_file(element: _Served, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_extract({compiler.process(element.clauses, **options)}, '$.service.volunteer')"


@compiles(_Served, "postgresql")
def _of_a_server(element: _Served, compiler: SQLCompiler, **options: Any) -> str:
    return f"(({compiler.process(element.clauses, **options)})::json #>> '{{service,volunteer}}')"


SERVED = _Served(EVENT.c.data)
"""The volunteer of a fact of service, for a query that looks up what stands under it."""


class Log:
    """The one totally ordered log in a store."""

    def __init__(self, store: Store) -> None:
        """Use an open store; `migrate` or `refuse_unmigrated` must have been called on it once."""
        self.store = store
        self.appended = AppendSignal()

    def migrate(self) -> None:
        """Give an older or empty database this release's shape; raises NewerSchema."""
        with self.appending() as connection:
            migrate_in(connection, create=True)

    def refuse_unmigrated(self) -> None:
        """Raise NoLedger or NewerSchema unless the database has this release's shape."""
        with self.store.snapshot() as connection:
            refuse_unmigrated(connection, MIGRATIONS)

    @contextlib.contextmanager
    def appending(self) -> Generator[Connection]:
        """A transaction that alone may append: committed at the end, rolled back on any exception."""
        with self.store.begin() as connection:
            if not self.store.embedded:
                # A statement of its own: what follows takes a snapshot from after the lock was granted.
                connection.exec_driver_sql(
                    f"SELECT pg_advisory_xact_lock({_LOCK_CLASS}, hashtext(current_schema()))"
                )
            yield connection
        self.appended.ring()


def migrate_in(connection: Connection, *, create: bool) -> None:
    """Give an older log this release's shape, with `create` an empty database too; raises NoLedger or NewerSchema.

    The caller holds the lock.
    """
    absent = NoLedger(
        "there is no ledger in this database; `timebank init` makes one",
        "数据库中没有账本；请用 `timebank init` 开设",
    )
    migrate(connection, MIGRATIONS, absent=None if create else absent)


def last(connection: Connection) -> StoredEvent | None:
    """The newest event, None in an empty log."""
    row = connection.execute(_LAST_ONE).one_or_none()
    return None if row is None else StoredEvent(*row)


def head(connection: Connection) -> int:
    """The newest position, 0 in an empty log."""
    return _HEAD.rows(connection, {})[0][0]


def strays(connection: Connection) -> int:
    """How many events stand before the first, where none can be recorded and nobody reads on."""
    return connection.execute(select(func.count()).where(EVENT.c.position < 1)).scalar_one()


def between(connection: Connection, after: int, upto: int) -> list[StoredEvent]:
    """The events after one position up to another, in order."""
    return [StoredEvent(*row) for row in connection.execute(_AFTER, {"after": after, "upto": upto})]


def data_at(connection: Connection, positions: Sequence[int]) -> dict[int, str]:
    """The data of the events at some positions, by position; without those that the log does not have."""
    return dict(_AT.rows(connection, positions))


def with_data(rows: Select[*tuple[Any, ...]], position: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    """Rows of a view with the data of the events at their positions as the last column; null where there is none."""
    # No join: whoever plans for any limit may read the whole log for one.
    data = select(EVENT.c.data).where(EVENT.c.position == position).scalar_subquery()
    return rows.add_columns(data)


def stored_bytes(store: Store) -> CompiledQuery:
    """A query for position and data by `after` and `upto`, in order, for whoever reads very many.

    The data is the UTF-8 as it is stored, which costs less than a text that is made of it and encoded again.
    """
    return CompiledQuery(store, _BYTES_EMBEDDED if store.embedded else _BYTES, binary=True)


def bytes_between(connection: Connection, after: int, upto: int) -> list[tuple[int, bytes]]:
    """Position and data of the events after one position up to another, in order; the data as UTF-8."""
    query = _BYTES_EMBEDDED if connection.dialect.name == "sqlite" else _BYTES
    return [(position, data) for position, data in connection.execute(query, {"after": after, "upto": upto})]


def facts_between(types: Sequence[str]) -> Prepared:
    """A query for position and data of the events of some types by `after` and `upto`, in order."""
    kinds = [literal_column(f"'{kind}'", Text) for kind in types]
    return Prepared(_POSITIONS.add_columns(EVENT.c.data).where(EVENT.c.type.in_(kinds)))


def facts_since(types: Sequence[str], most: int) -> Select[*tuple[Any, ...]]:
    """A query for the same of as many positions at most, `after` one of them."""
    # In a query of its own, where PostgreSQL sees no number: for one it would plan anew each time.
    after = select(bindparam("after", type_=BigInteger)).scalar_subquery()
    kinds = [literal_column(f"'{kind}'", Text) for kind in types]
    among = (
        EVENT.c.position > after,
        EVENT.c.position <= after + literal_column(str(most), BigInteger),
        EVENT.c.type.in_(kinds),
    )
    return select(EVENT.c.position, EVENT.c.data).where(*among).order_by(EVENT.c.position)


def batches(
    connection: Connection, after: int, upto: int, types: Sequence[str] | None = None, size: int = 5_000
) -> Iterator[list[StoredEvent]]:
    """The same, of the types if given, read `size` positions at a time: memory does not grow with the log."""
    statement = _AFTER if types is None else _AFTER.where(EVENT.c.type.in_(types))
    for start, end in spans(connection, after, upto, size):
        yield [StoredEvent(*row) for row in connection.execute(statement, {"after": start, "upto": end})]


def spans(connection: Connection, after: int, upto: int, size: int) -> Iterator[tuple[int, int]]:
    """The positions after one up to another, `size` at a time, each span by what it begins after and its last.

    Of a gap only the beginning is among them: who put an event billions beyond the others has nobody count there.
    """
    start = after
    while start < upto:
        first = connection.execute(_FIRST_AFTER, {"after": start}).scalar_one() or upto
        yield start, min(start + size, upto)
        start += max(1, (first - start - 1) // size) * size


def tagged(
    connection: Connection, tags: Sequence[str], types: tuple[str, ...] = ()
) -> Iterable[tuple[str, int, str]]:
    """Tag, position and data of the events under any of the tags, of the types if given; by position."""
    query = _tagged_of(types)
    for start in range(0, len(tags), _MOST_TAGS_A_QUERY):
        yield from query.rows(connection, tags[start : start + _MOST_TAGS_A_QUERY])


@lru_cache(maxsize=64)
def _tagged_of(types: tuple[str, ...]) -> InList:
    # Spelt out: there are few kinds of folds, and each has its own statement.
    kinds = [literal_column(f"'{kind}'", Text) for kind in types]
    query = _TAGGED.where(EVENT_TAG.c.type.in_(kinds)) if kinds else _TAGGED
    return InList(query, EVENT_TAG.c.tag)


def insert(connection: Connection, events: Sequence[StoredEvent]) -> None:
    """Append rows whose positions follow the head; the caller holds the lock."""
    # The tags first: an event that is there gets no further ones.
    _ADD_TAGS.run(
        connection,
        [
            (tag, event.position, event.type)
            for event in events
            for tag in dict.fromkeys(decode_tags(event.tags))
        ],
    )
    _ADD_EVENTS.run(connection, events)
