"""Putting the parts together: what is refused before anything is made or touched."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from ledger.bootstrap import STAFF, Ledger, open_for_reading, open_for_writing
from ledger.domain.commands import Refusal
from ledger.domain.opening import AlreadyOpen, OpenLedger
from ledger.opening import begin
from ledger.settings import read_settings
from ledger.store.errors import NoLedger, StoreHeld

NOTHING: Mapping[str, str] = {}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ledger"
    with open_for_writing(read_settings(folder, NOTHING), create=True) as ledger:
        _begun(ledger)
    return folder


def _begun(ledger: Ledger) -> None:
    begin(ledger.bank, OpenLedger(origin="timebank", zone="Asia/Shanghai"), by=STAFF, policy="standard")


def test_a_mistyped_folder_is_not_made_into_an_empty_ledger(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    with pytest.raises(NoLedger), open_for_writing(read_settings(nowhere, NOTHING)):
        pass
    assert not nowhere.exists()


def test_a_lost_directory_is_not_made_anew_beside_its_ledger(folder: Path) -> None:
    """Whoever imported the roster then would have registered everybody a second time."""
    for file in folder.glob("directory.sqlite*"):
        file.unlink()
    with pytest.raises(NoLedger, match="directory"), open_for_writing(read_settings(folder, NOTHING)):
        pass
    assert not (folder / "directory.sqlite").exists()


def test_an_emptied_directory_is_not_made_anew_either(folder: Path) -> None:
    for file in folder.glob("directory.sqlite*"):
        file.unlink()
    (folder / "directory.sqlite").touch()
    with pytest.raises(NoLedger, match="directory"), open_for_writing(read_settings(folder, NOTHING)):
        pass


def test_a_ledger_that_is_looked_at_can_rehearse_beside_its_writer(folder: Path) -> None:
    settings = read_settings(folder, NOTHING)
    with open_for_writing(settings), open_for_reading(settings) as other:
        desk = other.desk(by=STAFF, source="office", dry_run=True)
        with desk.hearing() as hear:
            assert hear([]) == []


def test_one_process_at_a_time_writes(folder: Path) -> None:
    settings = read_settings(folder, NOTHING)
    with open_for_writing(settings), pytest.raises(StoreHeld), open_for_writing(settings):
        pass


def test_a_ledger_begins_once_with_its_policy(folder: Path) -> None:
    settings = read_settings(folder, NOTHING)
    with open_for_writing(settings) as ledger:
        with pytest.raises(AlreadyOpen) as refused:
            _begun(ledger)
        assert isinstance(refused.value, Refusal)
        with ledger.reading(ledger.views.policies) as (connection, position):
            policy = ledger.views.policies.in_force(connection, date(1, 1, 1))
    assert policy is not None
    assert (policy.name, position) == ("standard", 2)


def test_the_folder_wins_over_the_url(tmp_path: Path) -> None:
    environment = {"TIMEBANK_DATABASE_URL": "postgresql://somewhere/else"}
    assert "somewhere" in read_settings(None, environment).ledger
    assert str(tmp_path) in read_settings(tmp_path, environment).ledger


def test_the_directory_of_a_file_named_by_url_lies_beside_it() -> None:
    settings = read_settings(None, {"TIMEBANK_DATABASE_URL": "sqlite:////data/ledger.sqlite"})
    assert settings.directory == "sqlite:////data/directory.sqlite"
