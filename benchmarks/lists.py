"""Lists of a community's affairs, beside the same lists without one: as they are told over HTTP, HTTP left out.

python -m benchmarks.lists [--volunteers N] [--rounds N] [--engine sqlite|postgres]
"""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from benchmarks.parts import bank
from benchmarks.parts.figures import console, engines, parser, ratios, show, spread
from benchmarks.parts.filling import fill
from benchmarks.parts.lists_facts import COUNTY, LATE, TOWN, VILLAGE, facts
from benchmarks.parts.places import Place, places
from ledger.api.queries import query_of
from ledger.api.reading import Read
from ledger.api.table import READS
from ledger.bootstrap import STAFF, Ledger, open_for_reading, open_place
from ledger.operations.answers import encoded
from ledger.operations.appointments import designations, organisations, posts, training
from ledger.operations.callers import Caller, Role
from ledger.operations.credits import offers
from ledger.operations.cursors import sealed
from ledger.operations.occasions import activities, shifts, venues
from ledger.operations.people import listing
from ledger.operations.question import Moment
from ledger.operations.service import service
from ledger.operations.trees import teams
from projections.registry import Views
from projections.running.rebuilding import prepare, rebuild_together

_DAY = date(2024, 5, 1).isoformat()
AREAS = {"village": VILLAGE, "town": TOWN, "late town": LATE, "all": COUNTY}


def lists(volunteers: int) -> dict[str, tuple[Read, str, Any]]:
    """The lists that take a community: how each is asked, and a place in the middle of it, where it is long."""
    half = volunteers // 2

    def read(door: Any) -> Read:
        question = door.QUESTIONS[0] if door is not shifts else door.QUESTIONS[1]
        return next(read for read in READS if read.operation is question)

    return {
        "volunteers": (read(listing), "", bank.volunteer(half)),
        "records": (read(service), "", (_DAY, "")),
        "records of a month": (read(service), "period=2024-04&", None),
        "records that wait": (read(service), "state=reported&", (_DAY, "")),
        "training": (read(training), "", f"trn_{half // 5:06}"),
        "posts": (read(posts), "", f"ten_{half // 10:06}"),
        "designations": (read(designations), "", f"des_{half // 20:06}"),
        "organisations": (read(organisations), "", f"org_{half // 20:06}"),
        "activities": (read(activities), "from=2020-01-01&", (_DAY, "")),
        "shifts": (read(shifts), "from=2026-10-01&", None),
        "teams": (read(teams), "", None),
        "venues": (read(venues), "", None),
        "offers": (read(offers), "", None),
    }


def build(place: Place, volunteers: int) -> None:
    """A county's log, and the views that its lists are read from."""
    with open_place(place.settings) as (log, directory):
        directory.migrate()
        fill(log, facts(volunteers), 10 * volunteers)
        views = Views()
        prepare(log, ())
        needed = {name for read, _, _ in lists(volunteers).values() for name in read.operation.views}
        rebuild_together(log, [getattr(views, name) for name in sorted(needed)])
        if not log.store.embedded:
            # As its own housekeeping does by itself, within a minute of so many new rows.
            with log.store.session() as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")


def pages(ledger: Ledger, volunteers: int) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Each page that is asked: of which list, of which part of the county, and how to have it told."""
    caller = Caller(STAFF, Role.ADMIN)

    def told(read: Read, parameters: str, place: Any) -> Callable[[], bytes]:
        def tell() -> bytes:
            with ledger.reading() as (connection, position):
                query = query_of(read.operation.query, parameters.encode())
                moment = Moment(read.name, ledger, connection, position, {}, query, caller, "en")
                if place is not None:
                    query = query_of(
                        read.operation.query, f"{parameters}&cursor={sealed(moment, place)}".encode()
                    )
                return encoded(read.operation.tell(moment._replace(query=query))).content

        return tell

    for name, (read, more, middle) in lists(volunteers).items():
        for at, place in (("", None), *((", on from the middle", middle),) * (middle is not None)):
            yield f"{name}{at}", "none", told(read, f"{more}limit=50", place)
            for area, community in AREAS.items():
                yield f"{name}{at}", area, told(read, f"{more}limit=50&community={community}", place)


def measure(engine: str, *, volunteers: int, rounds: int) -> dict[tuple[str, str], list[float]]:
    """Milliseconds of each page, round by round: each list without a community beside itself with one."""
    found: dict[tuple[str, str], list[float]] = {}
    with places(engine) as here:
        place = here.empty("ledger")
        build(place, volunteers)
        with open_for_reading(place.settings) as ledger:
            asked = list(pages(ledger, volunteers))
            for _, _, tell in asked:
                tell()
            for _ in range(rounds):
                for name, area, tell in asked:
                    # On PostgreSQL the work is another process's: there only the clock on the wall tells of it.
                    clock = time.process_time if engine == "sqlite" else time.perf_counter
                    begun = clock()
                    tell()
                    found.setdefault((name, area), []).append((clock() - begun) * 1_000)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    options = parser(__doc__)
    options.add_argument("--volunteers", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=7)
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        begun = time.perf_counter()
        found = measure(engine, volunteers=chosen.volunteers, rounds=chosen.rounds)
        show(
            f"{engine}: lists of 50 of {chosen.volunteers:,} volunteers, × the list without a community",
            ("", "ms without", *AREAS),
            [
                (
                    name,
                    spread(found[name, "none"]),
                    *(spread(ratios(found[name, area], found[name, "none"]), 1) for area in AREAS),
                )
                for name in dict.fromkeys(name for name, _ in found)
            ],
        )
        console.print(f"in all {time.perf_counter() - begun:.0f} s", style="dim")


if __name__ == "__main__":
    main()
