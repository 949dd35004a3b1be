"""On PostgreSQL as in a file: no row of the ledger's tables changes, comes or goes unseen."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from ledger.audit.notes import VerifierKey
from ledger.audit.signing import sign_head
from ledger.audit.verification import verify
from tests.audit.conftest import ORIGIN
from tests.audit.tampering import OTHERS
from tests.projections.book import BOB, Book

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database_url", ["postgres"], indirect=True)]
SOME, ALL = 8, 100
LOG = ["event", "event_tag", "checkpoint", "checkpoint_seal", "projection"]


@pytest.fixture
def connection(busy: Book) -> Iterator[Connection]:
    """As somebody who owns the tables."""
    engine = create_engine(busy.ledger.log.store.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def rows(connection: Connection, table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]


def change(chance: random.Random, connection: Connection, table: str) -> str:
    """Change, take away or add a row."""
    row = chance.choice(rows(connection, table))
    column = chance.choice([*row])
    match chance.choice(["update", "update", "delete", "insert"]):
        case "update":
            value = chance.choice(OTHERS)(row[column])
            where = " AND ".join(f"{name} IS NOT DISTINCT FROM :{name}" for name in row)
            said, values = f"UPDATE {table} SET {column} = :new WHERE {where}", {**row, "new": value}
        case "delete":
            where = " AND ".join(f"{name} IS NOT DISTINCT FROM :{name}" for name in row)
            said, values = f"DELETE FROM {table} WHERE {where}", row
        case _:
            row[column] = chance.choice(OTHERS)(row[column])
            marks = ", ".join(f":{name}" for name in row)
            said, values = f"INSERT INTO {table} VALUES ({marks})", row
    try:
        connection.execute(text(said), values)
    except DBAPIError:
        # A value that the column cannot hold.
        return ""
    return f"{said} with {column} {values[column]!r:.60}"


def changed(busy: Book, connection: Connection, keys: list[VerifierKey], note: str, numbers: range) -> int:
    """Make changes one after the other, each taken back once it was told; how many there were."""
    views = busy.views.all()
    tables = [table.name for view in views for table in view.tables]
    connection.execute(text("CREATE SCHEMA spare"))
    count = 0
    for number in numbers:
        chance = random.Random(number)
        table = chance.choice([*LOG, *LOG, chance.choice([one for one in tables if rows(connection, one)])])
        connection.execute(text(f"CREATE TABLE spare.{table} AS TABLE {table}"))
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        said, before = change(chance, connection, table), rows(connection, f"spare.{table}")
        connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER ALL"))
        if sorted(map(repr, rows(connection, table))) != sorted(map(repr, before)):
            found = verify(busy.ledger.log, views, keys=keys, outside=[note])
            assert any(one.fault for one in found), (number, said)
            count += 1
        for statement in (
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"TRUNCATE {table}",
            f"INSERT INTO {table} SELECT * FROM spare.{table}",
            f"ALTER TABLE {table} ENABLE TRIGGER ALL",
            f"DROP TABLE spare.{table}",
        ):
            connection.execute(text(statement))
    return count


@pytest.fixture
def note(busy: Book, key: Ed25519PrivateKey) -> str:
    """The last of three checkpoints, which was kept elsewhere."""
    for _ in range(2):
        sign_head(busy.ledger.log, busy.views.tree, ORIGIN, key)
        busy.serve(BOB, 1)
    return sign_head(busy.ledger.log, busy.views.tree, ORIGIN, key)


def test_changes_on_postgresql_are_told(busy: Book, connection: Connection, public: VerifierKey, note: str):
    assert changed(busy, connection, [public], note, range(SOME))
    assert not any(
        one.fault for one in verify(busy.ledger.log, busy.views.all(), keys=[public], outside=[note])
    )


@pytest.mark.full
def test_a_hundred_changes_on_postgresql_are_told(
    busy: Book, connection: Connection, public: VerifierKey, note: str
):
    assert changed(busy, connection, [public], note, range(ALL)) > ALL // 2
