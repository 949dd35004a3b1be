"""Opening a database, for writing or for reading only."""

import contextlib
from collections.abc import Generator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ledger.domain.bilingual import of_the_system
from ledger.store.embedded import reading_engine, writing_engine
from ledger.store.errors import NoLedger, StoreError, StoreUnavailable
from ledger.store.lock import WriterLock
from ledger.store.privacy import LOCK_SUFFIX, make_folder
from ledger.store.readers import Readers
from ledger.store.reasons import reason_of

_ONE_MOMENT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Store:
    """An open database and, where it is an embedded one opened for writing, its writer lock."""

    def __init__(
        self,
        url: str,
        *,
        write: bool,
        lock: bool = True,
        schema: str | None = None,
        guarded: tuple[str, str] = ("the ledger", "账本"),
        durable: bool = True,
    ) -> None:
        """Open `url` (`sqlite:///file` or `postgresql://…`); raises StoreHeld, NoLedger or StoreError.

        Only a file that the holder of another lock guards is opened for writing without one. On PostgreSQL all tables
        are those of the `schema`, if one is named; `guarded` is what StoreHeld calls the file. What need not survive a
        power cut may do without being `durable`.
        """
        self.url = checked_url(url)
        self.write = write
        self.schema = schema
        self.embedded = self.url.get_backend_name() == "sqlite"
        self._lock: WriterLock | None = None
        if self.embedded:
            path = Path(self.url.database or "")
            if write and lock:
                self._lock = _locked(path, guarded)
            elif not write:
                _refuse_absent(path)
            self.engine = writing_engine(path, durable=durable) if write else reading_engine(path)
            # Whoever only looks takes no lock, in the writing process too.
            self._reader = reading_engine(path) if write else self.engine
            self._readers = Readers(self._reader, ("BEGIN",))
        else:
            engine = _server_engine(self.url, schema)
            reader = engine.execution_options(postgresql_readonly=True)
            self.engine = engine if write else reader
            self._reader = reader.execution_options(isolation_level="AUTOCOMMIT")
            # A path holds for a transaction.
            begin = (_ONE_MOMENT,) if schema is None else (_ONE_MOMENT, _path_to(schema))
            self._readers = Readers(self._reader, begin, () if schema is None else begin)

    @contextlib.contextmanager
    def begin(self) -> Generator[Connection]:
        """A transaction: committed at the end, rolled back on any exception.

        Failures of the database become StoreUnavailable.
        """
        with _failures_told(), self.engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def snapshot(self) -> Generator[Connection]:
        """A reading transaction in which all reads see one moment."""
        with _failures_told(), self._readers.moment() as connection:
            yield connection

    @contextlib.contextmanager
    def glance(self) -> Generator[Connection]:
        """A connection for one query, which is a moment by itself."""
        with _failures_told(), self._readers.glance() as connection:
            yield connection

    @contextlib.contextmanager
    def session(self) -> Generator[Connection]:
        """A connection that commits each statement, closed at the end: what it locked is free then."""
        with _failures_told(), self.engine.connect() as connection:
            try:
                yield connection.execution_options(isolation_level="AUTOCOMMIT")
            finally:
                # Not back to the pool, where it would go on holding what it locked.
                connection.invalidate()

    def plain_connection(self) -> Any:
        """A driver's own connection for reading, each statement a transaction of its own; its user closes it."""
        pooled = self._reader.raw_connection()
        connection = pooled.driver_connection
        pooled.detach()
        if not self.embedded:
            assert connection is not None
            connection.autocommit = True
            connection.read_only = True
        return connection

    def glancing(self) -> Connection:
        """A connection for reading, on which each query sees a moment of its own; its user closes it."""
        return self._readers.connected()

    def close(self) -> None:
        """Close every connection and let others write."""
        self._readers.close()
        # The pools alone, which an engine that is disposed of would make anew; whoever writes last of all, as only the
        # last writer clears away what SQLite lays beside a file.
        for pool in dict.fromkeys((self._reader.pool, self.engine.pool)):
            pool.dispose()
        if self._lock is not None:
            self._lock.release()


def refuse_absent(url: str) -> None:
    """Raise NoLedger if an embedded database has no file; nothing is asked of a server."""
    checked = checked_url(url)
    if checked.get_backend_name() == "sqlite":
        _refuse_absent(Path(checked.database or ""))


def _refuse_absent(path: Path) -> None:
    if not path.exists():
        raise NoLedger(
            f"there is no ledger at {path}; `timebank init` makes one",
            f"{path} 没有账本；请用 `timebank init` 开设",
        )


@contextlib.contextmanager
def _failures_told() -> Generator[None]:
    try:
        yield
    except DBAPIError as error:
        reason = reason_of(error)
        raise StoreUnavailable(f"the database failed: {reason}", f"数据库出错：{reason}") from error
    except PoolTimeout as error:
        raise StoreUnavailable(
            "the database is busy: every connection to it is in use", "数据库繁忙：连接已全部占用"
        ) from error
    except PendingRollbackError as error:
        raise StoreUnavailable("the database failed: the connection was lost", "数据库连接中断") from error


def file_url(path: Path) -> str:
    """The URL of an embedded database, whatever its path holds; raises StoreError for bytes that are no text."""
    try:
        return URL.create("sqlite", database=str(path)).render_as_string()
    except UnicodeEncodeError:
        shown = str(path).encode(errors="backslashreplace").decode()
        raise StoreError(
            f"the path {shown} holds bytes that are no text",
            f"路径 {shown} 中有不是文字的字节",
        ) from None


def checked_url(text: str) -> URL:
    """The URL of a database that can hold a ledger; raises StoreError."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise StoreError(
            "the database URL cannot be read; it looks like postgresql://user@host/name",
            "无法识别数据库地址；应写作 postgresql://user@host/name",
        ) from None
    backend = url.get_backend_name()
    if backend == "sqlite":
        if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
            raise StoreError(
                "a ledger in memory would be lost, and its connections mixed up: name a file",
                "账本不能只保存在内存中；请指定文件",
            )
        if "?" in text:
            # What follows would be dropped in silence, and be missed in the name of another file.
            raise StoreError(
                "a file's URL takes no options; a question mark in its name is written %3F",
                "文件的地址不带选项；文件名中的问号写作 %3F",
            )
        if url.database.endswith(LOCK_SUFFIX):
            raise StoreError(
                f"{url.database} would be its own lock: give the ledger another suffix",
                f"{url.database} 与锁文件同名；请为账本改用其他后缀",
            )
        return url
    if backend != "postgresql":
        raise StoreError(
            f"a ledger is kept on SQLite or PostgreSQL, not on {backend}",
            f"账本只能保存在 SQLite 或 PostgreSQL 中，不能保存在 {backend} 中",
        )
    if url.host is not None and "@" in url.host:
        # The driver would say the rest of the password, as a host that it does not find.
        raise StoreError(
            "the database URL cannot be read; an @ in a password is written %40",
            "无法识别数据库地址；密码中的 @ 写作 %40",
        )
    return url.set(drivername="postgresql+psycopg")


def _locked(path: Path, guarded: tuple[str, str]) -> WriterLock:
    try:
        make_folder(path.parent)
        return WriterLock(path.with_suffix(LOCK_SUFFIX), guarded)
    except OSError as error:
        en, zh = of_the_system(error)
        raise StoreError(
            f"no ledger can be kept in {path.parent}: {en}", f"{path.parent} 中无法保存账本：{zh}"
        ) from None


def _server_engine(url: URL, schema: str | None) -> Engine:
    engine = create_engine(
        url,
        pool_pre_ping=True,
        # Not the server's default, which may be another: the append lock must be held before anything is seen.
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        # A type that no table has, for which each new engine would ask the server.
        use_native_hstore=False,
    )
    if schema is not None:
        _keep_to(engine, schema)
    return engine


def _keep_to(engine: Engine, schema: str) -> None:
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # For each transaction, as poolers that stand between hand a session from one client to another.
        connection.exec_driver_sql(_path_to(schema))


def _path_to(schema: str) -> str:
    return f"SELECT set_config('search_path', '{schema}', true)"
