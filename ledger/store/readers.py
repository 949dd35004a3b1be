"""Connections that read, kept from one moment to the next: to take one from a pool costs more than most reads."""

import contextlib
from collections import deque
from collections.abc import Generator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from ledger.store.prepared import failed

_MOST_KEPT = 4


class Readers:
    """Gives moments in which all reads see the same, each on a connection that nobody else has meanwhile.

    The toolkit takes a kept connection to be in one transaction all the time; beneath it, each moment has its own.
    """

    def __init__(self, engine: Engine, begin: Sequence[str]) -> None:
        """`begin` are the statements that a moment begins with, on a connection that begins nothing by itself."""
        self._engine = engine
        self._begin = begin
        self._kept: deque[Connection] = deque()
        self._closed = False

    @contextlib.contextmanager
    def moment(self) -> Generator[Connection]:
        """A connection within such a moment; raises what the toolkit raises."""
        connection = self._begun()
        try:
            yield connection
        except DBAPIError:
            _let_go(connection)
            raise
        except BaseException:
            self._over(connection)
            raise
        self._over(connection)

    def close(self) -> None:
        """Let every connection go that nobody has; the others go when their moments end."""
        self._closed = True
        while self._kept:
            self._kept.pop().close()

    def _begun(self) -> Connection:
        with contextlib.suppress(IndexError):
            while True:
                connection = self._kept.pop()
                try:
                    self._start(connection)
                except DBAPIError:
                    # It was lost while nobody had it: the server was restarted, and the others may be lost as well.
                    _let_go(connection)
                else:
                    return connection
        connection = self.connected()
        try:
            self._start(connection)
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

    def _start(self, connection: Connection) -> None:
        driver = _driver(connection)
        for statement in self._begin:
            try:
                driver.execute(statement)
            except connection.dialect.loaded_dbapi.Error as error:
                raise failed(connection, statement, error) from error

    def _over(self, connection: Connection) -> None:
        """End the moment, and keep the connection unless it is one too many."""
        if connection.invalidated:
            _let_go(connection)
            return
        try:
            if self._begin:
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


def _let_go(connection: Connection) -> None:
    """Close a connection for good, whatever became of it."""
    with contextlib.suppress(Exception):
        connection.invalidate()
    with contextlib.suppress(Exception):
        connection.close()
