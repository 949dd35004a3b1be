"""What a volunteer portal asks for, over HTTP: one worker, 32 connections, beside Litestar alone and beside FastAPI.

    python -m benchmarks.portal [--volunteers N] [--seconds S] [--rounds R] [--engine sqlite|postgres]

It drives the servers with wrk, which Debian has.
"""

import contextlib
import dataclasses
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import msgspec

from benchmarks.parts import bank
from benchmarks.parts.figures import console, engines, parser, ratios, show, spread
from benchmarks.parts.places import Place, places
from benchmarks.parts.programs import processor_seconds
from ledger.api.server.serving import Served
from ledger.api.tokens import Terms, issue
from ledger.bootstrap import STAFF, open_for_writing
from ledger.operations.callers import Caller, Role
from ledger.store.keys import private_key
from projections.leaderboards import VOLUNTEERS

CONNECTIONS = 32
_LINES = 10_000
_ROWS = 20_000
_BUSY = bank.volunteer(0)
_ROOT = Path(__file__).parents[1]


class Speed(NamedTuple):
    """Requests a second, milliseconds that half and 99 in 100 of them took at most, and the server's processor time.

    That is in microseconds a request, without a database's own.
    """

    rate: float
    half: float
    most: float
    busy: float = 0


class Running(NamedTuple):
    """A server process that answers at an address."""

    address: str
    process: int


class Target(NamedTuple):
    """What is asked for of whom: a path, in which `%06d` stands for any volunteer's number."""

    name: str
    server: Running
    path: str
    volunteers: int


def wrk(target: Target, token: str, seconds: float, connections: int = CONNECTIONS) -> Speed:
    """Ask as fast as answers come."""
    script = (
        'local path = "' + target.path + '"\n'
        "math.randomseed(os.time())\n"
        "request = function()\n"
        f'  local number = string.format("%06d", math.random(0, {target.volunteers - 1}))\n'
        '  return wrk.format("GET", (path:gsub("%%06d", number)))\n'
        "end\n"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        words = ["-t1", f"-c{connections}", "-s", file.name, "-H", f"Authorization: Bearer {token}"]
        before = processor_seconds(target.server.process)
        said = run_wrk([*words, target.server.address], seconds)
        taken = processor_seconds(target.server.process) - before
    return read_speed(said)._replace(busy=taken / _requests(said) * 1e6)


def run_wrk(words: Sequence[str], seconds: float) -> str:
    """What wrk says after so many seconds, or after more where nobody was answered in a part of one."""
    said = _run_wrk(words, seconds)
    while seconds < 1 and " 0 requests in" in said:
        seconds *= 2
        said = _run_wrk(words, seconds)
    return said


def _run_wrk(words: Sequence[str], seconds: float) -> str:
    # It counts whole ones only, and is told to stop before its first is over.
    # Line by line, as it heeds the signal from the moment that it says what it begins with.
    command = ["stdbuf", "-oL", "wrk", f"-d{max(1, round(seconds))}s", "--latency", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        begun = process.stdout.readline()
        if seconds < 1:
            time.sleep(seconds)
            process.send_signal(signal.SIGINT)
        said = begun + process.stdout.read()
    if process.returncode:
        raise RuntimeError(said)
    return said


def _requests(said: str) -> int:
    found = re.search(r"(\d+) requests in", said)
    assert found is not None
    return max(1, int(found[1]))


def read_speed(said: str) -> Speed:
    """What wrk measured; raises RuntimeError if anything was refused."""
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert rate is not None
    return Speed(float(rate[1]), _milliseconds(said, "50%"), _milliseconds(said, "99%"))


def _milliseconds(said: str, share: str) -> float:
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", said)
    assert found is not None
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1_000}[found[2]]


def fill(place: Place, volunteers: int, lines: int, board: int = 0) -> None:
    """Volunteers with a balance each, one of them with a long statement; and so many more members on a board."""
    with open_for_writing(place.settings, create=True) as ledger:
        bank.found(ledger.bank, volunteers, minutes_of)
        first = date(2026, 1, 2)
        bank.record(
            ledger.bank,
            [bank.service(_BUSY, first - timedelta(days=number), 30) for number in range(2, lines)],
        )
        table = ledger.views.leaderboards.board
        for start in range(volunteers, board, _ROWS):
            # Straight into the view: to record a million services takes longer than all the rest.
            rows = [
                {
                    "kind": VOLUNTEERS,
                    "period": "2026",
                    "member": bank.volunteer(number),
                    "minutes": minutes_of(number),
                }
                for number in range(start, min(start + _ROWS, board))
            ]
            with ledger.log.store.begin() as connection:
                connection.execute(table.insert(), rows)


def minutes_of(number: int) -> int:
    """A volunteer's minutes: of a million, about seven hundred share each place of the board."""
    return 1 + number * 7_919 % 1_440


@contextlib.contextmanager
def serving(words: Sequence[str], port: int, environment: dict[str, str]) -> Iterator[Running]:
    """A server process, once it answers."""
    process = subprocess.Popen(
        [sys.executable, *words], cwd=_ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    try:
        yield once_it_answers(port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def once_it_answers(port: int, process: int) -> Running:
    """A server, after a minute at most: what it answers is all the same."""
    address = f"http://127.0.0.1:{port}"
    with httpx.Client(trust_env=False) as client:
        for _ in range(600):
            with contextlib.suppress(httpx.HTTPError):
                client.get(address)
                break
            time.sleep(0.1)
    return Running(address, process)


def our_server(stack: contextlib.ExitStack, place: Place, key: Path) -> tuple[Running, str]:
    """Serve a ledger until the stack ends, for an admin with the token that it gives."""
    caller, port = Caller(STAFF, Role.ADMIN), free_port()
    token = issue(private_key(key, make=True), Terms("timebank"), caller, timedelta(days=1), time.time())
    settings = dataclasses.replace(place.settings, key=str(key))
    # Requests of a try that was broken off may be under way when the next begins.
    served = Served(settings=settings, port=port, log_level="error", at_once={STAFF: 1_024})
    told = msgspec.json.encode(served).decode()
    words = ["-m", "benchmarks.parts.portal_served", "app", str(port)]
    return stack.enter_context(serving(words, port, {"TIMEBANK_SERVED": told})), token


def plain_server(stack: contextlib.ExitStack) -> Running:
    """Serve a constant with Litestar alone until the stack ends."""
    port = free_port()
    return stack.enter_context(
        serving(["-m", "benchmarks.parts.portal_served", "plain", str(port)], port, {})
    )


def their_server(stack: contextlib.ExitStack, place: Place, *words: str) -> Running:
    """Serve the database with FastAPI likewise."""
    port = free_port()
    called = ["-m", "benchmarks.parts.portal_orm", str(port), *words]
    return stack.enter_context(serving(called, port, {"PORTAL_DATABASE": place.url}))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def measure(engine: str, options: Any) -> dict[str, list[Speed]]:
    """Speeds of everybody, round by round."""
    speeds: dict[str, list[Speed]] = {}
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(places(engine)).empty("portal")
        began = time.monotonic()
        fill(place, options.volunteers, options.lines, options.board)
        console.print(f"{options.volunteers:,} volunteers in {time.monotonic() - began:.0f} s", style="dim")
        key = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "key.pem"
        ledger, token = our_server(stack, place, key)
        orm = their_server(stack, place)
        everybody = options.volunteers
        api = "/api/v1"
        targets = [
            Target("constant", plain_server(stack), "/constant", 1),
            Target("balance", ledger, f"{api}/volunteers/vol_%06d/balance", everybody),
            Target("FastAPI", orm, "/volunteers/vol_%06d/balance", everybody),
            Target("statement", ledger, f"{api}/volunteers/{_BUSY}/statement?limit=50", 1),
            Target("board", ledger, f"{api}/leaderboards/volunteers?period=2026&limit=100", 1),
            Target("statements", ledger, f"{api}/volunteers/vol_%06d/statement", everybody),
            Target("as of a day", ledger, f"{api}/volunteers/vol_%06d/balance?as_of=2026-06-30", everybody),
            Target("profiles", ledger, f"{api}/volunteers/vol_%06d", everybody),
        ]
        for target in targets if options.warm else ():
            wrk(target, token, options.warm)
        for _ in range(options.rounds):
            for target in targets:
                speeds.setdefault(target.name, []).append(wrk(target, token, options.seconds))
    return speeds


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    random.seed(1)
    options = parser(__doc__)
    options.add_argument("--seconds", type=float, default=4, help="of each in each round")
    options.add_argument("--warm", type=float, default=1, help="seconds of each before the first round")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--volunteers", type=int, default=100_000)
    options.add_argument("--board", type=int, default=1_000_000, help="members of the board of volunteers")
    options.add_argument("--lines", type=int, default=_LINES, help="of the long statement")
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        speeds = measure(engine, chosen)
        rates = {name: [one.rate for one in some] for name, some in speeds.items()}
        show(
            f"{engine}: reads over HTTP, {CONNECTIONS} connections",
            (
                "who",
                "requests/s",
                "half within ms",
                "99 % within ms",
                "server's µs",
                "x constant",
                "x balance",
                "x FastAPI",
            ),
            [
                (
                    name,
                    spread(rates[name], 0),
                    spread([one.half for one in some]),
                    spread([one.most for one in some]),
                    spread([one.busy for one in some], 0),
                    spread(ratios(rates[name], rates["constant"])),
                    spread(ratios(rates[name], rates["balance"])),
                    spread(ratios(rates[name], rates["FastAPI"])),
                )
                for name, some in speeds.items()
            ],
        )


if __name__ == "__main__":
    main()
