"""Figures of the past from a long log, beside what stands now.

python -m benchmarks.past [--events N] [--rounds N] [--engine sqlite|postgres]
"""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from benchmarks.parts import bank
from benchmarks.parts.figures import console, engines, parser, ratios, show, spread
from benchmarks.parts.filling import fill
from benchmarks.parts.places import places
from ledger.domain.events import CommunityEstablished, CountedDay, Event, LedgerOpened, Level, ServiceAttested
from ledger.domain.ids import new_event_id
from ledger.store.engine import Store
from ledger.store.log import Log
from projections.figures.boards import Board, board, views_of
from projections.figures.both_books import balance_at
from projections.figures.clocks import Clocks
from projections.figures.past import as_they_stood
from projections.figures.periods import read_period
from projections.registry import Views
from projections.running.rebuilding import prepare, rebuild_together

LINES = 100
"""Of everybody's account but one."""
_BUSY_SHARE = 100
"""One fact of so many is the busy volunteer's."""
BUSY = "vol_busy"
FIRST = date(2020, 1, 1)


def facts(count: int) -> Iterator[Event]:
    """A ledger's opening, its community, and so much attested service in the order of its days."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    stamp = {"at": at, "by": "stf_office"}
    yield LedgerOpened(id=new_event_id(), on=at.date(), origin="timebank", zone="Asia/Shanghai", **stamp)
    yield CommunityEstablished(
        id=new_event_id(),
        on=FIRST,
        community=bank.COMMUNITY,
        name="胶州市",
        level=Level.COUNTY,
        parent=None,
        **stamp,
    )
    people = max(1, count // LINES)
    for number in range(2, count):
        who = BUSY if number % _BUSY_SHARE == 0 else bank.volunteer(number % people)
        day = date.fromordinal(FIRST.toordinal() + number * 2_000 // count)
        counted = CountedDay(
            day=day,
            minutes=60,
            community=bank.COMMUNITY,
            team=None,
            policy="standard",
            policy_version=1,
            credits=60,
        )
        service = bank.service(who, day, 60).service
        yield ServiceAttested(id=new_event_id(), on=day, service=service, days=(counted,), **stamp)


def build(log: Log, views: Views) -> None:
    """Build the views that are asked."""
    asked = (views.balances, views.statement, views.leaderboards, views.contributions, views.communities)
    prepare(log, ())
    rebuild_together(log, asked)


def questions(views: Views, count: int) -> dict[str, Callable[[Connection], object]]:
    """What is asked, the balance that stands now first."""
    day, somebody, half = date(2022, 6, 30), bank.volunteer(1), count // 2
    asked = Board(by="volunteers", period="all", limit=100)
    within = Board(by="volunteers", period="2022", within=bank.COMMUNITY, limit=100)

    def told(question: Board, clocks: Clocks) -> Callable[[Connection], object]:
        def tell(connection: Connection) -> object:
            period, needed = read_period(question.period), views_of(views, question)
            with as_they_stood(connection, views, clocks, period, needed) as shown:
                return board(shown, views, question, lambda _: {})

        return tell

    def balance(who: str, clocks: Clocks) -> Callable[[Connection], object]:
        return lambda connection: balance_at(connection, views, who, clocks)

    busy = count // _BUSY_SHARE
    return {
        "balance now": balance(somebody, Clocks()),
        f"balance as of a day, {LINES} lines": balance(somebody, Clocks(as_of=day)),
        f"balance by both clocks, {busy:,} lines": balance(BUSY, Clocks(day, half)),
        "board of all time, known at the middle": told(asked, Clocks(known_at=half)),
        "board of a year within a community, by both": told(within, Clocks(day, half)),
    }


def measure(engine: str, *, events: int, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each question, round by round, each in a moment that is open already."""
    views = Views()
    found: dict[str, list[float]] = {}
    with places(engine) as here:
        log = Log(Store(here.empty("ledger").url, write=True))
        try:
            fill(log, facts(events), events)
            build(log, views)
            if engine == "postgres":
                # As its own housekeeping does by itself, within a minute of so many new rows.
                with log.store.session() as connection:
                    connection.exec_driver_sql("VACUUM ANALYZE")
            asked = questions(views, events)
            with log.store.snapshot() as connection:
                for ask in asked.values():
                    ask(connection)
                for _ in range(rounds):
                    for what, ask in asked.items():
                        begun = time.perf_counter()
                        ask(connection)
                        found.setdefault(what, []).append((time.perf_counter() - begun) * 1_000)
        finally:
            log.store.close()
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    options = parser(__doc__)
    options.add_argument("--events", type=int, default=1_000_000, help="how long the log is")
    options.add_argument("--rounds", type=int, default=15)
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        begun = time.perf_counter()
        found = measure(engine, events=chosen.events, rounds=chosen.rounds)
        now = found["balance now"]
        show(
            f"{engine}: figures of the past, {chosen.events:,} events",
            ("", "ms", "× balance now"),
            [(what, spread(times), spread(ratios(times, now), 1)) for what, times in found.items()],
        )
        console.print(f"in all {time.perf_counter() - begun:.0f} s", style="dim")


if __name__ == "__main__":
    main()
