"""The log itself: gap-free, append-only by the database's own word, and its bytes are what was encoded."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from ledger.application import Ask
from ledger.store import log as logs
from ledger.store.codec import StoredEvent, decode, encode
from ledger.store.log import Log
from tests.small_bank import ANN, BOB, STAFF, attest, begin, give, migrated, register, running

NOON = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)

Raw = Callable[[str], list[Any]]
"""Runs one statement over the database's own driver, and commits it."""


class ClosedDoor(Exception):
    """The database refused a statement."""


@pytest.fixture
def raw(log: Log, database_url: str) -> Iterator[Raw]:
    url = make_url(database_url)
    if log.store.embedded:
        assert url.database is not None
        with closing(sqlite3.connect(url.database, isolation_level=None)) as connection:
            yield lambda statement: _run(connection, statement, sqlite3.Error)
    else:
        with psycopg.connect(
            host=str(url.query["host"]), user=url.username, dbname=url.database, autocommit=True
        ) as connection:
            yield lambda statement: _run(connection, statement, psycopg.Error)


def _run(connection: Any, statement: str, failure: type[Exception]) -> list[Any]:
    try:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []
    except failure as error:
        raise ClosedDoor(str(error)) from error


def stored(position: int, *tags: str) -> StoredEvent:
    return StoredEvent(position, "happened", "[]" if not tags else f'["{tags[0]}"]', f"data{position}")


def append(log: Log, *rows: StoredEvent) -> None:
    with log.appending() as connection:
        logs.insert(connection, rows)


def everything(raw: Raw) -> list[Any]:
    return raw("SELECT * FROM event ORDER BY position") + raw(
        "SELECT * FROM event_tag ORDER BY tag, position"
    )


def test_a_rolled_back_append_leaves_no_gap(log: Log, raw: Raw):
    append(log, stored(1))
    for _ in range(3):
        with contextlib.suppress(ZeroDivisionError), log.appending() as connection:
            logs.insert(connection, [stored(2, "lost"), stored(3)])
            raise ZeroDivisionError
    append(log, stored(2), stored(3))
    assert raw("SELECT position FROM event ORDER BY position") == [(1,), (2,), (3,)]
    assert raw("SELECT * FROM event_tag") == []


FORBIDDEN = {
    "update": "UPDATE event SET data = 'forged' WHERE position = 1",
    "update of the position": "UPDATE event SET position = 9 WHERE position = 2",
    "delete": "DELETE FROM event WHERE position = 2",
    "delete of all": "DELETE FROM event",
    "insert beyond the head": "INSERT INTO event VALUES (4, 't', '[]', 'd')",
    "insert at a taken position": "INSERT INTO event VALUES (2, 't', '[]', 'd')",
    "insert before the first": "INSERT INTO event VALUES (0, 't', '[]', 'd')",
    "insert of several, one wrong": "INSERT INTO event VALUES (3, 't', '[]', 'd'), (5, 't', '[]', 'd')",
    "insert without a position": "INSERT INTO event (type, tags, data) VALUES ('t', '[]', 'd')",
    "insert without data": "INSERT INTO event VALUES (3, 't', '[]', NULL)",
    "upsert": (
        "INSERT INTO event VALUES (2, 't', '[]', 'forged') ON CONFLICT (position) DO UPDATE SET data = 'forged'"
    ),
    "quiet upsert": "INSERT INTO event VALUES (1, 't', '[]', 'forged') ON CONFLICT DO NOTHING",
    "update of a tag": "UPDATE event_tag SET type = 'forged'",
    "delete of a tag": "DELETE FROM event_tag WHERE tag = 'a'",
    "upsert of a tag": (
        "INSERT INTO event_tag VALUES ('a', 1, 'forged') ON CONFLICT (tag, position) DO UPDATE SET type = 'x'"
    ),
    "second insert of a tag": "INSERT INTO event_tag VALUES ('a', 1, 'forged')",
    "another tag for a recorded event": "INSERT INTO event_tag VALUES ('b', 1, 'happened')",
}
FORBIDDEN_ON_SQLITE = {
    "insert or replace": "INSERT OR REPLACE INTO event VALUES (1, 't', '[]', 'forged')",
    "replace": "REPLACE INTO event VALUES (2, 't', '[]', 'forged')",
    "insert or ignore": "INSERT OR IGNORE INTO event VALUES (1, 't', '[]', 'forged')",
    "update or replace": "UPDATE OR REPLACE event SET position = 1 WHERE position = 2",
    "replace of a tag": "INSERT OR REPLACE INTO event_tag VALUES ('a', 1, 'forged')",
    "update or replace of a tag": "UPDATE OR REPLACE event_tag SET tag = 'a', position = 1 WHERE tag = 'b'",
}
FORBIDDEN_ON_POSTGRESQL = {
    "truncate": "TRUNCATE event",
    "truncate of both": "TRUNCATE event, event_tag CASCADE",
    "truncate of the tags": "TRUNCATE event_tag",
    "merge": (
        "MERGE INTO event USING (VALUES (1)) AS new (at) ON position = at WHEN MATCHED THEN UPDATE SET data = 'x'"
    ),
}


def _refused(raw: Raw, statement: str) -> None:
    before = everything(raw)
    with pytest.raises(ClosedDoor):
        raw(statement)
    assert everything(raw) == before


@pytest.fixture
def two_events(log: Log) -> None:
    append(log, stored(1, "a"), stored(2, "b"))


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN.keys())
@pytest.mark.usefixtures("two_events")
def test_the_database_itself_refuses(raw: Raw, statement: str):
    _refused(raw, statement)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("statement", FORBIDDEN_ON_SQLITE.values(), ids=FORBIDDEN_ON_SQLITE.keys())
@pytest.mark.usefixtures("two_events")
def test_sqlite_itself_refuses(raw: Raw, statement: str):
    _refused(raw, statement)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize("statement", FORBIDDEN_ON_POSTGRESQL.values(), ids=FORBIDDEN_ON_POSTGRESQL.keys())
@pytest.mark.usefixtures("two_events")
def test_postgresql_itself_refuses(raw: Raw, statement: str):
    _refused(raw, statement)


def test_events_lie_there_as_text_of_the_bytes_that_were_encoded(log: Log, raw: Raw):
    with running(log) as bank:
        begin(bank, ANN)
        [recorded] = bank.handle(attest(ANN, 90), by=STAFF).events
    kind = (
        "typeof(data), typeof(tags)" if log.store.embedded else "pg_typeof(data)::text, pg_typeof(tags)::text"
    )
    [(data, *kinds)] = raw(f"SELECT data, {kind} FROM event WHERE position = {recorded.position}")
    assert kinds == ["text", "text"]
    assert data == encode(recorded.event)
    assert '"activity_name":"重阳节慰问"' in data
    assert raw("SELECT data FROM event ORDER BY position") == [(row.data,) for row in whole(log)]


def test_the_tags_of_an_event_are_indexed_once_each(log: Log, raw: Raw):
    append(log, StoredEvent(1, "t", '["b","a","b"]', "d"))
    assert raw("SELECT tag, position, type FROM event_tag ORDER BY tag") == [("a", 1, "t"), ("b", 1, "t")]
    assert [row.tags for row in whole(log)] == ['["b","a","b"]']


def test_the_moment_of_recording_never_goes_back_though_the_clock_does(log: Log):
    hours = iter([0, 3, 1, -5, 2, 4, 6])
    with running(log, now=lambda: NOON + timedelta(hours=next(hours))) as bank:
        begin(bank)
        moments = [bank.handle(register(f"vol_{n:03}"), by=STAFF).events[0].event.at for n in range(6)]
    assert [moment - NOON for moment in moments] == [timedelta(hours=h) for h in (3, 3, 3, 3, 4, 6)]
    assert [decode(row.data).at for row in whole(log)][-6:] == moments


def test_positions_are_gap_free_whatever_was_refused(log: Log):
    with running(log) as bank:
        begin(bank, ANN, BOB)
        for minutes in (10, 2_000, 20, 1_441, 30):
            bank.handle_many([Ask(attest(ANN, minutes), STAFF), Ask(give(BOB, ANN, 1), STAFF)])
    assert [row.position for row in whole(log)] == list(range(1, 9))


def whole(log: Log) -> list[StoredEvent]:
    with log.store.snapshot() as connection:
        return logs.between(connection, 0, logs.head(connection))


def test_reading_in_batches_gives_every_event_once(log: Log):
    append(log, *(stored(position) for position in range(1, 24)))
    with log.store.snapshot() as connection:
        lists = list(logs.batches(connection, 2, 23, size=5))
    assert [len(some) for some in lists] == [5, 5, 5, 5, 1]
    assert [row.position for some in lists for row in some] == list(range(3, 24))


def test_more_tags_than_a_query_takes_are_all_looked_up(log: Log):
    append(log, *(stored(position, f"tag{position}") for position in range(1, 1_202)))
    with log.store.snapshot() as connection:
        found = list(logs.tagged(connection, [f"tag{n}" for n in range(1_300)]))
        assert [position for _, position, _ in found] == list(range(1, 1_202))
        assert list(logs.tagged(connection, ["tag5"], ("other",))) == []
        assert list(logs.tagged(connection, ["tag5"], ("happened", "other"))) == [("tag5", 5, "data5")]


def test_two_ledgers_share_a_database_in_schemas_of_their_own(postgres_url: str):
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute('CREATE SCHEMA "Other-One"')
    other_url = make_url(postgres_url).update_query_dict({"options": '-c search_path="Other-One"'})
    with (
        migrated(postgres_url) as one,
        migrated(other_url.render_as_string(hide_password=False)) as other,
        one.appending() as connection,
    ):
        logs.insert(connection, [stored(1, "a"), stored(2)])
        append(other, stored(1, "b"))
        assert [row.position for row in whole(other)] == [1]
        assert whole(one) == []


def test_an_event_that_somebody_put_far_beyond_the_others_had_all_readers_count_there(log: Log, raw: Raw):
    append(log, *(stored(position) for position in range(1, 8)))
    raw("DROP TRIGGER event_insert" if log.store.embedded else "ALTER TABLE event DISABLE TRIGGER ALL")
    raw(f"INSERT INTO event VALUES ({2**63 - 1}, 'happened', '[]', 'odd')")
    with log.store.snapshot() as connection:
        upto = logs.head(connection)
        read = list(islice(logs.batches(connection, 0, upto, size=3), 6))
        alone = list(islice(logs.batches(connection, 0, upto, ["gone"], upto), 2))
        between = list(islice(logs.spans(connection, 3, 10**6, 10), 3))
    # The beginning of the gap is read too, so that it is found.
    assert [[row.position for row in rows] for rows in read] == [[1, 2, 3], [4, 5, 6], [7], [], [upto]]
    assert (alone, between) == ([[]], [(3, 13), (13, 23)])
