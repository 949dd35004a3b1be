"""A board of a million after any write: its first places, and anybody's own, beside Redis's sorted sets.

    python -m benchmarks.boards [--members N] [--asks N] [--rounds N] [--engine sqlite|postgres]

It needs Debian's redis-server.
"""

import contextlib
import math
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from benchmarks.parts import bank, redis
from benchmarks.parts.figures import console, engines, parser, ratios, show, spread
from benchmarks.parts.places import places
from ledger.bootstrap import Ledger, open_for_writing
from ledger.store.bulk import Bulk
from projections.figures.boards import Board, board, place_of
from projections.figures.tallies import Counted
from projections.leaderboards import VOLUNTEERS

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
    adding = Bulk(ledger.views.leaderboards.board)
    for start in range(_VOLUNTEERS, members, _ROWS):
        # Straight into the view: to record a million services takes longer than all the rest.
        numbers = range(start, min(start + _ROWS, members))
        rows = [(VOLUNTEERS, "all", bank.volunteer(one), minutes[one]) for one in numbers]
        with ledger.log.store.begin() as connection:
            adding.run(connection, rows)
    server.ask("DEL", KEY)
    for start in range(0, members, _ROWS):
        numbers = range(start, min(start + _ROWS, members))
        server.ask_all([("ZADD", KEY, minutes[one], bank.volunteer(one)) for one in numbers])
    if not ledger.log.store.embedded:
        # As its own housekeeping does by itself, within a minute of so many new rows.
        with ledger.log.store.session() as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


Moment = tuple[Connection, int]


class Asking:
    """What is asked of both, each time after another service has been recorded, or at rest."""

    def __init__(self, ledger: Ledger, server: redis.Redis, members: int) -> None:
        self._ledger = ledger
        self._server = server
        self._members = members
        self._chance = random.Random(2)
        self._served = 0
        self._moment: Moment | None = None

    def write(self) -> None:
        """One service, recorded in both."""
        number = self._chance.randrange(_VOLUNTEERS)
        day = _DAY + timedelta(days=self._served // _VOLUNTEERS)
        self._served += 1
        command = bank.service(bank.volunteer(number), day, 1)
        own = replace(command.service, record=f"{command.service.record}{self._served}")
        # As another service than those that look the same: what is measured is the board.
        bank.record(self._ledger.bank, [replace(command, service=own, again=True)])
        self._server.ask("ZINCRBY", KEY, 1, own.volunteer)

    def ways(self) -> dict[str, tuple[bool, Callable[[], object]]]:
        """Each question by its name: whether a service is recorded before, and how it is asked."""
        return {
            "top 100 after a write": (True, self._first),
            "ZREVRANGE after a write": (True, self._first_of_redis),
            "my place": (False, self._place),
            "ZREVRANK": (False, self._rank_of_redis),
            "my place after a write": (True, self._place_at_once),
            "the same in a transaction of its own": (True, self._place_of_a_moment),
            "ZREVRANK after a write": (True, self._rank_of_redis),
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

    @contextlib.contextmanager
    def moment(self) -> Iterator[None]:
        """A moment of the views that is open, for what is asked without a write."""
        with self._ledger.reading(self._ledger.views.leaderboards) as self._moment:
            yield

    def _anybody(self) -> str:
        return bank.volunteer(self._chance.randrange(self._members))

    def _first(self) -> object:
        with self._ledger.log.store.snapshot() as connection:
            return board(connection, self._ledger.views, _BOARD, lambda _: {})

    def _place(self, moment: Moment | None = None) -> object:
        moment = moment or self._moment
        assert moment is not None
        connection, position = moment
        counted = Counted(self._ledger.tallies, position)
        return place_of(connection, self._ledger.views, _BOARD, self._anybody(), lambda _: {}, counted)

    def _place_at_once(self) -> object:
        views, who = self._ledger.views, self._anybody()
        with self._ledger.log.store.glance() as connection:
            board = views.leaderboards
            found = board.at_once.around(connection, self._ledger.tallies, (board,), "all", who, lambda _: {})
        assert found is not None
        return found

    def _place_of_a_moment(self) -> object:
        with self._ledger.reading(self._ledger.views.leaderboards) as moment:
            return self._place(moment)

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
                with asking.moment() if not after_a_write else contextlib.nullcontext():
                    took, worked = _asked(ask, options.asks, asking.write if after_a_write else _nothing)
                wall.setdefault(name, []).append(took)
                cpu.setdefault(name, []).append(worked)
        asking.agree()
    return wall, cpu


def _asked(ask: Callable[[], object], times: int, before: Callable[[], None]) -> tuple[float, float]:
    """The medians of the wall and of the asking thread's processor milliseconds."""
    wall: list[float] = []
    cpu: list[float] = []
    for _ in range(times):
        before()
        begun, worked = time.perf_counter(), time.thread_time()
        ask()
        wall.append((time.perf_counter() - begun) * 1_000)
        cpu.append((time.thread_time() - worked) * 1_000)
    return statistics.median(wall), statistics.median(cpu)


def _nothing() -> None:
    """Nothing is written before."""


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
    if name.startswith(("top", "ZREVRANGE")):
        return "ZREVRANGE after a write"
    return "ZREVRANK" if name in ("my place", "ZREVRANK") else "ZREVRANK after a write"


if __name__ == "__main__":
    main()
