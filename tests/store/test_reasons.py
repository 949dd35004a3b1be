"""Why a database failed is told without what it was given, or could not read."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from ledger.store.engine import Store
from ledger.store.errors import StoreUnavailable

NAME, PHONE = "王秀兰", "13900001111"
SAID = {"name": NAME, "phone": PHONE}


def told(store: Store, *statements: str) -> str:
    """What is said of the last of some statements, which fails; the others go well, in the same transaction."""
    with pytest.raises(StoreUnavailable) as failed:
        run(store, *statements)
    assert NAME not in str(failed.value)
    assert PHONE not in str(failed.value)
    return str(failed.value)


def run(store: Store, *statements: str) -> None:
    with store.begin() as connection:
        for statement in statements:
            result = connection.execute(text(statement), SAID)
            if result.returns_rows:
                result.all()


def test_what_a_statement_was_given_is_in_no_word_of_its_failure(embedded: Store):
    with pytest.raises(StoreUnavailable) as failed:
        run(embedded, "INSERT INTO nowhere VALUES (:phone, :name)")
    assert NAME not in str(failed.value.__cause__)
    assert PHONE not in str(failed.value.__cause__)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'x.sqlite'}", write=True)
    yield store
    store.close()


def test_sqlite_s_reason_holds_no_value(embedded: Store):
    table = "CREATE TABLE person (phone TEXT PRIMARY KEY, name TEXT)"
    put = "INSERT INTO person VALUES (:phone, :name)"
    assert told(embedded, table, put, put) == "the database failed: UNIQUE constraint failed: person.phone"
    assert told(embedded, f"SELECT {NAME} FROM") == "the database failed: OperationalError (SQLITE_ERROR)"
    # Bytes that are no text: the driver says what it can of them.
    spoilt = f"SELECT CAST(X'{PHONE.encode().hex()}FF' AS TEXT)"
    with embedded.engine.connect() as connection, pytest.raises(Exception, match=PHONE):
        connection.exec_driver_sql(spoilt).all()
    assert told(embedded, spoilt) == "the database failed: OperationalError"


@pytest.mark.slow
def test_postgresql_s_reason_holds_no_value(postgres_url: str):
    store = Store(postgres_url, write=True)
    table = "CREATE TABLE person (phone TEXT PRIMARY KEY, name TEXT)"
    put = "INSERT INTO person VALUES (:phone, :name)"
    assert "duplicate key value violates unique constraint" in told(store, table, put, put)
    assert (
        told(store, "SELECT CAST(CAST(:name AS TEXT) AS BIGINT)")
        == "the database failed: InvalidTextRepresentation (22P02)"
    )
    assert told(store, f'SELECT 1 FROM "{NAME}" x, y z w') == "the database failed: SyntaxError (42601)"
    assert told(store, "SELECT * FROM nowhere") == 'the database failed: relation "nowhere" does not exist'
    store.close()


def test_a_full_disk_is_told_in_sqlite_s_words(embedded: Store):
    with embedded.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE x (y TEXT)")
    pooled = embedded.engine.raw_connection()
    assert isinstance(pooled.driver_connection, sqlite3.Connection)
    pooled.driver_connection.execute("PRAGMA max_page_count=2").fetchall()
    pooled.close()
    full = told(embedded, "INSERT INTO x VALUES (hex(zeroblob(100000)))")
    assert full == "the database failed: database or disk is full"
