"""A board of a million after any write: its first places, and anybody's own, beside Redis's sorted sets.

    python -m benchmarks.boards [--members N] [--asks N] [--rounds N] [--engine sqlite|postgres]

It needs Debian's redis-server.
"""

import contextlib
import math
import random
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from benchmarks import bank, redis
from benchmarks.figures import console, engines, parser, ratios, show, spread
from benchmarks.places import places
from ledger.bootstrap import Ledger, open_for_writing
from projections.boards import Board, board, place_of
from projections.leaderboards import VOLUNTEERS
from projections.tallies import Counted

KEY = "board"
FIRST = 100
_ROWS = 20_000
_VOLUNTEERS = 200
"""Who are registered, and serve meanwhile; the others' rows are written straight into the view."""
_BOARD = Board(by="volunteers", period="all", limit=FIRST)
_DAY = date(2026, 2, 1)


def minutes_of(chance: random.Random) -> int:
    """Minutes as people have them who clock in and out: half have less than ten hours, and one in a hundred 160."""
    return max(1, int(chance.lognormvariate(math.log(600), 1.2)))


def fill(ledger: Ledger, server: redis.Redis, members: int) -> None:
    """A board of so many, in the ledger and in Redis."""
    chance = random.Random(1)
    minutes = [minutes_of(chance) for _ in range(members)]
    bank.found(ledger.bank, _VOLUNTEERS, lambda number: min(minutes[number], 1_440))
    minutes[:_VOLUNTEERS] = [min(some, 1_440) for some in minutes[:_VOLUNTEERS]]
    table = ledger.views.leaderboards.board
    for start in range(_VOLUNTEERS, members, _ROWS):
        # Straight into the view: to record a million services takes longer than all the rest.
        numbers = range(start, min(start + _ROWS, members))
        rows = [
            {"kind": VOLUNTEERS, "period": "all", "member": bank.volunteer(one), "minutes": minutes[one]}
            for one in numbers
        ]
        with ledger.log.store.begin() as connection:
            connection.execute(table.insert(), rows)
    server.ask("DEL", KEY)
    for start in range(0, members, _ROWS):
        numbers = range(start, min(start + _ROWS, members))
        server.ask_all([("ZADD", KEY, minutes[one], bank.volunteer(one)) for one in numbers])
    if not ledger.log.store.embedded:
        # As its own housekeeping does by itself, within a minute of so many new rows.
        with ledger.log.store.session() as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


class Asking:
    """What is asked of both, each time after another service has been recorded, or at rest."""

    def __init__(self, ledger: Ledger, server: redis.Redis, members: int) -> None:
        self._ledger = ledger
        self._server = server
        self._members = members
        self._chance = random.Random(2)
        self._served = 0

    def write(self) -> None:
        """One service, recorded in both."""
        number = self._chance.randrange(_VOLUNTEERS)
        day = _DAY + timedelta(days=self._served // _VOLUNTEERS)
        self._served += 1
        command = bank.service(bank.volunteer(number), day, 1)
        own = replace(command.service, record=f"{command.service.record}{self._served}")
        bank.record(self._ledger.bank, [replace(command, service=own)])
        self._server.ask("ZINCRBY", KEY, 1, own.volunteer)

    def ways(self) -> dict[str, tuple[bool, Callable[[], object]]]:
        """Each question by its name: whether a service is recorded before, and how it is asked."""
        return {
            "top 100, after a write": (True, self._first),
            "ZREVRANGE, after a write": (True, self._first_of_redis),
            "my place, after a write": (True, self._place),
            "my place, at rest": (False, self._place),
            "ZREVRANK, after a write": (True, self._rank_of_redis),
        }

    def agree(self) -> None:
        """Raise unless both say the same of somebody: Redis counts equals too, by id from behind."""
        views = self._ledger.views
        with self._ledger.reading(views.leaderboards) as (connection, position):
            counted = Counted(self._ledger.tallies, position)
            for _ in range(20):
                who = self._anybody()
                own = place_of(connection, views, _BOARD, who, lambda _: {}, counted).own
                assert own is not None
                more = self._server.ask("ZCOUNT", KEY, f"({own.minutes}", "+inf")
                assert (own.rank, str(own.minutes)) == (
                    1 + int(str(more)),
                    self._server.ask("ZSCORE", KEY, who),
                )

    def _anybody(self) -> str:
        return bank.volunteer(self._chance.randrange(self._members))

    def _first(self) -> object:
        with self._ledger.log.store.snapshot() as connection:
            return board(connection, self._ledger.views, _BOARD, lambda _: {})

    def _place(self) -> object:
        with self._ledger.reading(self._ledger.views.leaderboards) as (connection, position):
            counted = Counted(self._ledger.tallies, position)
            return place_of(connection, self._ledger.views, _BOARD, self._anybody(), lambda _: {}, counted)

    def _first_of_redis(self) -> object:
        return self._server.ask("ZREVRANGE", KEY, 0, FIRST - 1, "WITHSCORES")

    def _rank_of_redis(self) -> object:
        return self._server.ask("ZREVRANK", KEY, self._anybody())


def measure(engine: str, options: Any) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Wall and processor milliseconds of each question, round by round."""
    wall: dict[str, list[float]] = {}
    cpu: dict[str, list[float]] = {}
    with contextlib.ExitStack() as stack:
        server, _ = stack.enter_context(redis.serving())
        place = stack.enter_context(places(engine)).empty("boards")
        ledger = stack.enter_context(open_for_writing(place.settings, create=True))
        fill(ledger, server, options.members)
        asking = Asking(ledger, server, options.members)
        begun = time.perf_counter()
        asking.agree()
        console.print(f"counted at first in {(time.perf_counter() - begun) * 1_000:,.0f} ms", style="dim")
        for _ in range(options.rounds):
            for name, (after_a_write, ask) in asking.ways().items():
                taken = spent = 0.0
                for _ in range(options.asks):
                    if after_a_write:
                        asking.write()
                    begun, worked = time.perf_counter(), time.thread_time()
                    ask()
                    taken += time.perf_counter() - begun
                    spent += time.thread_time() - worked
                wall.setdefault(name, []).append(taken / options.asks * 1_000)
                cpu.setdefault(name, []).append(spent / options.asks * 1_000)
        asking.agree()
    return wall, cpu


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    options = parser(__doc__)
    options.add_argument("--members", type=int, default=1_000_000)
    options.add_argument("--asks", type=int, default=200, help="of each question in a round")
    options.add_argument("--rounds", type=int, default=7)
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        wall, cpu = measure(engine, chosen)
        show(
            f"{engine}: a board of {chosen.members:,}",
            ("", "ms", "processor ms of the asking thread", "× Redis"),
            [
                (name, spread(times, 3), spread(cpu[name], 3), spread(ratios(times, wall[_beside(name)]), 1))
                for name, times in wall.items()
            ],
        )


def _beside(name: str) -> str:
    return f"{'ZREVRANGE' if name.startswith(('top', 'ZREVRANGE')) else 'ZREVRANK'}, after a write"


if __name__ == "__main__":
    main()
