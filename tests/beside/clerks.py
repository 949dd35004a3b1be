"""Clerks at the counter, each with a program of its own for each command, and a portal that asks all the while."""

import json
import signal
import threading
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import httpx
import msgspec
from sqlalchemy import select

from ledger.bootstrap import open_for_reading
from ledger.domain.events import ServiceAttested
from ledger.settings import Settings
from ledger.store.codec import decode
from ledger.store.schema import EVENT
from tests.contest.served import Server
from tests.programs import Program
from tests.small_bank import ANN, BOB

PATIENCE_SECONDS = 60


def begun(folder: Path, *words: str) -> Program:
    """The command line's own program, at work on the ledger of a folder."""
    return Program(*words, "--data", folder, "--json")


class Told(msgspec.Struct):
    """What clerks were told: by what each record says, the position of its fact; and how commands failed."""

    recorded: dict[str, int] = msgspec.field(default_factory=dict[str, int])
    failures: Counter[str] = msgspec.field(default_factory=Counter[str])
    killed: int = 0
    longest: float = 0.0


class Clerk(threading.Thread):
    """Attests one record after the other, each of other content; every second one under a key.

    A part of the commands is killed in the midst. Whatever had no answer is said again if it had a key, once.
    """

    def __init__(self, folder: Path, number: int, commands: int, kills: float = 0.0) -> None:
        super().__init__()
        self._folder, self._number, self._commands, self._kills = folder, number, commands, kills
        self._random = Random(number)
        self.told = Told()

    def run(self) -> None:
        for turn in range(self._commands):
            content = f"c{self._number}x{turn}"
            keyed = turn % 2 == 0
            if not self._said(content, keyed=keyed) and keyed:
                self._said(content, keyed=True, kill=False)

    def _said(self, content: str, *, keyed: bool, kill: bool = True) -> bool:
        key = ("--key", content) if keyed else ()
        described = ("--activity", "慰问", "--place", "敬老院", "--content", content, "--unit", "健康队")
        words = ("--day", "2026-02-01", "--minutes", "1", "--again", "--by", f"stf_clerk{self._number}")
        who = (ANN, BOB)[self._number % 2]
        started = time.monotonic()
        process = begun(self._folder, "record", "attest", who, *described, *words, *key)
        if kill and self._random.random() < self._kills:
            time.sleep(self._random.uniform(0, 0.5))
            process.send_signal(signal.SIGKILL)
        out, err = process.communicate()
        code = process.wait(PATIENCE_SECONDS)
        if code == 0:
            [event] = json.loads(out)["events"]
            assert event["service"]["content"] == content
            self.told.recorded[content] = json.loads(out)["position"]
            self.told.longest = max(self.told.longest, time.monotonic() - started)
            return True
        if code == -signal.SIGKILL:
            self.told.killed += 1
        else:
            self.told.failures[json.loads(err)["error"]["code"] if err.startswith("{") else err] += 1
        return False


def attested(settings: Settings) -> dict[str, list[int]]:
    """Where each content is recorded."""
    found: dict[str, list[int]] = {}
    with open_for_reading(settings) as ledger, ledger.log.store.snapshot() as connection:
        for position, data in connection.execute(select(EVENT.c.position, EVENT.c.data)):
            event = decode(data)
            if isinstance(event, ServiceAttested):
                found.setdefault(event.service.content, []).append(position)
    return found


class Portal(threading.Thread):
    """Asks for figures, lists and balances, and notes how long each answer took, in milliseconds."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self._server = server
        self._ended = threading.Event()
        self.took: list[float] = []
        self.failed: list[str] = []

    def run(self) -> None:
        headers = {"Authorization": f"Bearer {self._server.token()}"}
        address = f"{self._server.address}/api/v1"
        paths = ("/leaderboards/volunteers?period=all", "/volunteers?limit=50", f"/volunteers/{ANN}/balance")
        with httpx.Client(base_url=address, headers=headers, timeout=30) as client:
            while not self._ended.is_set():
                for path in paths:
                    started = time.perf_counter()
                    response = client.get(path)
                    self.took.append((time.perf_counter() - started) * 1000)
                    if response.status_code != httpx.codes.OK:
                        self.failed.append(response.text)
                time.sleep(0.01)

    def stop(self) -> None:
        self._ended.set()
        self.join()

    @property
    def p99(self) -> float:
        return sorted(self.took)[int(len(self.took) * 0.99)]


@contextmanager
def polling(server: Server) -> Generator[Portal]:
    portal = Portal(server)
    portal.start()
    try:
        yield portal
    finally:
        portal.stop()


def rows(path: Path, count: int, people: int) -> Path:
    """A file of hours: so many rows about so many people, `SD1` and on."""
    header = "记录编号,活动名称,活动日期,活动地点,服务内容,志愿者编号,服务时长（小时）,组织单位"
    lines = [
        f"R{row:06},慰问,2026-{1 + row // people % 10:02}-{1 + row // people // 10 % 28:02},敬老院,row{row},"
        f"SD{1 + row % people},1,健康队"
        for row in range(count)
    ]
    path.write_text("\n".join([header, *lines, ""]), "utf-8")
    return path


def report(process: Program) -> tuple[int, Any]:
    """How an import ended, and what it said."""
    out, err = process.communicate()
    return process.wait(), json.loads(out) if out else err
