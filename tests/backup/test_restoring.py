"""What is restored is what was backed up, from any database to any other."""

import contextlib
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select

from ledger.audit.notes import VerifierKey
from ledger.audit.verification import verify
from ledger.backup.form import MANIFEST, BadBackup
from ledger.bootstrap import Ledger, open_for_writing
from ledger.people.erasures import Erasure
from ledger.settings import Settings
from ledger.store.engine import Store
from ledger.store.schema import CHECKPOINT, EVENT, EVENT_TAG
from tests.backup.conftest import PEOPLE, Backed, embedded, restored
from tests.projections.book import ANN, BOB, CID, NOON, Book

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def stored(ledger: Ledger) -> list[list[Any]]:
    """Every row of the log."""
    with ledger.log.store.snapshot() as connection:
        return [
            sorted(tuple(row) for row in connection.execute(select(table)))
            for table in (EVENT, EVENT_TAG, CHECKPOINT)
        ]


@pytest.mark.slow
def test_a_backup_comes_back_whole_in_any_database(
    book: Book, sign: Callable[[], str], back_up: Backed, place: Settings, public: VerifierKey, tmp_path: Path
):
    sign()
    book.serve(BOB, 45)
    kept = sign()
    book.serve(BOB, 1)
    manifest = back_up(tmp_path / "backup")
    book.serve(BOB, 2)
    events, tags, checkpoints = stored(book.ledger)
    done = restored(tmp_path / "backup", place, kept=[kept])
    assert (done.manifest, done.erasures, done.erased_again) == (manifest, (), 0)
    with open_for_writing(place, now=lambda: NOON) as ledger:
        # What came after the backup is no part of it.
        assert manifest.position == len(events) - 1
        before = [
            [row for row in rows if row[at] <= manifest.position] for rows, at in ((events, 0), (tags, 1))
        ]
        assert stored(ledger) == [*before, checkpoints]
        assert ledger.directory.content() == book.ledger.directory.content()
        assert ledger.directory.by_id([ANN, BOB]) == {one.volunteer: one for one in PEOPLE}
        found = list(verify(ledger.log, ledger.views.all(), keys=[public], outside=[kept]))
        assert [one for one in found if one.fault] == []
        # And it goes on.
        assert Book(ledger, count(900)).serve(BOB, 3)


@pytest.mark.slow
@on_sqlite
def test_where_there_is_a_ledger_nothing_is_restored(back_up: Backed, place: Settings, tmp_path: Path):
    back_up(tmp_path / "backup")
    restored(tmp_path / "backup", place)
    with open_for_writing(place, now=lambda: NOON) as ledger:
        Book(ledger, count(900)).serve(ANN, 5)
        before = stored(ledger)
    with pytest.raises(FileExistsError):
        restored(tmp_path / "backup", place)
    with open_for_writing(place, now=lambda: NOON) as ledger:
        assert stored(ledger) == before


@on_sqlite
def test_a_database_that_met_a_bad_backup_is_as_empty_as_before(
    back_up: Backed, place: Settings, tmp_path: Path
):
    back_up(tmp_path / "backup")
    with (tmp_path / "backup" / "persons.jsonl").open("a") as file:
        file.write("{}\n")
    events = tmp_path / "backup" / "events.jsonl"
    whole = events.read_bytes()
    for wrong in (whole, whole[:-1], whole.replace(b"stf_office", b"stf_clerk7", 1)):
        events.write_bytes(wrong)
        with pytest.raises(BadBackup):
            restored(tmp_path / "backup", place)
        store = Store(place.ledger, write=True)
        with contextlib.closing(store), store.begin() as connection:
            assert inspect(connection).get_table_names() == []
            assert "directory" not in inspect(connection).get_schema_names()


@on_sqlite
def test_whoever_is_on_a_list_comes_back_nowhere(
    book: Book, back_up: Backed, place: Settings, tmp_path: Path
):
    directory = book.ledger.directory
    [person] = directory.persons([("Office", "王五")], add=False).values()
    directory.put([PEOPLE[0]._replace(volunteer=CID, number="SD03")])
    directory.erase(CID)
    back_up(tmp_path / "backup")
    directory.erase(ANN)
    directory.erase_person(person)
    newest = directory.content().erasures
    done = restored(tmp_path / "backup", place, erased=newest)
    assert (set(done.erasures), done.erased_again) == (set(newest), 2)
    with open_for_writing(place, now=lambda: NOON) as ledger:
        assert ledger.directory.content() == directory.content()
        assert ledger.directory.by_id([ANN, BOB, CID]) == {BOB: PEOPLE[1]}
        assert ledger.directory.was_erased(ANN)


@on_sqlite
def test_the_erased_are_in_no_byte_of_what_is_restored(back_up: Backed, tmp_path: Path):
    back_up(tmp_path / "backup")
    place = embedded(tmp_path / "place")
    restored(tmp_path / "backup", place, erased=[Erasure(ANN, "2028-06-01T04:00:00Z")])
    left = b"".join(path.read_bytes() for path in (tmp_path / "place").iterdir())
    assert [text for text in PEOPLE[0][1:] if text.encode() in left if text not in PEOPLE[1]] == []
    assert PEOPLE[1].name.encode() in left


@on_sqlite
def test_an_interrupted_backup_leaves_nothing_that_looks_whole(
    back_up: Backed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    place = tmp_path / "backups"
    for fault in (OSError(28, "No space left on device"), KeyboardInterrupt()):

        def fail(_handle: int, fault: BaseException = fault) -> None:
            raise fault

        with monkeypatch.context() as patched:
            patched.setattr("os.fsync", fail)
            with pytest.raises(type(fault)):
                back_up(place / "monday")
        assert list(place.iterdir()) == []
    back_up(place / "monday")
    assert (place / "monday" / MANIFEST).exists()
    assert {path.stat().st_mode & 0o777 for path in place.rglob("*.*")} == {0o600}
    assert (place / "monday").stat().st_mode & 0o777 == 0o700


@on_sqlite
def test_a_backup_is_never_overwritten(back_up: Backed, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    back_up(tmp_path / "empty")
    (tmp_path / "file").touch()
    for there in ("empty", "file"):
        with pytest.raises(FileExistsError):
            back_up(tmp_path / there)


@on_sqlite
def test_a_log_that_is_not_what_was_signed_gives_no_backup(
    book: Book, sign: Callable[[], str], back_up: Backed, tmp_path: Path
):
    sign()
    book.execute(
        "DROP TRIGGER event_update",
        "UPDATE event SET data = replace(data, 'stf_office', 'stf_clerk') WHERE position = 7",
    )
    with pytest.raises(BadBackup, match="not those that were signed"):
        back_up(tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
