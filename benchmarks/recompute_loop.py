"""Recomputing every balance in one process, beside a plain loop that hashes and decodes the same bytes.

python -m benchmarks.recompute_loop [--events N] [--rounds N] [--engine sqlite|postgres]
"""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

import psycopg

from benchmarks.parts.figures import engines, parser, ratios, show, spread
from benchmarks.parts.places import SQLITE, Place, places
from benchmarks.parts.town import ORIGIN
from benchmarks.recompute import build
from ledger.audit.recomputing import Against, recompute
from ledger.bootstrap import open_for_reading
from ledger.store.leaves import LABEL
from ledger.store.merkle import LEAF_PREFIX
from ledger.store.minutes_decoder import read_narrow

_TEXT = "SELECT position, data FROM event ORDER BY position"
_BYTES = "SELECT position, CAST(data AS BLOB) FROM event ORDER BY position"
_BYTES_POSTGRES = "SELECT position, convert_to(data, 'UTF8') FROM event ORDER BY position"
_ROWS_A_READ = 1_024


def ours(place: Place) -> None:
    """All that `audit recompute` does but to start, by one process."""
    with open_for_reading(place.settings) as ledger:
        done = recompute(ledger.log, ORIGIN, Against(ledger.views.balances, ledger.views.tree))
    if any(one.fault for one in done.found):
        raise RuntimeError("a ledger that nobody touched is called wrong")


def loop_over_text(place: Place, engine: str) -> None:
    """Each text as the driver gives it, its leaf hashed and what moves minutes decoded: nothing is added up."""
    for position, data in _rows(place, engine, _TEXT, binary=False):
        _taken(position, data.encode())


def loop_over_bytes(place: Place, engine: str) -> None:
    """The same of bytes that no text was made of."""
    for position, data in _rows(place, engine, _BYTES if engine == SQLITE else _BYTES_POSTGRES, binary=True):
        _taken(position, data)


def _rows(place: Place, engine: str, query: str, *, binary: bool) -> Any:
    if engine == SQLITE:
        with closing(sqlite3.connect(place.file)) as connection:
            yield from connection.execute(query)
        return
    # Of a cursor of the server's, as a client's holds the whole log.
    with psycopg.connect(**place.dsn) as connection, connection.cursor("log") as cursor:
        cursor.itersize = _ROWS_A_READ
        cursor.execute(query.encode(), binary=binary)
        yield from cursor


_NAME = ORIGIN.encode()
_BEGINNING = LEAF_PREFIX + LABEL + len(_NAME).to_bytes(8, "big") + _NAME


def _taken(position: int, data: bytes) -> None:
    place = b"%d" % position
    leaf = _BEGINNING + len(place).to_bytes(8, "big") + place + len(data).to_bytes(8, "big") + data
    hashlib.sha256(leaf).digest()
    read_narrow(data)


def measure(engine: str, events: int, rounds: int) -> dict[str, list[float]]:
    """Processor seconds of this process, in rounds in which everybody has a turn."""
    found: dict[str, list[float]] = {}
    with places(engine) as here:
        place = here.empty("ledger")
        build(place, events)
        turns: dict[str, Callable[[], None]] = {
            "ours, by one process": lambda: ours(place),
            "a plain loop over texts": lambda: loop_over_text(place, engine),
            "a plain loop over bytes": lambda: loop_over_bytes(place, engine),
        }
        for _ in range(rounds):
            for name, turn in turns.items():
                begun = time.process_time()
                turn()
                found.setdefault(name, []).append(time.process_time() - begun)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    options = parser(__doc__)
    options.add_argument("--events", type=int, default=200_000, help="how long the log is")
    options.add_argument("--rounds", type=int, default=7)
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        found = measure(engine, chosen.events, chosen.rounds)
        mine = next(iter(found.values()))
        show(
            f"{engine}: {chosen.events:,} events hashed and decoded",
            ("", "cpu seconds", "ours ×"),
            [(name, spread(seconds), spread(ratios(mine, seconds))) for name, seconds in found.items()],
        )


if __name__ == "__main__":
    main()
