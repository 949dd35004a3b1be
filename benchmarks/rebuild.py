"""Rebuilding every view from a county's log, beside the library's ProjectionRunner at one of them."""

import contextlib
import itertools
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.parts import county, runner
from benchmarks.parts.figures import parser, ratios, show, spread
from benchmarks.parts.places import POSTGRES, SQLITE, Place, Places, places
from ledger.bootstrap import STAFF, Ledger, open_for_writing
from ledger.domain.events import Event, ServiceAttested, VolunteerRegistered
from ledger.domain.opening import OpenLedger
from ledger.exchange.kinds import KINDS
from ledger.exchange.tables import read_table
from ledger.opening import begin
from ledger.store.codec import decode
from ledger.store.log import batches, head
from projections.running.rebuilding import rebuild, rebuild_together

SEEN_BY_BALANCES = (VolunteerRegistered, ServiceAttested)


@dataclass
class Found:
    """Facts a second in each round, by whom; and how many facts there are."""

    facts: int = 0
    sampled: int = 0
    speed: dict[str, list[float]] = field(default_factory=dict)
    views: dict[str, list[float]] = field(default_factory=dict)

    def note(self, name: str, facts: int, seconds: float) -> None:
        self.speed.setdefault(name, []).append(facts / seconds)


OURS = {engine: f"all our views, {engine}" for engine in (SQLITE, POSTGRES)}
BALANCES = {engine: f"our balances alone, {engine}" for engine in (SQLITE, POSTGRES)}
RUNNER = "ProjectionRunner, balances alone"
HASTY = "  without waiting for its commits"


def measure(folder: Path, *, rounds: int, sample: int) -> Found:
    """Rounds in which everybody has a turn. The runner sees about `sample` facts only, unless that is 0."""
    found = Found()
    with contextlib.ExitStack() as stack:
        ledgers: dict[str, Ledger] = {}
        wheres = {engine: stack.enter_context(places(engine)) for engine in (SQLITE, POSTGRES)}
        for engine, here in wheres.items():
            ledger = stack.enter_context(open_for_writing(here.empty("ledger").settings, create=True))
            _take_in(ledger, folder)
            ledgers[engine] = ledger
        facts = _sampled(_facts(ledgers[SQLITE]), sample)
        found.facts = _head(ledgers[SQLITE])
        found.sampled = len(facts)
        here = wheres[POSTGRES]
        log = here.empty("classic")
        runner.populate(log, facts)
        for _ in range(rounds):
            for engine, ledger in ledgers.items():
                _rebuild(engine, ledger, found)
            for name, durable in ((RUNNER, True), (HASTY, False)):
                _run(here, log, found, facts, name, durable)
    return found


def _take_in(ledger: Ledger, folder: Path) -> None:
    begin(ledger.bank, OpenLedger(origin="timebank", zone="Asia/Shanghai"), by=STAFF, policy="standard")
    for name in county.KINDS:
        kind = KINDS[name]
        table = read_table(county.file_of(folder, name), kind.columns)
        kind.take_in(ledger.desk(by=STAFF, source="office", dry_run=False), table, _tell_nobody)


def _tell_nobody(judged: int, rows: int) -> None:
    """Where progress goes."""


def _facts(ledger: Ledger) -> list[Event]:
    with ledger.log.store.snapshot() as connection:
        rows = itertools.chain.from_iterable(batches(connection, 0, head(connection)))
        return [decode(row.data) for row in rows]


def _sampled(facts: Sequence[Event], most: int) -> list[Event]:
    """What balances are made of: all of it, or all facts of some volunteers, in log order, about so many."""
    relevant = [(_volunteer(fact), fact) for fact in facts if isinstance(fact, SEEN_BY_BALANCES)]
    counts = Counter(volunteer for volunteer, _ in relevant)
    some: set[str] = set()
    chosen = 0
    # Ids are random, so the first by name are no particular ones.
    for volunteer in sorted(counts):
        if most and chosen >= most:
            break
        some.add(volunteer)
        chosen += counts[volunteer]
    return [fact for volunteer, fact in relevant if volunteer in some]


def _volunteer(fact: VolunteerRegistered | ServiceAttested) -> str:
    return fact.volunteer if isinstance(fact, VolunteerRegistered) else fact.service.volunteer


def _head(ledger: Ledger) -> int:
    with ledger.log.store.snapshot() as connection:
        return head(connection)


def _rebuild(engine: str, ledger: Ledger, found: Found) -> None:
    begun = time.perf_counter()
    together = rebuild_together(ledger.log, ledger.views.all())
    found.note(OURS[engine], found.facts, time.perf_counter() - begun)
    if not all(done.same for done in together):
        raise RuntimeError("a view came out otherwise")
    for view in ledger.views.all():
        begun = time.perf_counter()
        if not rebuild(ledger.log, view).same:
            raise RuntimeError(f"{view.name} came out otherwise")
        took = time.perf_counter() - begun
        found.views.setdefault(f"{engine} {view.name}", []).append(took)
        if view is ledger.views.balances:
            found.note(BALANCES[engine], found.facts, took)


def _run(here: Places, log: Place, found: Found, facts: Sequence[Event], name: str, durable: bool) -> None:
    view = here.empty("view")
    found.note(name, found.sampled, runner.run(log, view, found.sampled, durable=durable))
    if runner.balances(view) != runner.expected(facts):
        raise RuntimeError("the runner's balances are other ones")


def table(found: Found) -> None:
    """Show everybody's speed, and the seconds of each of our views."""
    names = (*OURS.values(), *BALANCES.values(), RUNNER, HASTY)
    show(
        f"rebuilding from {found.facts:,} facts (the runner: {found.sampled:,} of those that concern balances)",
        ("", "facts a second", "× runner", "× hasty runner", "seconds for all"),
        [
            (
                name,
                spread(found.speed[name], 0),
                spread(ratios(found.speed[name], found.speed[RUNNER]), 1),
                spread(ratios(found.speed[name], found.speed[HASTY]), 1),
                spread([found.facts / speed for speed in found.speed[name]], 1),
            )
            for name in names
        ],
    )
    for name, seconds in found.views.items():
        print(f"{name}: {spread(seconds)} s")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    options = parser(__doc__)
    options.add_argument("--county", type=Path, default=county.DEFAULT, help="the folder of the four files")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument(
        "--sample", type=int, default=1_000, help="facts for the runner in a round; 0 for all"
    )
    chosen = options.parse_args(arguments)
    table(measure(chosen.county, rounds=chosen.rounds, sample=chosen.sample))


if __name__ == "__main__":
    main()
