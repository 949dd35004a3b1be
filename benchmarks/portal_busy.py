"""Reads over HTTP while 20 service records a second are written, beside the same reads while nothing is.

    python -m benchmarks.portal_busy [--volunteers N] [--seconds S] [--rounds R] [--engine sqlite|postgres]

It drives the server with wrk, which Debian has.
"""

import contextlib
import random
import tempfile
import threading
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import httpx

from benchmarks.parts import bank
from benchmarks.parts.figures import engines, parser, ratios, show, spread
from benchmarks.parts.places import places
from benchmarks.portal import CONNECTIONS, Running, Speed, Target, fill, our_server, wrk
from benchmarks.portal_writes import service_record

_A_SECOND = 20


@contextlib.contextmanager
def writing(server: Running, token: str, volunteers: int) -> Generator[None]:
    """Record twenty services a second until the block ends; raises what kept one from being recorded."""
    ended, failed = threading.Event(), list[Exception]()

    def write() -> None:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        with httpx.Client(base_url=server.address, headers=headers, timeout=30) as client:
            begun = time.monotonic()
            for number in range(1, 1_000_000):
                if ended.wait(max(0.0, begun + number / _A_SECOND - time.monotonic())):
                    return
                body = service_record(random.randrange(volunteers), random.choice(range(1, 13)))
                try:
                    client.post("/api/v1/service-records", content=body).raise_for_status()
                except Exception as error:
                    failed.append(error)
                    return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        ended.set()
        writer.join()
    if failed:
        raise failed[0]


def measure(engine: str, options: Any) -> dict[str, tuple[list[Speed], list[Speed]]]:
    """The speeds of each read at rest and while others write, round by round."""
    speeds: dict[str, tuple[list[Speed], list[Speed]]] = {}
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(places(engine)).empty("portal")
        fill(place, options.volunteers, 0)
        key = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "key.pem"
        server, token = our_server(stack, place, key)
        api = "/api/v1"
        targets = [
            Target("balance", server, f"{api}/volunteers/vol_%06d/balance", options.volunteers),
            Target("board", server, f"{api}/leaderboards/volunteers?period=2026&limit=100", 1),
            Target(
                "contributions", server, f"{api}/communities/{bank.COMMUNITY}/contributions?period=2026", 1
            ),
        ]
        for _ in range(options.rounds):
            for target in targets:
                rest, busy = speeds.setdefault(target.name, ([], []))
                rest.append(wrk(target, token, options.seconds))
                with writing(server, token, options.volunteers):
                    busy.append(wrk(target, token, options.seconds))
    return speeds


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    random.seed(1)
    options = parser(__doc__)
    options.add_argument("--seconds", type=float, default=4, help="of each in each round")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--volunteers", type=int, default=100_000)
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        show(
            f"{engine}: reads over HTTP while {_A_SECOND} records a second are written, {CONNECTIONS} connections",
            ("who", "at rest, requests/s", "while written", "x at rest", "99 % within ms", "server's µs"),
            [
                (
                    name,
                    spread([one.rate for one in rest], 0),
                    spread([one.rate for one in busy], 0),
                    spread(ratios([one.rate for one in busy], [one.rate for one in rest])),
                    spread([one.most for one in busy]),
                    spread([one.busy for one in busy], 0),
                )
                for name, (rest, busy) in measure(engine, chosen).items()
            ],
        )


if __name__ == "__main__":
    main()
