"""Backups are made while another process writes: each is restored, and holds whatever was acknowledged by then."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.audit.verification import verify
from ledger.backup.reading import Backup
from ledger.backup.restoring import restore
from ledger.backup.writing import Source, write_backup
from ledger.bootstrap import open_for_reading, open_for_writing, open_place
from ledger.domain.events import VolunteerRegistered
from ledger.settings import Settings, read_settings
from ledger.store.codec import decode
from ledger.store.log import batches, head
from tests.programs import Program
from tests.small_bank import begin


class Registrar:
    """A writing process, and what it has reported so far: volunteers, with the positions of their receipts."""

    def __init__(self, settings: Settings) -> None:
        where = settings.ledger, settings.directory
        self._process = Program(*where, module="tests.contest.registrar")
        self.told: dict[str, int] = {}
        self.grew = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        for line in self._process.stdout:
            volunteer, position = line.split()
            with self.grew:
                self.told[volunteer] = int(position)
                self.grew.notify_all()

    def tells_more(self, many: int) -> dict[str, int]:
        """What it has told once it told so many more."""
        with self.grew:
            wanted = len(self.told) + many
            assert self.grew.wait_for(lambda: len(self.told) >= wanted, timeout=60)
            return dict(self.told)

    def tells_of_later(self, position: int) -> dict[str, int]:
        """What it has told once it told of somebody beyond a position; what comes first may be older."""
        with self.grew:
            assert self.grew.wait_for(lambda: max(self.told.values()) > position, timeout=60)
            return dict(self.told)

    def end(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._reader.join()
        self._process.kill()


@contextlib.contextmanager
def at_work(settings: Settings) -> Iterator[Registrar]:
    registrar = Registrar(settings)
    try:
        yield registrar
    finally:
        registrar.end()


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Settings:
    embedded = database_url.startswith("sqlite")
    settings = read_settings(tmp_path / "ledger", {}) if embedded else Settings(database_url, database_url)
    with open_for_writing(settings, create=True) as ledger:
        begin(ledger.bank)
    return settings


def back_up_again_and_again(served: Settings, folder: Path, times: int) -> tuple[int, int]:
    """How many registrations the last backup held, and how many were made meanwhile, all in all."""
    held: dict[str, int] = {}
    with at_work(served) as registrar:
        for number in range(times):
            before = registrar.tells_more(20)
            backup = folder / f"backup-{number}"
            with open_for_reading(served) as ledger:
                manifest = write_backup(Source(ledger.log, ledger.directory, "timebank", None), backup)
            assert manifest.position >= max(before.values())
            # Somebody was registered since, or this is no load.
            after = registrar.tells_of_later(manifest.position)
            held = registrations(backup, read_settings(folder / f"restored-{number}", {}))
            promised = {one: at for one, at in after.items() if at <= manifest.position}
            assert promised.items() <= held.items()
    return len(held), len(registrar.told)


def registrations(backup: Path, place: Settings) -> dict[str, int]:
    """Whom a restored ledger has registered, and where; each of them is in its directory."""
    with open_place(place) as (log, directory):
        restore(Backup(backup), log, directory)
    with open_for_writing(place) as ledger:
        assert [one for one in verify(ledger.log, ledger.views.all(), keys=[]) if one.fault] == []
        with ledger.log.store.snapshot() as connection:
            events = {
                row.position: decode(row.data)
                for rows in batches(connection, 0, head(connection))
                for row in rows
            }
        held = {one.volunteer: at for at, one in events.items() if isinstance(one, VolunteerRegistered)}
        assert held.keys() <= ledger.directory.by_id(held).keys()
        return held


@pytest.mark.slow
def test_a_backup_under_load_holds_whatever_was_acknowledged(served: Settings, tmp_path: Path):
    held, _ = back_up_again_and_again(served, tmp_path, times=1)
    assert held > 0


@pytest.mark.full
def test_twenty_backups_under_load_hold_whatever_was_acknowledged(
    served: Settings, tmp_path: Path, figures: list[str]
):
    held, made = back_up_again_and_again(served, tmp_path, times=20)
    kind = "SQLite" if served.ledger.startswith("sqlite") else "PostgreSQL"
    figures.append(f"20 backups under load on {kind}: all whole, {held} of {made} registrations in the last")
