"""Opening a database, for writing or for reading only."""

import contextlib
from collections.abc import Generator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from ledger.store.errors import NoLedger, StoreError, StoreUnavailable
from ledger.store.lock import WriterLock

_WAIT_FOR_LOCK_SECONDS = 10


class Store:
    """An open database and, where it is an embedded one opened for writing, its writer lock."""

    def __init__(self, url: str, *, write: bool, lock: bool = True) -> None:
        """Open `url` (`sqlite:///file` or `postgresql://…`); raises StoreHeld, NoLedger or StoreError.

        Only a file that the holder of another lock guards is opened for writing without one.
        """
        self.url = _checked(url)
        self.write = write
        self.embedded = self.url.get_backend_name() == "sqlite"
        self._lock: WriterLock | None = None
        if self.embedded:
            path = Path(self.url.database or "")
            if write and lock:
                self._lock = _locked(path)
            elif not write and not path.exists():
                raise NoLedger(f"there is no ledger at {path}; `timebank init` makes one")
            self.engine = _sqlite(path, write=write)
            # Whoever only looks takes no lock, in the writing process too.
            self._reader = _sqlite(path, write=False) if write else self.engine
        else:
            self.engine = self._reader = create_engine(self.url, pool_pre_ping=not write)

    @contextlib.contextmanager
    def begin(self) -> Generator[Connection]:
        """A transaction: committed at the end, rolled back on any exception.

        Failures of the database become StoreUnavailable.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise StoreUnavailable(f"the database failed: {_reason(error)}") from error

    @contextlib.contextmanager
    def snapshot(self) -> Generator[Connection]:
        """A reading transaction in which all reads see one moment."""
        options: dict[str, Any] = {} if self.embedded else {"isolation_level": "REPEATABLE READ"}
        try:
            with self._reader.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            raise StoreUnavailable(f"the database failed: {_reason(error)}") from error

    def close(self) -> None:
        """Close every connection and let others write."""
        self._reader.dispose()
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release()


def _checked(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        raise StoreError(
            "the database URL cannot be read; it looks like postgresql://user@host/name"
        ) from None
    backend = url.get_backend_name()
    if backend == "sqlite":
        if not url.database or url.database == ":memory:" or "mode=memory" in url.database:
            raise StoreError("a ledger in memory would be lost, and its connections mixed up: name a file")
        return url
    if backend != "postgresql":
        raise StoreError(f"a ledger is kept on SQLite or PostgreSQL, not on {backend}")
    return url.set(drivername="postgresql+psycopg")


def _locked(path: Path) -> WriterLock:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return WriterLock(path.with_suffix(".lock"))
    except OSError as error:
        raise StoreError(f"no ledger can be kept in {path.parent}: {error.strerror}") from None


def _reason(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__


def _sqlite(path: Path, *, write: bool) -> Engine:
    mode = "rwc" if write else "ro"
    name = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    engine = create_engine(
        f"sqlite:///file:{name}?mode={mode}&uri=true",
        connect_args={"check_same_thread": False, "timeout": _WAIT_FOR_LOCK_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        # The driver's own BEGINs come too late for a lock: transactions are begun below instead.
        connection.isolation_level = None
        if write:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA secure_delete=ON")
        else:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
