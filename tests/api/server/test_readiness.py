"""When a server says that it is ready, and what it warns of."""

import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from ledger.bootstrap import Ledger, open_for_reading
from ledger.hosting import readiness
from ledger.hosting.readiness import NOBODY, REPLACED, UNWRITABLE, Readiness
from ledger.hosting.warned import warnings_of
from ledger.people.migrations import SCHEMA
from ledger.settings import Settings, read_settings
from ledger.store.privacy import open_paths
from projections.running import inline, states
from tests.api.asking import Asking
from tests.api.clock import Clock
from tests.api.village import ANN, BOB, OFFICE
from tests.contest.served import serving
from tests.contest.test_kills import set_up
from tests.small_bank import give

PATIENCE_SECONDS = 20


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """A write is tried each time that somebody asks."""
    monkeypatch.setattr(readiness, "_LEAST_SECONDS_BETWEEN", 0.0)


def pragma(ledger: Ledger, words: str) -> None:
    """Tell the writer's connection something, outside any transaction."""
    pooled = ledger.log.store.engine.raw_connection()
    assert pooled.driver_connection is not None
    pooled.driver_connection.execute(f"PRAGMA {words}").fetchall()
    pooled.close()


def forbid_writing(ledger: Ledger, *, forbidden: bool) -> None:
    """Have the database refuse every write from now on, or no longer."""
    store = ledger.log.store
    if store.embedded:
        pragma(ledger, f"query_only={'ON' if forbidden else 'OFF'}")
        return
    with store.begin() as connection:
        connection.execute(text(_FULL if forbidden else "DROP TRIGGER full_disk ON projection"))


_FULL = """
CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON projection EXECUTE FUNCTION full_disk()
"""


@pytest.mark.usefixtures("eager")
def test_a_server_is_not_ready_while_nothing_can_be_written(client: Asking, ledger: Ledger):
    assert client.get("/readyz").json()["status"] == "ready"
    forbid_writing(ledger, forbidden=True)
    for _ in range(2):
        refused = client.get("/readyz")
        assert refused.status_code == 503
        assert refused.json()["reasons"] == [UNWRITABLE[0]]
        assert client.get("/healthz").status_code == 200
    forbid_writing(ledger, forbidden=False)
    assert client.get("/readyz").json()["status"] == "ready"


@pytest.mark.usefixtures("eager")
def test_a_server_was_ready_while_its_directory_was_out_of_reach(client: Asking, ledger: Ledger):
    held = "volunteer" if ledger.log.store.embedded else f"{SCHEMA}.volunteer"
    with ledger.directory.store.begin() as connection:
        connection.execute(text(f"ALTER TABLE {held} RENAME TO elsewhere"))
    refused = client.get("/readyz")
    assert (refused.status_code, refused.json()["reasons"]) == (503, [NOBODY[0]])
    with ledger.directory.store.begin() as connection:
        connection.execute(text(f"ALTER TABLE {held.replace('volunteer', 'elsewhere')} RENAME TO volunteer"))
    assert client.get("/readyz").json()["status"] == "ready"


@pytest.mark.usefixtures("eager")
@pytest.mark.databases("sqlite")
def test_a_server_was_ready_while_its_directory_took_no_writes(client: Asking, ledger: Ledger):
    with ledger.directory.store.begin() as connection:
        refuse = "BEGIN SELECT RAISE(ABORT, 'no'); END"
        connection.execute(text(f"CREATE TRIGGER refuse BEFORE UPDATE ON directory_version {refuse}"))
    refused = client.get("/readyz")
    assert (refused.status_code, refused.json()["reasons"]) == (503, [UNWRITABLE[0]])


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("which", ["log", "directory"])
def test_a_server_was_ready_whose_files_were_gone_and_what_it_recorded_was_lost(
    client: Asking, ledger: Ledger, which: str
):
    assert client.get("/readyz").json()["status"] == "ready"
    path = Path(getattr(ledger, which).store.url.database or "")
    path.rename(path.with_suffix(".away"))
    refused = client.get("/readyz")
    assert refused.status_code == 503
    assert REPLACED[0] in refused.json()["reasons"]
    path.write_bytes(path.with_suffix(".away").read_bytes())
    assert REPLACED[0] in client.get("/readyz").json()["reasons"], "another file is none of this server's"
    path.with_suffix(".away").replace(path)
    assert client.get("/readyz").json()["status"] == "ready"


@pytest.mark.usefixtures("eager")
def test_to_try_a_write_changes_nothing(ledger: Ledger):
    def held() -> list[Any]:
        with ledger.log.store.snapshot() as connection:
            return [
                tuple(row) for row in connection.execute(states.TABLE.select().order_by(states.TABLE.c.name))
            ]

    before, sizes = held(), list[int]()
    ledger.bank.tell_of_commits(lambda commands, _facts: sizes.append(commands))
    assert Readiness(ledger, read_only=False).told().reasons == []
    assert held() == before
    assert sizes == []


@pytest.mark.databases("sqlite")
def test_to_try_a_write_writes(ledger: Ledger):
    """SQLite writes nothing where nothing changes, and a full disk would not be found."""
    wal = Path(ledger.log.store.url.database or "").with_name("ledger.sqlite-wal")
    pragma(ledger, "wal_checkpoint(TRUNCATE)")
    assert wal.stat().st_size == 0
    assert ledger.bank.try_to_write().result() == []
    assert wal.stat().st_size > inline._USUAL_CHARACTERS


@pytest.mark.databases("sqlite")
def test_a_write_is_tried_once_a_second_however_often_somebody_asks(ledger: Ledger):
    ringing = ledger.log.appended
    before = ringing.rings
    found = Readiness(ledger, read_only=False)
    for _ in range(50):
        assert found.told().reasons == []
    assert ringing.rings == before + 1


@pytest.mark.usefixtures("eager")
@pytest.mark.databases("sqlite")
def test_after_a_write_failed_a_large_one_must_succeed(ledger: Ledger, monkeypatch: pytest.MonkeyPatch):
    tried: list[int] = []
    whole = states.write_and_erase

    def write(connection: Any, characters: int) -> None:
        tried.append(characters)
        whole(connection, characters)

    monkeypatch.setattr(states, "write_and_erase", write)
    found = Readiness(ledger, read_only=False)
    assert found.told().reasons == []
    forbid_writing(ledger, forbidden=True)
    with pytest.raises(Exception, match="readonly"):
        ledger.bank.handle(give(ANN, BOB, 1), by=OFFICE)
    assert found.told().reasons == [UNWRITABLE]
    forbid_writing(ledger, forbidden=False)
    assert found.told().reasons == []
    assert found.told().reasons == []
    usual, large, *_ = sorted(set(tried))
    assert tried == [usual, large, usual]


@pytest.mark.databases("sqlite")
def test_a_trial_that_fails_keeps_nobody_from_the_log(ledger: Ledger, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(states, "write_and_erase", fail)
    asked = [ledger.bank.submit([]), ledger.bank.try_to_write()]
    receipt = ledger.bank.handle(give(ANN, BOB, 1), by=OFFICE)
    assert receipt.position > 0
    assert [len(one.result(PATIENCE_SECONDS)) for one in asked] == [0, 1]


@pytest.mark.databases("sqlite")
def test_a_server_whose_writer_hangs_is_not_ready(ledger: Ledger, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(readiness, "_PATIENCE_SECONDS", 0.01)
    go = threading.Event()
    monkeypatch.setattr(states, "write_and_erase", lambda *_: go.wait(PATIENCE_SECONDS))
    found = Readiness(ledger, read_only=False)
    for _ in range(3):
        assert found.told().reasons == [UNWRITABLE]
    go.set()
    monkeypatch.setattr(readiness, "_PATIENCE_SECONDS", PATIENCE_SECONDS)
    assert found.told().reasons == []


@pytest.mark.databases("sqlite")
def test_a_server_that_only_reads_tries_no_write(ledger: Ledger):
    with open_for_reading(ledger.settings) as looked_at:
        assert Readiness(looked_at, read_only=True).told().reasons == []


def codes(ledger: Ledger) -> dict[str, str]:
    return {one.code: one.detail[0] for one in warnings_of(ledger)}


def test_a_clock_behind_the_newest_fact_is_told(ledger: Ledger, clock: Clock, client: Asking):
    assert "clock-behind" not in codes(ledger)
    clock.forward(hours=-3)
    assert "3 h" in codes(ledger)["clock-behind"]
    told = client.get("/readyz").json()
    assert told["status"] == "ready"
    assert "clock-behind" in {one["code"] for one in told["warnings"]}
    answer = client.get("/readyz", headers={"Accept-Language": "zh-CN"})
    [warned] = [one for one in answer.json()["warnings"] if one["code"] == "clock-behind"]
    assert warned["detail"].startswith("系统时钟比最新事件落后3小时：")
    assert answer.headers["Vary"] == "Accept-Language"


def test_an_old_sqlite_is_told_on_an_embedded_ledger(ledger: Ledger, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 2))
    assert ("sqlite-old" in codes(ledger)) == ledger.log.store.embedded
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
    assert "sqlite-old" not in codes(ledger)


@pytest.mark.databases("sqlite")
def test_a_ledger_that_others_can_open_is_told_and_no_path_of_it(ledger: Ledger, tmp_path: Path):
    def close() -> None:
        # The key is shared with other tests.
        for path in (tmp_path, *tmp_path.iterdir(), ledger.settings.checkpoint_key_file()):
            path.chmod(0o700 if path.is_dir() else 0o600)

    close()
    assert open_paths(ledger.settings.kept()) == []
    assert "open-folder" not in codes(ledger)
    for path in (tmp_path, tmp_path / "ledger.sqlite", tmp_path / "people.sqlite"):
        path.chmod(path.stat().st_mode | 0o040)
        assert open_paths(ledger.settings.kept()) == [path]
        assert str(tmp_path) not in codes(ledger)["open-folder"]
        close()
    assert open_paths(Settings("postgresql://x/y", "postgresql://x/y").kept()) == []


@pytest.mark.slow
def test_a_server_tells_at_its_start_what_it_warns_of(tmp_path: Path):
    settings = read_settings(tmp_path / "ledger", {})
    set_up(settings)
    (tmp_path / "ledger").chmod(0o755)
    with serving(settings.ledger, tmp_path, "--log-level", "info") as server:
        told = httpx.get(f"{server.address}/readyz").json()
        server.stop()
        lines = server.log.read_text().splitlines()
    [detail] = [one["detail"] for one in told["warnings"] if one["code"] == "open-folder"]
    # The terminal alone is told where they are.
    assert str(tmp_path) not in detail
    assert any(
        line.startswith(f"Warning: open to others than their owner: {tmp_path / 'ledger'}") for line in lines
    )
    logged = [json.loads(line) for line in lines if line.startswith("{")]
    assert ("warned", "open-folder", detail) in {
        (one["event"], one.get("code"), one.get("detail")) for one in logged
    }
