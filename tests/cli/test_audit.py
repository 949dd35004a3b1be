"""Proofs at the command line: what an auditor types, and what a program reads."""

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ledger.bootstrap import open_for_writing
from ledger.settings import read_settings
from tests.cli.conftest import refused, run, told

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "ledger"
    assert run("demo", "--files", "--no-serve", "--data", folder).exit_code == 0
    return folder


@pytest.fixture
def county(demo: Path, tmp_path: Path) -> Path:
    """The demo's county, of each test's own."""
    return Path(shutil.copytree(demo, tmp_path / "ledger"))


def test_what_is_signed_is_proved_to_whoever_has_the_key(county: Path, tmp_path: Path):
    signed = told("audit", "sign", "--data", county)
    assert told("audit", "sign", "--data", county) == signed
    key = told("audit", "key", "--data", county)["verifier_key"]
    event, proof, bundle, program = (tmp_path / name for name in ("event", "proof", "bundle", "program.py"))
    found = told("audit", "receipt", 7, "--event", event, "--data", county)
    assert (found["position"], found["size"], found["event"] + "\n") == (
        7,
        signed["size"],
        event.read_text("utf-8"),
    )
    proof.write_text(found["receipt"], "utf-8")
    assert told("audit", "bundle", bundle, "--data", county)["size"] == signed["size"]
    program.write_text(run("audit", "verifier").stdout, "utf-8")
    for words in (("receipt", event, proof, key), ("bundle", bundle, key)):
        done = subprocess.run(
            [sys.executable, "-I", program, *map(str, words)], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr, done.stdout[:4]) == (0, "", "yes:")


def verdicts(*words: object, code: int) -> dict[str, Any]:
    return {one["name"]: one["fault"] for one in told("audit", "verify", *words, code=code)["items"]}


def test_a_ledger_is_verified_and_one_begun_anew_told_from_it(county: Path, tmp_path: Path):
    assert set(verdicts("--data", county, code=0).values()) == {None}
    kept = tmp_path / "kept"
    kept.write_text(told("audit", "sign", "--data", county)["checkpoint"], "utf-8")
    assert set(verdicts("--data", county, "--checkpoint", kept, code=0).values()) == {None}
    for file in ("ledger.sqlite", "directory.sqlite"):
        (county / file).unlink()
    assert run("init", "--data", county).exit_code == 0
    found = verdicts("--data", county, "--checkpoint", kept, code=1)
    assert "some were taken away" in found["checkpoints"]


def test_every_balance_is_recomputed_and_one_that_was_changed_told(county: Path, tmp_path: Path):
    found = told("audit", "recompute", "--data", county)
    assert (found["origin"], found["signed"]) == ("timebank", None)
    assert {one["fault"] for one in found["items"]} == {None}
    kept = tmp_path / "kept"
    signed = told("audit", "sign", "--data", county)
    kept.write_text(signed["checkpoint"], "utf-8")
    found = told("audit", "recompute", "--checkpoint", kept, "--data", county)
    assert (found["size"], found["signed"]) == (signed["size"], signed["size"])
    assert found["root"] in signed["checkpoint"]
    lines = run("audit", "recompute", "--processes", 1, "--data", county).stdout.splitlines()
    assert lines[0] == f"{signed['size']} events of timebank, root {found['root']}"
    assert lines[1] == f"Signed up to event {signed['size']}"
    assert lines[-1].split() == ["balances", "all", "is", "well"]
    with closing(sqlite3.connect(county / "ledger.sqlite")) as file, file:
        file.execute("UPDATE balance SET credit_minutes = credit_minutes + 1")
    found = told("audit", "recompute", "--data", county, code=1)
    faults = {one["name"]: one["fault"] for one in found["items"] if one["fault"]}
    assert list(faults) == ["balances"]
    assert re.fullmatch(
        r"vol_\w+ is shown with .+ of service and .+ of credits, and the events say .+", faults["balances"]
    )


def test_what_was_dropped_is_told_and_put_back_by_the_next_command_that_writes(county: Path):
    told("audit", "sign", "--data", county)
    with closing(sqlite3.connect(county / "ledger.sqlite")) as file, file:
        file.execute("DROP TRIGGER event_update")
        file.execute("DROP TRIGGER checkpoint_insert")
        file.execute("INSERT INTO checkpoint VALUES (1000000000, 'junk')")
    found = told("audit", "verify", "--data", county, code=1)
    faults = {one["name"]: one["fault"] for one in found["items"] if one["fault"]}
    assert faults == {
        "checkpoints": "the checkpoint of 1000000000 events that is stored cannot be trusted: this is no signed note",
        "tables and triggers": "the trigger checkpoint_insert of checkpoint is missing; "
        "the trigger event_update of event is missing",
    }
    signed = run("audit", "sign", "--data", county)
    assert signed.exit_code == 0
    assert "the checkpoint of 1000000000 events that is stored cannot be trusted" in signed.stderr
    found = told("audit", "verify", "--data", county, code=1)
    assert [one["name"] for one in found["items"] if one["fault"]] == ["checkpoints"]


@pytest.mark.parametrize("offset", [0, 4_096 * 3])
def test_a_file_that_is_none_any_more_was_no_fault_of_the_ledger_s(offset: int, county: Path):
    file = county / "ledger.sqlite"
    data = bytearray(file.read_bytes())
    data[offset : offset + 4_096] = b"\xff" * 4_096
    file.write_bytes(data)
    found = told("audit", "verify", "--data", county, code=1)
    assert any(one["name"] == "database file" and one["fault"] for one in found["items"])


@pytest.mark.parametrize("number", [0, 65, "many"])
def test_a_number_of_processes_that_is_none_is_refused(fresh: Path, number: object):
    assert refused("audit", "recompute", "--processes", number, "--data", fresh, code=2)["code"]


def test_who_signs_beside_a_server_is_told_how_the_server_signs(fresh: Path):
    with open_for_writing(read_settings(fresh, {})):
        error = refused("audit", "sign", "--data", fresh, code=3)
    assert error["code"] == "store-held"
    assert "POST /api/v1/audit/checkpoints" in error["message"]
    told("audit", "sign", "--data", fresh)


def test_a_lost_key_is_not_made_anew_by_who_serves(fresh: Path, monkeypatch: pytest.MonkeyPatch):
    """A new one could not sign on, and stood where the old one is put back."""
    monkeypatch.setattr("ledger.cli.tools.serving.serve_place", lambda served: None)
    monkeypatch.setattr("ledger.api.server.serving.refuse_taken", lambda *_: None)
    served = ("serve", "--data", fresh, "--sign-every", 5)
    key = fresh / "checkpoint-key.pem"
    # Where nothing is signed yet, there is none to lose.
    assert run(*served).exit_code == 0
    told("audit", "sign", "--data", fresh)
    key.unlink()
    assert "checkpoint-key.pem cannot be read" in run(*served).stderr
    assert not key.exists()


def test_what_cannot_be_done_is_told(county: Path, tmp_path: Path):
    assert refused("audit", "receipt", 1, "--data", county, code=2)["code"] == "not-signed"
    assert refused("audit", "key", "--data", county, code=3)["message"].endswith("No such file or directory")
    assert refused("audit", "bundle", tmp_path / "bundle", "--data", county, code=3)["message"]
    told("audit", "sign", "--data", county)
    assert refused("audit", "receipt", 10_000, "--data", county, code=2)["code"] == "not-signed"
    assert refused("audit", "bundle", county, "--data", county, code=2)["code"] == "unusable-folder"
    nothing = tmp_path / "nothing"
    nothing.write_text("nothing")
    error = refused("audit", "verify", "--checkpoint", nothing, "--data", county, code=2)
    assert error["code"] == "no-checkpoint"


def test_a_lost_key_was_made_anew_and_signed_nothing(county: Path):
    told("audit", "sign", "--data", county)
    (county / "checkpoint-key.pem").unlink()
    assert refused("audit", "sign", "--data", county, code=3)["code"] == "no-key"
    assert not (county / "checkpoint-key.pem").exists()
