"""A ledger on a disk that becomes full and is freed again; what happened is printed as JSON.

    unshare --map-root-user --mount python -m tests.contest.cramped FOLDER

It mounts a small disk of its own over the folder, which is gone when the process ends.
"""

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from litestar.testing import TestClient

from ledger.api.server.app import create_app
from ledger.api.server.metrics import Metrics
from ledger.api.state import open_api
from ledger.api.tokens import Terms, Verifier
from ledger.bootstrap import Ledger, open_for_reading, open_for_writing
from ledger.cli import main as commands
from ledger.hosting.logs import set_up_logs
from ledger.settings import Settings, read_settings
from ledger.store.errors import StoreUnavailable
from projections.running.checking import check
from tests.contest.apart import CONTEXT
from tests.contest.standings import read_standings
from tests.contest.test_kills import set_up
from tests.contest.victim import ACTORS, PEOPLE, THREADS, request

SIZE = "32m"
_BLOCK = bytes(4_096)
_LEFT_BLOCKS = 400
_MORE = 50
_ANY_NUMBER = 100_000

Acknowledged = dict[tuple[int, int], int]


class Disk:
    """A small disk with room that can be taken and given back."""

    def __init__(self, folder: Path) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=True)
        self._folder = folder
        self._ballast = folder / "ballast"

    def fill(self, leave_blocks: int = 0) -> None:
        """Take all that is free but so many blocks of 4 KiB."""
        with self._ballast.open("ab", buffering=0) as ballast:
            with contextlib.suppress(OSError):
                while True:
                    ballast.write(_BLOCK)
            ballast.truncate(ballast.tell() - leave_blocks * len(_BLOCK))

    def free(self) -> None:
        """Give everything back."""
        self._ballast.unlink()

    def seal(self) -> None:
        """Let nothing be written at all, as on a medium that an auditor was handed."""
        subprocess.run(["mount", "-o", "remount,ro", self._folder], check=True)


def work(ledger: Ledger, acknowledged: Acknowledged, most: int) -> list[str]:
    """Ask on all threads, each from its first unanswered request on, until the store fails or `most` are answered."""
    errors: list[str] = []

    def ask(thread: int) -> None:
        first = 1 + max((number for other, number in acknowledged if other == thread), default=-1)
        for number in range(first, first + most):
            key, command = request(thread, number)
            try:
                receipt = ledger.bank.handle(command, by=ACTORS[thread], key=key)
            except StoreUnavailable as error:
                errors.append(str(error))
                return
            acknowledged[thread, number] = receipt.position

    threads = [threading.Thread(target=ask, args=(thread,)) for thread in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return errors


@contextlib.contextmanager
def reading(settings: Settings) -> Iterator[None]:
    """Somebody looks at the ledger meanwhile."""
    with open_for_reading(settings) as ledger, ledger.reading(ledger.views.balances):
        yield


def total(settings: Settings) -> int:
    """The credits of all, as another connection reads them."""
    with open_for_reading(settings) as ledger, ledger.reading(ledger.views.balances) as (connection, _):
        held = [ledger.views.balances.get(connection, one) for one in PEOPLE]
        return sum(one.credit_minutes for one in held if one is not None)


def typed(folder: Path, *words: str) -> dict[str, Any]:
    """What the command line answers to somebody, in a process of its own."""
    with ProcessPoolExecutor(1, CONTEXT) as pool:
        return pool.submit(_typed, [*words, "--data", str(folder)]).result(60)


def _typed(words: list[str]) -> dict[str, Any]:
    ended = CliRunner().invoke(commands, words)
    return {"exit": ended.exit_code, "output": ended.stdout, "error": ended.stderr}


def ready(ledger: Ledger) -> dict[str, Any]:
    """What a server over the ledger says of itself."""
    key = Ed25519PrivateKey.generate().public_key()
    api = open_api(ledger, Verifier(key, Terms(audience="timebank")), Metrics())
    with TestClient(create_app(api)) as client:
        answer = client.get("/readyz")
    api.close()
    return answer.json()


def main(folder: Path) -> None:
    """Let the disk become full in the middle of the work, twice, and be freed."""
    disk, settings, told = Disk(folder), read_settings(folder, {}), dict[str, Any]()
    acknowledged: Acknowledged = {}
    CONTEXT.set_forkserver_preload(
        ["tests.contest.cramped", "ledger.cli.acts.doing", "ledger.cli.acts.asking"]
    )
    set_up_logs("error")
    set_up(settings)
    with open_for_writing(settings) as ledger:
        told["ready_before"] = ready(ledger)
        disk.fill(leave_blocks=_LEFT_BLOCKS)
        told["errors"] = work(ledger, acknowledged, most=_ANY_NUMBER)
        told["before"] = len(acknowledged)
        told["errors_again"] = work(ledger, acknowledged, most=_ANY_NUMBER)
        told["ready_full"] = ready(ledger)
        told["read"] = total(settings)
        disk.free()
        told["ready_after"] = ready(ledger)
        told["errors_after"] = work(ledger, acknowledged, most=_MORE)
        told["after"] = len(acknowledged)
    disk.fill()
    told["balance"] = typed(folder, "balance", PEOPLE[0])
    told["transfer"] = typed(folder, "transfer", PEOPLE[0], PEOPLE[1], "1")
    with reading(settings):
        disk.free()
        told["transfer_beside"] = typed(folder, "transfer", PEOPLE[0], PEOPLE[1], "1")
    told["transfer_after"] = typed(folder, "transfer", PEOPLE[0], PEOPLE[1], "1")
    told.update(_standing(settings, acknowledged))
    disk.seal()
    told["balance_sealed"] = typed(folder, "balance", PEOPLE[0])
    json.dump(told, sys.stdout)


def _standing(settings: Settings, acknowledged: Acknowledged) -> dict[str, Any]:
    with open_for_reading(settings) as ledger:
        standings = read_standings(ledger.log)
        return {
            "total": total(settings),
            "gaps": standings.gaps,
            "overdrawn": standings.overdrawn,
            "twice": standings.recorded_twice(),
            "requests": standings.requests.total(),
            "disagree": [one.name for one in check(ledger.log, ledger.views.all()) if not one.agrees],
            "positions_twice": len(acknowledged) - len(set(acknowledged.values())),
        }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
