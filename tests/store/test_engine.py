"""Opening a store: what is refused, what is left alone, and who may read while another writes."""

import os
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from ledger.bootstrap import open_for_reading, open_for_writing
from ledger.settings import Settings, read_settings
from ledger.store import log as logs
from ledger.store.engine import Store, file_url
from ledger.store.errors import NoLedger, StoreError, StoreUnavailable
from ledger.store.log import Log, head
from tests.small_bank import ANN, STAFF, begin, register, running

ODD_NAMES = [
    "with space",
    "50%",
    "a%20b",
    "a%3fb",
    "what?",
    "a?b=c",
    "no#1",
    "志愿者 台账",
    "a&b;c",
    "it's",
    "x:y@z",
]


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file::memory:?cache=shared&uri=true",
        "sqlite:///file:ledger?mode=memory&uri=true",
    ],
)
def test_a_ledger_in_memory_is_refused(url: str):
    with pytest.raises(StoreError, match="memory"):
        Store(url, write=True)


@pytest.mark.parametrize("url", ["mysql://host/db", "oracle://host/db", "nonsense://host/db", "http://host/"])
def test_an_unknown_backend_is_refused(url: str):
    with pytest.raises(StoreError, match="SQLite or PostgreSQL"):
        Store(url, write=True)


def test_a_password_with_an_at_sign_was_told_as_a_host_that_is_not_found():
    with pytest.raises(StoreError) as refused:
        Store("postgresql://ann:first@second@127.0.0.1/db", write=True).begin().__enter__()
    assert "second" not in str(refused.value)
    assert "%40" in str(refused.value)


@pytest.mark.parametrize("url", ["", "ledger.sqlite", "postgresql", "postgresql://host:port/db"])
def test_what_is_no_url_is_refused(url: str):
    with pytest.raises(StoreError, match="cannot be read"):
        Store(url, write=True)


def test_options_of_a_file_are_refused_rather_than_dropped(tmp_path: Path):
    with pytest.raises(StoreError, match="%3F"):
        Store(f"sqlite:///{tmp_path}/what?/ledger.sqlite", write=True)
    assert list(tmp_path.iterdir()) == []


def test_a_database_is_never_its_own_lock(tmp_path: Path):
    precious = tmp_path / "ledger.lock"
    precious.write_bytes(b"precious")
    with pytest.raises(StoreError, match="its own lock"):
        Store(file_url(precious), write=True)
    assert precious.read_bytes() == b"precious"


def test_a_reader_of_no_ledger_makes_nothing(tmp_path: Path):
    with pytest.raises(NoLedger, match="timebank init"):
        Store(file_url(tmp_path / "there" / "ledger.sqlite"), write=False)
    with pytest.raises(NoLedger), open_for_reading(read_settings(tmp_path / "there", {})):
        pass
    with pytest.raises(NoLedger), open_for_writing(read_settings(tmp_path / "there", {})):
        pass
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_no_ledger(database_url: str):
    Store(database_url, write=True).close()
    if database_url.startswith("sqlite"):
        Path(database_url.removeprefix("sqlite:///")).touch()
    with pytest.raises(NoLedger), open_for_reading(Settings(database_url, database_url)):
        pass
    with pytest.raises(NoLedger), open_for_writing(Settings(database_url, database_url)):
        pass


def test_a_file_that_is_no_database_is_told_of(tmp_path: Path):
    path = tmp_path / "ledger.sqlite"
    path.write_text("volunteer,minutes\n" * 100)
    for write in (False, True):
        store = Store(file_url(path), write=write)
        with pytest.raises(StoreUnavailable, match="not a database"):
            Log(store).refuse_unmigrated()
        store.close()
    assert path.read_text() == "volunteer,minutes\n" * 100


def test_a_folder_that_cannot_be_made_is_told_of(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="no ledger can be kept in"):
        Store(file_url(tmp_path / "file" / "ledger.sqlite"), write=True)


def test_a_folder_that_the_environment_names_in_bytes_that_are_no_text_was_a_traceback():
    # How the system hands on bytes that no encoding explains.
    named = os.fsdecode(b"/tmp/\xff")
    with pytest.raises(StoreError, match=r"/tmp/\\udcff/ledger.sqlite holds bytes that are no text"):
        read_settings(None, {"TIMEBANK_DATA": named})


def test_no_server_is_told_of_without_the_password(tmp_path: Path):
    store = Store(f"postgresql://ann:secret@/none?host={tmp_path}", write=True)
    with pytest.raises(StoreUnavailable) as caught:
        Log(store).migrate()
    assert "secret" not in str(caught.value)
    store.close()


@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO event VALUES (1, 't', '[]', 'd')", "CREATE TABLE x (y int)", "DROP TABLE event"],
)
def test_a_reader_cannot_write(log: Log, database_url: str, statement: str):
    reader = Store(database_url, write=False)
    for opened in (reader.begin, reader.snapshot, log.store.snapshot):
        with pytest.raises(StoreUnavailable, match=r"readonly|read-only"), opened() as connection:
            connection.execute(text(statement))
    reader.close()


def test_the_servers_default_isolation_changes_nothing(postgres_url: str):
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("ALTER ROLE postgres SET default_transaction_isolation = 'serializable'")
    try:
        store = Store(postgres_url, write=True)
        for opened, isolation in ((store.begin, "read committed"), (store.snapshot, "repeatable read")):
            with opened() as connection:
                assert connection.execute(text("SHOW transaction_isolation")).scalar() == isolation
        store.close()
    finally:
        with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("ALTER ROLE postgres RESET default_transaction_isolation")


def test_a_reader_works_while_a_writer_holds_the_lock(database_url: str):
    writer = Log(Store(database_url, write=True))
    writer.migrate()
    with running(writer) as bank:
        begin(bank, ANN)
        reader = Log(Store(database_url, write=False))
        with writer.appending() as connection:
            logs.insert(connection, [logs.StoredEvent(5, "unfinished", "[]", "d")])
            reader.refuse_unmigrated()
            for store in (reader.store, writer.store):
                with store.snapshot() as look:
                    assert logs.head(look) == 4
            connection.rollback()
    reader.store.close()
    writer.store.close()


def test_a_snapshot_sees_one_moment_and_holds_up_nobody(database_url: str):
    log = Log(Store(database_url, write=True))
    log.migrate()
    with running(log) as bank:
        begin(bank, ANN)
        with log.store.snapshot() as connection:
            assert logs.head(connection) == 4
            bank.handle(register("vol_new"), by=STAFF)
            assert logs.head(connection) == 4
        with log.store.snapshot() as connection:
            assert logs.head(connection) == 5
    log.store.close()


@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_folder_name_is_taken_as_it_stands(tmp_path: Path, name: str):
    settings = read_settings(tmp_path / name, {})
    with open_for_writing(settings, create=True) as ledger:
        begin(ledger.bank)
    with open_for_reading(settings) as ledger:
        assert ledger.opened().origin == "timebank"
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert {path.name for path in (tmp_path / name).iterdir()} >= {"ledger.sqlite", "directory.sqlite"}


def test_what_sqlite_lays_beside_a_file_was_left_there_where_a_reader_was_closed_last(tmp_path: Path):
    for number in range(20):
        store = Store(f"sqlite:///{tmp_path / f'{number}.sqlite'}", write=True)
        Log(store).migrate()
        with store.snapshot() as connection:
            assert head(connection) == 0
        store.close()
    assert [*tmp_path.glob("*-wal"), *tmp_path.glob("*-shm")] == []
