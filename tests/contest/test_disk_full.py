"""The disk becomes full and is freed again: errors are clear, reading goes on, and nothing acknowledged is lost."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.contest.served import ROOT
from tests.contest.victim import THREADS

_OWN_MOUNTS = ("unshare", "--map-root-user", "--mount")
_FULL = "the database failed: database or disk is full"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("disk")
    try:
        subprocess.run([*_OWN_MOUNTS, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        pytest.skip(f"no process may have mounts of its own here: {problem!r}")
    command = [*_OWN_MOUNTS, sys.executable, "-m", "tests.contest.cramped", str(folder)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert ended.returncode == 0, ended.stderr
    assert list(Path(folder).iterdir()) == [], "the disk was the process's own"
    return json.loads(ended.stdout)


pytestmark = pytest.mark.slow


def test_whoever_writes_on_a_full_disk_is_told_so(told: dict[str, Any]):
    assert told["before"] > 0
    assert told["errors"] == told["errors_again"] == [_FULL] * THREADS


def test_a_server_is_not_ready_while_the_disk_is_full_and_is_once_there_is_room(told: dict[str, Any]):
    assert told["ready_before"]["status"] == "ready"
    assert told["ready_full"]["status"] == "not ready"
    assert told["ready_full"]["reasons"] == ["nothing can be written"]
    assert told["ready_after"]["status"] == "ready"


def test_reading_goes_on_while_the_disk_is_full(told: dict[str, Any]):
    assert told["read"] > 0


def test_writing_goes_on_once_there_is_room_and_nothing_acknowledged_was_lost(told: dict[str, Any]):
    assert told["errors_after"] == []
    assert told["after"] >= told["before"] + THREADS
    assert (told["requests"], told["twice"], told["positions_twice"]) == (told["after"], [], 0)
    assert (told["gaps"], told["overdrawn"], told["disagree"]) == (0, 0, [])


def test_the_command_line_reads_on_a_full_disk_and_says_why_it_cannot_write(told: dict[str, Any]):
    assert told["balance"]["exit"] == 0
    assert "Credits" in told["balance"]["output"]
    assert told["transfer"]["exit"] == 3
    assert "No space left on device" in told["transfer"]["error"]
    assert told["transfer_after"]["exit"] == 0


def test_nobody_begins_to_write_under_a_reader_who_could_keep_no_file_beside_the_ledger(told: dict[str, Any]):
    assert told["transfer_beside"]["exit"] == 3
    assert "held by another process" in told["transfer_beside"]["error"]


def test_a_ledger_is_read_where_nothing_can_be_written(told: dict[str, Any]):
    assert told["balance_sealed"]["exit"] == 0, told["balance_sealed"]["error"]
