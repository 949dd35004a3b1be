"""The library's classic way: an aggregate for each account, loaded, decided upon and saved with its version."""

import random
from collections.abc import Callable, Sequence
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import IntegrityError

from benchmarks.parts.places import SQLITE, Place
from ledger.domain.ids import new_id

THREADS = 8


class NotEnough(Exception):
    """The balance is below what was to be sent."""


class Account(Aggregate):
    """An account that knows its balance."""

    @event("Opened")
    def __init__(self, minutes: int) -> None:
        self.minutes = minutes

    def send(self, transfer: str, receiver: UUID, minutes: int) -> None:
        if self.minutes < minutes:
            raise NotEnough
        self._sent(transfer=transfer, receiver=receiver, minutes=minutes)

    @event("Sent")
    def _sent(self, transfer: str, receiver: UUID, minutes: int) -> None:
        self.minutes -= minutes

    @event("Received")
    def receive(self, transfer: str, giver: UUID, minutes: int) -> None:
        self.minutes += minutes


class Accounts(Application[UUID]):
    """Transfers between accounts: both sides in one transaction."""

    def open(self, count: int, minutes: int) -> list[UUID]:
        opened = [Account(minutes=minutes) for _ in range(count)]
        for start in range(0, count, 500):
            self.save(*opened[start : start + 500])
        return [account.id for account in opened]

    def transfer(self, transfer: str, giver: UUID, receiver: UUID, minutes: int) -> None:
        source: Account = self.repository.get(giver)
        target: Account = self.repository.get(receiver)
        source.send(transfer, receiver, minutes)
        target.receive(transfer, giver, minutes)
        self.save(source, target)


def settings(engine: str, place: Place) -> dict[str, str]:
    """As the library comes, with the pool that as many threads want: safe beside other processes.

    A cache that is brought up to date at each use was no faster with so many threads.
    """
    found = place.classic()
    if engine == SQLITE:
        return found | {"SQLITE_LOCK_TIMEOUT": "60"}
    return found | {"POSTGRES_POOL_SIZE": str(THREADS), "POSTGRES_MAX_OVERFLOW": "0"}


def settings_of_one_process(engine: str, place: Place) -> dict[str, str]:
    """The fastest there is: aggregates are loaded once and never looked at in the database again.

    After another process's change every later save of that account would fail. On PostgreSQL a stored function
    inserts without locking the table: numbers may become visible out of order, and a follower may miss some.
    """
    found = settings(engine, place) | {"AGGREGATE_CACHE_MAXSIZE": "0", "AGGREGATE_CACHE_FASTFORWARD": "n"}
    return found if engine == SQLITE else found | {"POSTGRES_ENABLE_DB_FUNCTIONS": "y"}


def send(
    app: Accounts,
    accounts: Sequence[UUID],
    chance: random.Random,
    retries: list[int],
    more: Callable[[], bool],
) -> int:
    """What one thread gets done until time is up: a transfer that lost a race is done again, and counts once."""
    done = 0
    while more():
        giver, receiver = chance.sample(accounts, 2)
        transfer = new_id("tra")
        while True:
            try:
                app.transfer(transfer, giver, receiver, 1)
                break
            except IntegrityError:
                retries.append(1)
        done += 1
    return done
