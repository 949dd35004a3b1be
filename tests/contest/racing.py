"""Contestants: many at once on few accounts, few records and few days, each remembering what it was told."""

import threading
from collections import Counter
from collections.abc import Generator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from random import Random
from typing import NamedTuple

from ledger.application import Ask, TimeBank
from ledger.domain.commands import Command, Refusal
from ledger.domain.credits import NotEnoughCredits
from ledger.domain.records import AlreadyDecided, DayFull, LooksTheSame
from ledger.store.log import Log
from projections.registry import Views
from projections.running.inline import InlineViews
from projections.running.rebuilding import prepare
from tests.contest.apart import CONTEXT
from tests.small_bank import A_DAY, STAFF, approve, attest, begin, give, migrated, report, running

GIVERS = tuple(f"vol_giver{number}" for number in range(4))
WORKERS = tuple(f"vol_worker{number}" for number in range(3))
REPORTED = "vol_reported"
EXPECTED = (NotEnoughCredits, AlreadyDecided, DayFull, LooksTheSame)
"""What a contestant may be refused with, and no other way."""

_RECORDS_A_BATCH = 200
_ROUNDS_A_DAY = 5


class Race(NamedTuple):
    """How many contestants there are, and how many rounds each of them plays."""

    contestants: int
    rounds: int


@dataclass
class Tally:
    """What contestants were told: positions, refusals by code, and what nobody can explain."""

    positions: list[int] = field(default_factory=list[int])
    refused: Counter[str] = field(default_factory=Counter[str])
    errors: list[str] = field(default_factory=list[str])

    def add(self, other: "Tally") -> None:
        self.positions.extend(other.positions)
        self.refused.update(other.refused)
        self.errors.extend(other.errors)


@contextmanager
def entered(url: str) -> Generator[tuple[Log, TimeBank]]:
    """A writer with all views, as a server is one."""
    with migrated(url) as log, running(log, (InlineViews(Views().all()),)) as bank:
        yield log, bank


def set_up(url: str, race: Race) -> None:
    """Volunteers with a little to give, and a record for each round, waiting to be approved."""
    with migrated(url) as log:
        prepare(log, Views().all())
    with entered(url) as (_, bank):
        begin(bank, *GIVERS, *WORKERS, REPORTED)
        bank.handle_many([Ask(attest(giver, 100), STAFF) for giver in GIVERS])
        for start in range(0, race.rounds, _RECORDS_A_BATCH):
            some = range(start, min(start + _RECORDS_A_BATCH, race.rounds))
            bank.handle_many(
                [
                    Ask(
                        report(REPORTED, 30, record_of(number), A_DAY - timedelta(days=number % 1_000)), STAFF
                    )
                    for number in some
                ]
            )


def record_of(number: int) -> str:
    return f"rec_round{number:05}"


def play(bank: TimeBank, contestant: int, rounds: int) -> Tally:
    """Each round: a transfer, an approval that everybody is after, and minutes for a day that is nearly full."""
    random, tally, by = Random(contestant), Tally(), f"stf_contestant{contestant}"
    for number in range(rounds):
        giver, receiver = random.sample(GIVERS, 2)
        _ask(bank, tally, give(giver, receiver, random.randrange(1, 120)), by, f"{number}/give")
        _ask(bank, tally, approve(record_of(number)), by, f"{number}/approve")
        day = A_DAY - timedelta(days=number // _ROUNDS_A_DAY)
        _ask(
            bank,
            tally,
            attest(random.choice(WORKERS), random.randrange(1, 30) * 10, day),
            by,
            f"{number}/attest",
        )
    return tally


def _ask(bank: TimeBank, tally: Tally, command: Command, by: str, key: str) -> None:
    try:
        receipt = bank.handle(command, by=by, key=key)
        tally.positions.append(receipt.position)
        if receipt.replayed:
            tally.errors.append(f"{key} of {by} was answered as if asked before")
        elif receipt.position % 5 == 0 and bank.handle(command, by=by, key=key) != receipt._replace(
            replayed=True
        ):
            tally.errors.append(f"{key} of {by} was answered otherwise the second time")
    except EXPECTED as refusal:
        tally.refused[refusal.code] += 1
    except Refusal as refusal:
        tally.errors.append(f"{key} of {by} was refused with {refusal!r}")
    except Exception as error:
        tally.errors.append(f"{key} of {by} failed with {error!r}")


def race_threads(url: str, race: Race) -> Tally:
    """Everybody on a thread of one process."""
    start = threading.Barrier(race.contestants)
    total = Tally()
    with entered(url) as (_, bank), ThreadPoolExecutor(race.contestants) as pool:

        def one(contestant: int) -> Tally:
            start.wait()
            return play(bank, contestant, race.rounds)

        for tally in pool.map(one, range(race.contestants)):
            total.add(tally)
    return total


def race_processes(url: str, race: Race) -> Tally:
    """Everybody in a process of their own."""
    total = Tally()
    gate = CONTEXT.Barrier(race.contestants)
    with ProcessPoolExecutor(race.contestants, CONTEXT, _come_to, (gate,)) as pool:
        contestants = range(race.contestants)
        for done in [pool.submit(_one_process, url, contestant, race.rounds) for contestant in contestants]:
            total.add(done.result())
    return total


_gate: list[Barrier] = []
"""In a contestant's process: where it begins together with the others."""


def _come_to(gate: Barrier) -> None:
    _gate.append(gate)


def _one_process(url: str, contestant: int, rounds: int) -> Tally:
    with entered(url) as (_, bank):
        _gate[0].wait(timeout=120)
        return play(bank, contestant, rounds)
