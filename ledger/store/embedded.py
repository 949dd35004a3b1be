"""An embedded database: how SQLite is opened for writing, and for reading."""

import contextlib
import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from ledger.store.file_lock import Locked
from ledger.store.file_lock import lock as lock_file
from ledger.store.privacy import LOCK_SUFFIX, make_file

_WAIT_FOR_LOCK_SECONDS = 10
_CACHE_KIBIBYTES = 32_768
_PAGES_BEFORE_CHECKPOINT = 8_000
"""Of 4 KiB: moving pages to the database file costs less the more of them are moved at once."""


def writing_engine(path: Path, *, durable: bool = True) -> Engine:
    """An engine whose transactions take the lock for writing as they begin; the file is made if there is none.

    A commit waits for the disk, unless the file is one that need not survive a power cut.
    """

    def connect() -> sqlite3.Connection:
        # Before SQLite would, which lets everybody read it; what it lays beside a database has the database's mode.
        # Where none can be made, it says so itself.
        with contextlib.suppress(OSError):
            make_file(path)
        connection = _connected(path, mode="rw")
        with _spoken(connection):
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'OFF'}")
        connection.execute(f"PRAGMA wal_autocheckpoint={_PAGES_BEFORE_CHECKPOINT}")
        connection.execute(f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}")
        connection.execute("PRAGMA secure_delete=ON")
        # A savepoint sets every page aside that is changed after it: in memory, not in a file.
        connection.execute("PRAGMA temp_store=MEMORY")
        return connection

    return _engine(path, connect, "BEGIN IMMEDIATE")


def reading_engine(path: Path) -> Engine:
    """An engine that changes nothing and waits for nobody, also where not a byte can be written."""

    def connect() -> sqlite3.Connection:
        connection = _readable(path)
        connection.execute("PRAGMA query_only=ON")
        return connection

    return _engine(path, connect, "BEGIN")


def _engine(path: Path, connect: Any, begin: str) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)), creator=connect, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


class _AtRest(sqlite3.Connection):
    """A connection to a file that nobody writes; while it is open, nobody can begin to."""

    guard: IO[bytes] | None = None

    def close(self) -> None:
        super().close()
        if self.guard is not None:
            self.guard.close()


def _readable(path: Path) -> sqlite3.Connection:
    connection = _connected(path, mode="ro")
    try:
        with _spoken(connection):
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
    except sqlite3.OperationalError:
        connection.close()
        # A reader keeps a small file beside the database: impossible on a full disk or a read-only medium. A database
        # that was closed is whole without it.
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise
        return _at_rest(path)
    return connection


@contextlib.contextmanager
def _spoken(connection: sqlite3.Connection) -> Generator[None]:
    """What is wrong with a file as an error of the database, where the driver cannot read what SQLite says of it."""
    try:
        yield
    except UnicodeDecodeError:
        connection.close()
        raise sqlite3.DatabaseError("malformed database schema") from None


def _at_rest(path: Path) -> sqlite3.Connection:
    guard = None
    lock = path.with_suffix(LOCK_SUFFIX)
    if lock.exists():
        guard = lock.open("rb")
        try:
            lock_file(guard, shared=True)
        except Locked:
            guard.close()
            raise sqlite3.OperationalError("a writer has just begun; try again") from None
    connection = _connected(path, kind=_AtRest, mode="ro", immutable="1")
    assert isinstance(connection, _AtRest)
    connection.guard = guard
    return connection


def _connected(
    path: Path, kind: type[sqlite3.Connection] = sqlite3.Connection, **options: str
) -> sqlite3.Connection:
    name = str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    options_text = "&".join(f"{option}={value}" for option, value in options.items())
    return sqlite3.connect(
        f"file:{name}?{options_text}",
        uri=True,
        factory=kind,
        timeout=_WAIT_FOR_LOCK_SECONDS,
        check_same_thread=False,
        # The driver's own BEGINs come too late for a lock: transactions are begun by the engine instead.
        isolation_level=None,
    )
