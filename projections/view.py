"""What a view is: its tables, its fold, and the digest that two copies of it are compared by."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, ClassVar

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Constraint, MetaData, Table, event, select
from sqlalchemy.sql.base import DialectKWArgs

from ledger.domain.events import Event
from ledger.store.codec import Recorded
from ledger.store.schema import CodePoints
from projections.figures.periods import Period

_ROWS_A_READ = 10_000


class View(ABC):
    """A read model. Another `suffix` makes a copy with its own tables.

    `version` changes with the tables or the fold: a stored view of another version is rebuilt. Folds look nothing up
    but the view's own tables, and keep rows that have come back to zero, so that a rebuild gives the same rows.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    types: ClassVar[frozenset[type[Event]]]

    def __init__(self, suffix: str = "") -> None:
        """Describe the tables; nothing is made in a database."""
        self._suffix = suffix
        self.metadata = MetaData()

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The view's tables, by name."""
        return tuple(self.metadata.tables[name] for name in sorted(self.metadata.tables))

    def plain_name(self, table: Table) -> str:
        """A table's name without the suffix."""
        return table.name.removesuffix(self._suffix)

    @abstractmethod
    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Take in facts of `types`, in log order."""

    def digest(self, connection: Connection) -> str:
        """SHA-256 over every row in key order: equal for equal content, on any database."""
        digest = hashlib.sha256()
        for table in self.tables:
            digest.update(self.plain_name(table).encode())
            # On the statement: on the connection it would last, and PostgreSQL refuses whatever is no query.
            every_row = select(table).order_by(*table.primary_key.columns)
            rows = connection.execute(every_row.execution_options(yield_per=_ROWS_A_READ))
            for some in rows.partitions(_ROWS_A_READ):
                # Not JSON, which has one text for bytes and for their base64, for infinity and for nothing.
                digest.update(msgspec.msgpack.encode([tuple(row) for row in some]))
        return digest.hexdigest()

    def table(self, name: str, *columns: Column[Any] | Constraint) -> Table:
        """Describe one table of the view, whose rows should be short."""
        # Without rowids SQLite keeps one tree for a table, by its key, instead of two: a gain unless rows are long.
        return Table(name + self._suffix, self.metadata, *columns, sqlite_with_rowid=False)

    def on_postgresql(self, item: DialectKWArgs, **options: Any) -> None:
        """Give an index or a key options that PostgreSQL alone has, once tables are made there.

        To name them at once would read the whole dialect in, for whoever never sees such a database.
        """

        def give(_tables: MetaData, connection: Connection, **_: Any) -> None:
            if connection.dialect.name == "postgresql":
                item.dialect_options["postgresql"].update(options)

        event.listen(self.metadata, "before_create", give)

    def index_name(self, name: str) -> str:
        """A name for an index that no other copy of the view uses."""
        return name + self._suffix


def instant_text(at: datetime) -> str:
    """An instant in UTC as text (RFC 3339, microseconds), which sorts as instants do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def text_column(name: str, *, key: bool = False, optional: bool = False) -> Column[str]:
    """A column of text that sorts by code point."""
    return Column(name, CodePoints, primary_key=key, nullable=optional)


def days_within(day: ColumnElement[str], period: Period) -> ColumnElement[bool]:
    """Whether a column of days lies in a period."""
    first, last = bounds_of(period)
    return (day >= first) & (day <= last)


def bounds_of(period: Period) -> tuple[str, str]:
    """Between which days, as text, a period lies, both of them in it."""
    return f"{period.first_month}-01", f"{period.last_month}-31"


def within(month: ColumnElement[str], period: Period) -> ColumnElement[bool]:
    """Whether a column of months lies in a period."""
    # Not BETWEEN: PostgreSQL takes no collation inside it, and these columns have one.
    return (month >= period.first_month) & (month <= period.last_month)
