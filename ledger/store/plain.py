"""A query that is asked very often: its text is compiled once, and goes to the driver as it is."""

import contextlib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, SelectBase
from sqlalchemy.dialects import sqlite

from ledger.store.engine import Store
from ledger.store.errors import StoreUnavailable

T = TypeVar("T")


class FixedQuery:
    """A query for anybody's connection, of the moment that it reads; it has no parameters but those named.

    What else is fixed should be spelt out (`literal_column`): SQLite plans a query anew for other values.
    """

    def __init__(self, query: SelectBase) -> None:
        """It is compiled when it is first asked."""
        self._query = query
        self._texts: dict[str, str] = {}

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Every row for the values of the parameters; raises StoreUnavailable."""
        dialect = connection.dialect
        text = self._texts.get(dialect.name)
        if text is None:
            named = sqlite.dialect(paramstyle="named") if dialect.name == "sqlite" else dialect
            text = self._texts[dialect.name] = str(self._query.compile(dialect=named))
        try:
            with contextlib.closing(connection.connection.cursor()) as cursor:
                cursor.execute(text, values)
                return list(cursor.fetchall())
        except dialect.loaded_dbapi.Error as error:
            raise StoreUnavailable("the database failed") from error


class PlainQuery:
    """A query on a connection of its own, of one thread; each row is of one moment. It holds no transaction open."""

    def __init__(self, store: Store, query: Select[*tuple[Any, ...]]) -> None:
        """Nothing is connected yet."""
        self._store = store
        compiled = query.compile(dialect=store.engine.dialect)
        self._text = str(compiled)
        self._order = compiled.positiontup
        self._cursor: Any = None

    def first(self, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row for the values of the query's parameters, None if there is none."""
        return self._told(values, lambda cursor: cursor.fetchone())

    def all(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Every row for the values of the query's parameters."""
        return self._told(values, lambda cursor: cursor.fetchall())

    def _told(self, values: Mapping[str, Any], fetch: Callable[[Any], T]) -> T:
        bound = values if self._order is None else [values[name] for name in self._order]
        try:
            if self._cursor is None:
                self._cursor = self._store.plain_connection().cursor()
            return fetch(self._cursor.execute(self._text, bound))
        except self._store.engine.dialect.loaded_dbapi.Error as error:
            self.close()
            raise StoreUnavailable("the database failed") from error

    def close(self) -> None:
        """Let the connection go; another is made when one is needed."""
        if self._cursor is not None:
            with contextlib.suppress(Exception):
                self._cursor.connection.close()
            self._cursor = None
