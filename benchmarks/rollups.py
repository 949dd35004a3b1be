"""A county's contributions after each record of service: in this process, as they are told over HTTP without HTTP.

python -m benchmarks.rollups [--volunteers N] [--larger N] [--rounds N] [--engine sqlite|postgres]
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from benchmarks.parts import bank
from benchmarks.parts.figures import engines, parser, ratios, show, spread
from benchmarks.parts.filling import fill
from benchmarks.parts.lists_facts import COUNTY, FIRST, VILLAGES, tree
from benchmarks.parts.places import Place, places
from ledger.api.queries import query_of
from ledger.bootstrap import STAFF, Ledger, open_for_writing, open_place
from ledger.domain import events
from ledger.domain.events import Event
from ledger.domain.ids import new_event_id, new_id
from ledger.domain.policy import STANDARD
from ledger.operations import answers
from ledger.operations.asking import Enquiry
from ledger.operations.callers import Caller, Role
from ledger.operations.trees import communities
from projections.registry import Views
from projections.running.rebuilding import prepare, rebuild_together

_YEAR = date(2025, 1, 1)
_SERVED = 3
"""By each volunteer, on some days of the year."""
_PROGRAMMES = ("银龄科普课堂", "邻里送餐", "绿色出行", None)
_ASKED = {"a month": b"period=2025-06&limit=200", "a year": b"period=2025&limit=200"}
_RECORDS = 20
"""In a round, each followed by a question."""


def facts(volunteers: int) -> Iterator[Event]:
    """A county whose volunteers served in its villages; one in a hundred in two of them."""
    chance = random.Random(1)
    stamp: dict[str, Any] = {"at": datetime(2026, 10, 1, tzinfo=UTC), "by": STAFF}

    def made(kind: Any, day: date = FIRST, /, **told: Any) -> Event:
        return kind(id=new_event_id(), on=day, **stamp, **told)

    yield made(events.LedgerOpened, origin="timebank", zone="Asia/Shanghai")
    yield made(events.PolicyAdopted, policy=STANDARD, effective=date.min)
    for community, level, parent in tree():
        yield made(
            events.CommunityEstablished, community=community, name=community, level=level, parent=parent
        )
    for number in range(volunteers):
        home = f"com_village{number % VILLAGES:03}"
        yield made(events.VolunteerRegistered, volunteer=bank.volunteer(number), community=home)
    for number in range(volunteers):
        for time_of_many in range(_SERVED):
            elsewhere = number % 100 == 0 and time_of_many == 0
            home = f"com_village{(number + elsewhere) % VILLAGES:03}"
            yield _served(number, home, _YEAR + timedelta(days=chance.randrange(365)), chance, made)


def _served(number: int, home: str, day: date, chance: random.Random, made: Any) -> Event:
    told = bank.service(bank.volunteer(number), day, 60).service
    programme = chance.choice(_PROGRAMMES)
    service = replace(told, record=new_id("rec"), programme=programme, hosted_by=home)
    counted = events.CountedDay(
        day=day, minutes=60, community=home, team=None, policy="standard", policy_version=1, credits=60
    )
    return made(events.ServiceAttested, day, service=service, days=(counted,))


def build(place: Place, volunteers: int) -> None:
    """The county's log and views."""
    with open_place(place.settings) as (log, directory):
        directory.migrate()
        fill(log, facts(volunteers), 10 * volunteers + 10_000)
        prepare(log, ())
        rebuild_together(log, Views().all())
        if not log.store.embedded:
            # As its own housekeeping does by itself, within a minute of so many new rows.
            with log.store.session() as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")


def telling(ledger: Ledger, parameters: bytes) -> Callable[[], object]:
    """How the county's contributions are asked for."""
    read = next(one for one in communities.QUESTIONS if one.name == "listContributions")
    query, caller = query_of(read.query, parameters), Caller(STAFF, Role.ADMIN)
    asked = Enquiry(read, {"community": COUNTY}, caller, query, "en")
    return lambda: answers.tell(ledger, asked)


def measure(engine: str, sizes: Sequence[int], rounds: int) -> dict[tuple[str, int], list[float]]:
    """Milliseconds of each answer, round by round, of counties of so many volunteers in turn."""
    found: dict[tuple[str, int], list[float]] = {}
    # On PostgreSQL the work is another process's: there only the clock on the wall tells of it.
    clock = time.process_time if engine == "sqlite" else time.perf_counter

    def timed(tell: Callable[[], object]) -> float:
        begun = clock()
        tell()
        return (clock() - begun) * 1_000

    with ExitStack() as stack:
        here = stack.enter_context(places(engine))
        ledgers: dict[int, Ledger] = {}
        for size in sizes:
            place = here.empty(f"county{size}")
            build(place, size)
            ledgers[size] = stack.enter_context(open_for_writing(place.settings))
        for size, ledger in ledgers.items():
            for what, parameters in _ASKED.items():
                found[f"{what}, for the first time", size] = [timed(telling(ledger, parameters))]
        for _ in range(rounds):
            for size, ledger in ledgers.items():
                for what, parameters in _ASKED.items():
                    tell, taken = telling(ledger, parameters), 0.0
                    for number in random.sample(range(size), _RECORDS):
                        day = _YEAR + timedelta(days=random.randrange(365))
                        command = bank.service(bank.volunteer(number), day, 1)
                        record = replace(command.service, record=new_id("rec"))
                        ledger.bank.handle(replace(command, service=record, again=True), by=STAFF)
                        taken += timed(tell)
                    found.setdefault((what, size), []).append(taken / _RECORDS)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    random.seed(1)
    options = parser(__doc__)
    options.add_argument("--volunteers", type=int, default=10_000)
    options.add_argument("--larger", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=7)
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        few, many = chosen.volunteers, chosen.larger
        found = measure(engine, (few, many), chosen.rounds)
        show(
            f"{engine}: a county's contributions after each record, {few:,} and {many:,} volunteers",
            ("of", "ms, few", "ms, many", "many : few"),
            [
                (
                    what,
                    spread(found[what, few]),
                    spread(found[what, many]),
                    spread(ratios(found[what, many], found[what, few])),
                )
                for what in dict.fromkeys(what for what, _ in found)
            ],
        )


if __name__ == "__main__":
    main()
