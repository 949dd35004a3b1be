"""A database gets this release's shape once, and one of a newer release is left alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from ledger.bootstrap import open_for_reading, open_for_writing
from ledger.settings import Settings
from ledger.store import log as logs
from ledger.store.engine import Store
from ledger.store.errors import NewerSchema, NoLedger
from ledger.store.log import MIGRATIONS, Log
from ledger.store.migrations import applied, migrate
from tests.small_bank import ANN, begin, running


def shape(connection: Connection) -> dict[str, list[str]]:
    inspector = inspect(connection)
    return {
        table: [column["name"] for column in inspector.get_columns(table)]
        for table in sorted(inspector.get_table_names())
    }


def test_a_fresh_database_gets_the_whole_shape(log: Log):
    with log.store.snapshot() as connection:
        assert shape(connection) == {
            "checkpoint": ["size", "note"],
            "checkpoint_seal": ["number", "size", "digest"],
            "event": ["position", "type", "tags", "data"],
            "event_tag": ["tag", "position", "type"],
            "schema_migration": ["number", "applied"],
        }
        assert applied(connection) == len(MIGRATIONS)
        assert logs.head(connection) == 0


def test_reopening_changes_nothing(log: Log):
    with running(log) as bank:
        begin(bank, ANN)
    with log.store.snapshot() as connection:
        before = connection.execute(text("SELECT * FROM schema_migration")).all()
    for _ in range(2):
        log.migrate()
        log.refuse_unmigrated()
        with log.appending() as connection:
            logs.migrate_in(connection, create=False)
    with log.store.snapshot() as connection:
        assert connection.execute(text("SELECT * FROM schema_migration")).all() == before
        assert logs.head(connection) == 4


def test_only_what_is_missing_is_applied_in_order(log: Log):
    done: list[str] = []

    def step(name: str) -> Callable[[Connection], None]:
        return lambda connection: done.append(name)

    with log.appending() as connection:
        migrate(connection, (*MIGRATIONS, step("second"), step("third")))
    with log.appending() as connection:
        migrate(connection, (*MIGRATIONS, step("second"), step("third"), step("fourth")))
        assert applied(connection) == len(MIGRATIONS) + 3
    assert done == ["second", "third", "fourth"]


def test_a_migration_that_fails_leaves_nothing_behind(log: Log):
    def half(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half (x INTEGER)"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), log.appending() as connection:
        migrate(connection, (*MIGRATIONS, half))
    with log.store.snapshot() as connection:
        assert "half" not in shape(connection)
        assert applied(connection) == len(MIGRATIONS)


def test_a_database_that_an_older_release_left_is_no_ledger_to_readers(database_url: str):
    store = Store(database_url, write=True)
    with store.begin() as connection:
        migrate(connection, ())
    with pytest.raises(NoLedger, match="timebank init"):
        Log(store).refuse_unmigrated()
    store.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    embedded = database_url.startswith("sqlite")
    return Settings(database_url, f"sqlite:///{tmp_path / 'directory.db'}" if embedded else database_url)


def content(settings: Settings) -> object:
    store = Store(settings.ledger, write=False)
    try:
        with store.snapshot() as connection:
            tables = shape(connection)
            rows = {table: connection.execute(text(f"SELECT * FROM {table}")).all() for table in tables}
            return tables, rows
    finally:
        store.close()


def test_a_newer_schema_is_refused_by_reader_and_writer_with_nothing_changed(settings: Settings):
    with open_for_writing(settings, create=True) as ledger:
        begin(ledger.bank, ANN)
    store = Store(settings.ledger, write=True)
    with store.begin() as connection:
        connection.execute(
            text("INSERT INTO schema_migration VALUES (:number, 'in the future')"),
            {"number": len(MIGRATIONS) + 1},
        )
        connection.execute(text("ALTER TABLE projection ADD COLUMN novelty INTEGER"))
    store.close()
    before = content(settings)
    for opened in (
        open_for_reading(settings),
        open_for_writing(settings),
        open_for_writing(settings, create=True),
    ):
        with pytest.raises(NewerSchema, match=f"schema {len(MIGRATIONS) + 1}, this release knows"), opened:
            pass
        assert content(settings) == before
