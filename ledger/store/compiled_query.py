"""A query that is asked very often: its text is compiled once, and goes to the driver as it is."""

import contextlib
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Select

from ledger.store.engine import Store
from ledger.store.errors import StoreUnavailable
from ledger.store.prepared import Text, text_of

T = TypeVar("T")


class CompiledQuery:
    """A query on a connection of its own, of one thread; each row is of one moment. It holds no transaction open."""

    def __init__(self, store: Store, query: Select[*tuple[Any, ...]], *, binary: bool = False) -> None:
        """Nothing is connected yet, or compiled.

        What PostgreSQL answers in `binary` is no text, which of bytes is twice as long.
        """
        self._store = store
        self._options = {"binary": True} if binary and not store.embedded else {}
        self._query = query
        self._cursor: Any = None

    @cached_property
    def _text(self) -> Text:
        # Whoever opens a ledger has a dozen such queries, and asks few of them, or none.
        return text_of(self._query, self._store.engine.dialect)

    def first(self, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row for the values of the query's parameters, None if there is none."""
        return self._told(values, lambda cursor: cursor.fetchone())

    def all(self, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Every row for the values of the query's parameters."""
        return self._told(values, lambda cursor: cursor.fetchall())

    def _told(self, values: Mapping[str, Any], fetch: Callable[[Any], T]) -> T:
        try:
            if self._cursor is None:
                self._cursor = self._store.plain_connection().cursor(**self._options)
            return fetch(self._cursor.execute(self._text.text, self._text.bound(values)))
        except self._store.engine.dialect.loaded_dbapi.Error as error:
            self.close()
            raise StoreUnavailable("the database failed", "数据库出错") from error

    def close(self) -> None:
        """Let the connection go; another is made when one is needed."""
        if self._cursor is not None:
            with contextlib.suppress(Exception):
                self._cursor.connection.close()
            self._cursor = None
