"""A balance as of a day while the log grows tenfold: each volunteer asks once, in a moment of their own.

python -m benchmarks.past_growth [--events N] [--rounds N] [--engine sqlite|postgres]
"""

import contextlib
import random
import time
from collections.abc import Sequence
from datetime import date

from benchmarks.parts import bank
from benchmarks.parts.figures import console, engines, parser, ratios, show, spread
from benchmarks.parts.filling import fill
from benchmarks.parts.places import Places, places
from benchmarks.past import LINES, build, facts
from ledger.store.engine import Store
from ledger.store.log import Log
from projections.figures.both_books import balance_at
from projections.figures.clocks import Clocks
from projections.registry import Views

_TIMES = 10
_DAY = Clocks(as_of=date(2022, 6, 30))


class Grown:
    """A log of so many events with its views, in which everybody has as many lines as in any other."""

    def __init__(self, here: Places, events: int, stack: contextlib.ExitStack) -> None:
        self._views = Views()
        self._log = Log(Store(here.empty(f"ledger_{events}").url, write=True))
        stack.callback(self._log.store.close)
        self._people = max(1, events // LINES)
        fill(self._log, facts(events), events)
        build(self._log, self._views)
        if not self._log.store.embedded:
            # As its own housekeeping does by itself, within a minute of so many new rows.
            with self._log.store.session() as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")

    def ask(self, times: int) -> tuple[float, float]:
        """Microseconds on the wall and of this thread for a balance of anybody as of a day."""
        begun, worked = time.perf_counter(), time.thread_time()
        for _ in range(times):
            with self._log.store.snapshot() as connection:
                balance_at(connection, self._views, bank.volunteer(random.randrange(self._people)), _DAY)
        wall, own = time.perf_counter() - begun, time.thread_time() - worked
        return wall / times * 1e6, own / times * 1e6


def measure(engine: str, *, events: int, rounds: int, asks: int) -> dict[str, list[tuple[float, float]]]:
    """Microseconds of each log by its length, round by round; the first round is not among them."""
    found: dict[str, list[tuple[float, float]]] = {}
    with contextlib.ExitStack() as stack:
        here = stack.enter_context(places(engine))
        logs = {f"{size:,} events": Grown(here, size, stack) for size in (events // _TIMES, events)}
        for number in range(rounds + 1):
            for name, log in logs.items():
                told = log.ask(asks)
                if number:
                    found.setdefault(name, []).append(told)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    random.seed(1)
    options = parser(__doc__)
    options.add_argument("--events", type=int, default=1_000_000, help="how long the longer log is")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--asks", type=int, default=1_000, help="of each log in a round")
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        found = measure(engine, events=chosen.events, rounds=chosen.rounds, asks=chosen.asks)
        walls = {name: [wall for wall, _ in some] for name, some in found.items()}
        first = next(iter(walls.values()))
        show(
            f"{engine}: a balance as of a day of somebody with {LINES} lines",
            ("", "µs", "processor µs", "× the shorter log"),
            [
                (
                    name,
                    spread(walls[name], 0),
                    spread([own for _, own in some], 0),
                    spread(ratios(walls[name], first)),
                )
                for name, some in found.items()
            ],
        )
    console.print("The server of a database counts apart: its processor time is not in here.", style="dim")


if __name__ == "__main__":
    main()
