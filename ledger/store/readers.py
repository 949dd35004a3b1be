"""Connections that read, kept from one moment to the next: to take one from a pool costs more than most reads."""

import contextlib
from collections import deque
from collections.abc import Generator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from ledger.store.prepared import failed

_MOST_KEPT = 8


class Readers:
    """Gives moments in which all reads see the same, each on a connection that nobody else has meanwhile.

    The toolkit takes a kept connection to be in one transaction all the time; beneath it, each moment has its own.
    """

    def __init__(self, engine: Engine, begin: Sequence[str], before: Sequence[str] = ()) -> None:
        """`begin` are the statements that a moment begins with, on a connection that begins nothing by itself.

        Those `before` a single query are given where it needs any.
        """
        self._engine = engine
        self._begin = begin
        self._before = before
        self._kept: deque[Connection] = deque()
        self._closed = False

    def moment(self) -> contextlib.AbstractContextManager[Connection]:
        """A connection within such a moment; raises what the toolkit raises."""
        return self._lent(self._begin)

    def glance(self) -> contextlib.AbstractContextManager[Connection]:
        """A connection for one query, which is a moment by itself; likewise."""
        return self._lent(self._before)

    @contextlib.contextmanager
    def _lent(self, begin: Sequence[str]) -> Generator[Connection]:
        connection = self._begun(begin)
        try:
            yield connection
        except DBAPIError:
            _let_go(connection)
            raise
        except BaseException:
            self._over(connection, begin)
            raise
        self._over(connection, begin)

    def close(self) -> None:
        """Let every connection go that nobody has; the others go when their moments end."""
        self._closed = True
        while self._kept:
            self._kept.pop().close()

    def _begun(self, begin: Sequence[str]) -> Connection:
        with contextlib.suppress(IndexError):
            while True:
                connection = self._kept.pop()
                try:
                    _start(connection, begin)
                except DBAPIError:
                    # It was lost while nobody had it: the server was restarted, and the others may be lost as well.
                    _let_go(connection)
                else:
                    return connection
        connection = self.connected()
        try:
            _start(connection, begin)
        except BaseException:
            _let_go(connection)
            raise
        return connection

    def connected(self) -> Connection:
        """A connection in no moment, which is the caller's."""
        connection = self._engine.connect()
        try:
            connection.begin()
            _driver(connection).commit()
        except BaseException:
            _let_go(connection)
            raise
        return connection

    def _over(self, connection: Connection, begin: Sequence[str]) -> None:
        """End the moment, and keep the connection unless it is one too many."""
        if connection.invalidated:
            _let_go(connection)
            return
        try:
            if begin:
                # Nothing was written; a rollback would have psycopg forget every statement that the server has planned.
                _driver(connection).commit()
        except connection.dialect.loaded_dbapi.Error:
            # What was read stands; the next moment has another connection.
            _let_go(connection)
            return
        if self._closed or len(self._kept) >= _MOST_KEPT:
            connection.close()
        else:
            self._kept.append(connection)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _start(connection: Connection, begin: Sequence[str]) -> None:
    driver = _driver(connection)
    for statement in begin:
        try:
            driver.execute(statement)
        except connection.dialect.loaded_dbapi.Error as error:
            raise failed(connection, statement, error) from error


def _let_go(connection: Connection) -> None:
    """Close a connection for good, whatever became of it."""
    with contextlib.suppress(Exception):
        connection.invalidate()
    with contextlib.suppress(Exception):
        connection.close()
