"""The one-writer lock of an embedded ledger, between real processes."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.bootstrap import open_for_reading, open_for_writing
from ledger.settings import read_settings
from ledger.store.engine import Store, file_url
from ledger.store.errors import StoreHeld
from ledger.store.log import Log

HOLD = """
import sys
from ledger.store.engine import Store
url, *sys.argv = sys.argv[1:]
store = Store(url, write=True)
print("held", flush=True)
sys.stdin.read()
"""

FORK = """
import os, sys
from ledger.store.engine import Store
url = sys.argv[1]
store = Store(url, write=True)
gate, opener = os.pipe()
if os.fork() == 0:
    os.close(opener)
    os.read(gate, 1)
    os._exit(0)
store.close()
Store(url, write=True).close()
print("free")
"""


@contextmanager
def holding(url: str, *words: str) -> Generator[subprocess.Popen[str]]:
    """Another process that holds the lock until it is told, or killed."""
    command = [sys.executable, "-c", HOLD, url, *(words or ("timebank",))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return file_url(tmp_path / "ledger.sqlite")


@pytest.mark.slow
def test_a_second_writer_is_told_who_holds_the_ledger(url: str):
    with (
        holding(url, "/usr/bin/timebank", "import", "hours") as holder,
        pytest.raises(StoreHeld, match=rf"held by process {holder.pid} \(timebank import hours\) since 2"),
    ):
        Store(url, write=True)


def test_a_second_writer_in_the_same_process_is_refused_too(url: str):
    store = Store(url, write=True)
    for _ in range(2):
        with pytest.raises(StoreHeld, match=f"process {os.getpid()} "):
            Store(url, write=True)
    store.close()
    Store(url, write=True).close()


@pytest.mark.slow
def test_the_lock_is_free_when_its_holder_was_killed(url: str):
    with holding(url) as holder:
        with pytest.raises(StoreHeld):
            Store(url, write=True)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        Store(url, write=True).close()


@pytest.mark.slow
def test_the_lock_is_free_when_its_holder_has_closed_though_a_forked_child_lives(url: str):
    found = subprocess.run([sys.executable, "-c", FORK, url], capture_output=True, text=True, check=False)
    assert (found.stdout, found.stderr) == ("free\n", "")


@pytest.mark.slow
def test_the_note_names_no_files(url: str, tmp_path: Path):
    words = ["/home/wang.fang/timebank", "import", "roster", "王芳.csv", "--data", "wangfang"]
    for arguments in (words, [words[0], *words[3:]], [words[0], "import", "zhang_wei.csv"]):
        with holding(url, *arguments):
            note = (tmp_path / "ledger.lock").read_text("utf-8")
            assert re.fullmatch(
                r"process \d+ \(timebank( import)?( roster)?\) since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", note
            )


def test_a_released_lock_says_nothing(url: str, tmp_path: Path):
    store = Store(url, write=True)
    store.close()
    store.close()
    assert (tmp_path / "ledger.lock").read_bytes() == b""


def test_the_lock_is_never_the_database(url: str, tmp_path: Path):
    store = Store(url, write=True)
    Log(store).migrate()
    store.close()
    assert {path.name for path in tmp_path.iterdir()} == {"ledger.sqlite", "ledger.lock"}
    assert (tmp_path / "ledger.sqlite").read_bytes().startswith(b"SQLite format 3")


@pytest.mark.slow
def test_readers_come_and_go_beside_the_holder(tmp_path: Path):
    settings = read_settings(tmp_path, {})
    with open_for_writing(settings, create=True):
        pass
    with holding(settings.ledger):
        with open_for_reading(settings) as ledger, ledger.log.store.snapshot():
            pass
        with pytest.raises(StoreHeld), open_for_writing(settings):
            pass
