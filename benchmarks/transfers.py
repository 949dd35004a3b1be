"""Durable transfers a second: 64 callers of TimeBank.handle, beside the classic application and the raw rows."""

import contextlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.parts import bank, classic, raw
from benchmarks.parts.figures import engines, parser, ratios, show, spread
from benchmarks.parts.places import Place, Places, places
from ledger.bootstrap import Ledger, open_for_writing
from ledger.store.log import head

CALLERS = 64


@dataclass
class Found:
    """Transfers a second in each round, and what tells how they came about."""

    plain: list[float] = field(default_factory=list)
    keyed: list[float] = field(default_factory=list)
    classic: list[float] = field(default_factory=list)
    in_memory: list[float] = field(default_factory=list)
    limit: list[float] = field(default_factory=list)
    batches: list[float] = field(default_factory=list)
    retries: list[float] = field(default_factory=list)


class Classic(NamedTuple):
    """A classic application with its accounts."""

    app: classic.Accounts
    accounts: Sequence[classic.UUID]


def measure(engine: str, *, rounds: int, seconds: float, volunteers: int) -> Found:
    """Rounds in which everybody has a turn, on a database of their own that grows from round to round."""
    found, chance = Found(), random.Random(1)
    with contextlib.ExitStack() as stack:
        here = stack.enter_context(places(engine))
        plain = stack.enter_context(_founded(here.empty("plain"), volunteers))
        keyed = stack.enter_context(_founded(here.empty("keyed"), volunteers))
        limit, written = _limit(here, volunteers), raw.tables(plain)
        as_it_comes = stack.enter_context(
            _opened(classic.settings(engine, here.empty("classic")), volunteers)
        )
        in_memory = stack.enter_context(
            _opened(classic.settings_of_one_process(engine, here.empty("in_memory")), volunteers)
        )
        for _ in range(rounds):
            before = _head(plain)
            found.plain.append(_calling(plain, volunteers, False, seconds, chance))
            found.classic.append(_sending(as_it_comes, seconds, chance, found.retries))
            found.keyed.append(_calling(keyed, volunteers, True, seconds, chance))
            found.in_memory.append(_sending(in_memory, seconds, chance, []))
            with plain.log.store.snapshot() as connection:
                commits = raw.commits(connection, written, before)
            transfers = sum(len(commit[0]) for commit in commits)
            found.batches.append(transfers / len(commits))
            found.limit.append(transfers / raw.replay(engine, limit, written, commits))
    return found


def _calling(ledger: Ledger, volunteers: int, keyed: bool, seconds: float, chance: random.Random) -> float:
    """Transfers a second of all callers together, each waiting for its answer before it asks again."""
    seeds = [chance.getrandbits(64) for _ in range(CALLERS)]

    def call(number: int, more: Callable[[], bool]) -> int:
        done = 0
        for command in bank.transfers(random.Random(seeds[number]), volunteers):
            if not more():
                break
            ledger.bank.handle(command, by=command.giver, key=command.transfer if keyed else None)
            done += 1
        return done

    done, took = bank.together(CALLERS, call, seconds)
    return done / took


def _sending(sender: Classic, seconds: float, chance: random.Random, retries: list[float]) -> float:
    """The same for the classic application; adds its retries for each transfer."""
    seeds = [chance.getrandbits(64) for _ in range(classic.THREADS)]
    again: list[int] = []

    def send(number: int, more: Callable[[], bool]) -> int:
        return classic.send(sender.app, sender.accounts, random.Random(seeds[number]), again, more)

    done, took = bank.together(classic.THREADS, send, seconds)
    retries.append(len(again) / max(done, 1))
    return done / took


@contextlib.contextmanager
def _founded(place: Place, volunteers: int) -> Iterator[Ledger]:
    with open_for_writing(place.settings, create=True) as ledger:
        bank.found(ledger.bank, volunteers)
        yield ledger


@contextlib.contextmanager
def _opened(environment: dict[str, str], accounts: int) -> Iterator[Classic]:
    app = classic.Accounts(env=environment)
    with contextlib.closing(app):
        yield Classic(app, app.open(accounts, bank.CREDITS))


def _limit(here: Places, volunteers: int) -> Place:
    """A ledger like the others, for the driver alone."""
    place = here.empty("limit")
    with _founded(place, volunteers):
        pass
    raw.unguarded(here.engine, place)
    return place


def _head(ledger: Ledger) -> int:
    with ledger.log.store.snapshot() as connection:
        return head(connection)


def table(engine: str, found: Found) -> None:
    """Show the rounds of one engine."""
    threads = classic.THREADS
    rows = (
        (f"TimeBank.handle, {CALLERS} callers", found.plain),
        ("  with an idempotency key", found.keyed),
        (f"classic application, {threads} threads", found.classic),
        ("  all in memory, one process only", found.in_memory),
        ("the limit: same rows, plain driver", found.limit),
    )
    show(
        f"{engine}: durable transfers, min–median–max of {len(found.plain)} rounds",
        ("", "a second", "× classic", "× in memory", "% of limit"),
        [
            (
                name,
                spread(values, 0),
                spread(ratios(values, found.classic), 1),
                spread(ratios(values, found.in_memory), 1),
                spread([100 * share for share in ratios(values, found.limit)], 0),
            )
            for name, values in rows
        ],
    )
    print(f"transfers in a commit: {spread(found.batches, 1)}")
    print(f"retries for a transfer of the classic application: {spread(found.retries, 3)}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    options = parser(__doc__)
    options.add_argument("--seconds", type=float, default=1.2, help="of each in each round")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--volunteers", type=int, default=1_000)
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        table(
            engine,
            measure(engine, rounds=chosen.rounds, seconds=chosen.seconds, volunteers=chosen.volunteers),
        )


if __name__ == "__main__":
    main()
