"""Whoever starts a process of ours is killed, as the kernel does when memory runs out: the process goes too."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import pytest

from ledger.settings import Settings
from tests.contest.served import ROOT, Server, small_ledger
from tests.small_bank import ANN, migrated

PATIENCE_SECONDS = 20
GONE_WITHIN_SECONDS = 1


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return small_ledger(tmp_path, database_url)


def children_of(process: int) -> list[psutil.Process]:
    return psutil.Process(process).children(recursive=True)


def until(holds: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    latest = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < latest
        time.sleep(0.02)


def gone(process: psutil.Process) -> bool:
    # Whoever adopts them here may take its time to collect them.
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def kill_parent(parent: int, children: list[psutil.Process]) -> None:
    assert children
    os.kill(parent, signal.SIGKILL)
    try:
        _, alive = psutil.wait_procs(children, timeout=GONE_WITHIN_SECONDS)
        assert [one for one in alive if not gone(one)] == []
    finally:
        for child in children:
            if not gone(child):
                child.kill()


@pytest.mark.slow
def test_a_server_whose_parent_was_killed_went_on_recording_with_port_and_lock(
    settings: Settings, tmp_path: Path
):
    server = Server(settings.ledger, tmp_path)
    try:
        kill_parent(server.process.pid, children_of(server.process.pid))
        server.process.wait(PATIENCE_SECONDS)
        again = Server(settings.ledger, tmp_path, port=server.port)
        try:
            headers = {"Authorization": f"Bearer {again.token()}"}
            answer = httpx.get(f"{again.address}/api/v1/volunteers/{ANN}/balance", headers=headers)
            assert answer.json()["service_minutes"] == 1_000
        finally:
            again.kill()
    finally:
        server.kill()


@pytest.mark.slow
def test_every_worker_of_a_server_ends_with_it(tmp_path: Path):
    # How a process ends is nothing that its database has a part in.
    server = Server(small_ledger(tmp_path).ledger, tmp_path, "--read-only", "--workers", "2")
    try:
        kill_parent(server.process.pid, children_of(server.process.pid))
    finally:
        server.kill()


@pytest.mark.slow
def test_the_reader_of_workbooks_outlived_who_asked_it(tmp_path: Path):
    # It waits for a workbook that nobody goes on to send: the pipe is held open by this test, too.
    reading, writing = os.pipe()
    program = f"""
        import time
        from ledger.exchange import sheets
        real = sheets.subprocess.Popen
        sheets.subprocess.Popen = lambda words, *, stdin, **how: real(words, stdin={reading}, **how)
        sheets._give = lambda *_: time.sleep({PATIENCE_SECONDS})
        next(sheets.sheets(b"", "hours.xlsx"))
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], cwd=ROOT, pass_fds=[reading], start_new_session=True
    )
    try:
        until(lambda: len(children_of(parent.pid)) == 1)
        [child] = children_of(parent.pid)
        until(lambda: "ledger.exchange.workbook" in child.cmdline() and reads_its_input(child))
        kill_parent(parent.pid, [child])
    finally:
        parent.kill()
        parent.wait()
        os.close(reading)
        os.close(writing)


def reads_its_input(process: psutil.Process) -> bool:
    """Whether it has loaded its parser, so that it waits and does nothing else."""
    return (
        any("python_calamine" in one.path for one in process.memory_maps()) and process.status() == "sleeping"
    )


@pytest.mark.slow
def test_the_pool_that_recomputes_outlived_who_asked_it(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with migrated(url):
        pass
    program = f"""
        import time
        from ledger.audit import parts
        from ledger.store.engine import Store
        if __name__ == "__main__":
            store = Store({url!r}, write=False)
            for part in parts.read_parts(store, "timebank", 1_024, 2, 512):
                print("read", flush=True)
                time.sleep({PATIENCE_SECONDS})
    """
    script = tmp_path / "recomputing.py"
    script.write_text(textwrap.dedent(program))
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"read\n"
        kill_parent(parent.pid, children_of(parent.pid))
    finally:
        parent.kill()
        parent.communicate()
