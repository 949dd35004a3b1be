"""What happens when: commands in the order of a clock that the story moves."""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import count
from typing import NamedTuple, TypeVar

from ledger.application import Ask, Receipt
from ledger.bootstrap import Ledger
from ledger.domain.commands import Refusal
from ledger.domain.events import Event

Outcomes = Sequence[Receipt | Refusal]
Then = Callable[[Outcomes], None]
"""Hears what became of its commands, and may plan what follows."""
Told = Callable[[datetime], None]

MOST_AT_ONCE = 500


F = TypeVar("F", bound=Event)


def heard(outcomes: Outcomes, kind: type[F]) -> Iterator[F]:
    """The facts of a kind among what became of some commands."""
    for outcome in outcomes:
        if isinstance(outcome, Receipt):
            yield from (event for _, event, _ in outcome.events if isinstance(event, kind))


class Moment(NamedTuple):
    """Commands of one instant."""

    instant: datetime
    order: int
    make: Callable[[], Iterable[Ask]]
    then: Then


class Clock:
    """A clock that stands still until the story moves it."""

    def __init__(self, now: datetime) -> None:
        """Begin at an instant (UTC)."""
        self.now = now

    def __call__(self) -> datetime:
        """The instant of the story."""
        return self.now


class Timeline:
    """All that is still to happen."""

    def __init__(self) -> None:
        """Nothing is planned."""
        self._moments: list[Moment] = []
        self._orders = count()
        self.recorded = 0
        self.refused = Counter[str]()

    def at(self, instant: datetime, make: Callable[[], Iterable[Ask]], then: Then = lambda _: None) -> None:
        """Plan commands that are made when their instant has come."""
        heapq.heappush(self._moments, Moment(instant, next(self._orders), make, then))

    def play(self, ledger: Ledger, clock: Clock, told: Told) -> None:
        """Let everything happen, and whatever follows from it; what is of one instant shares its commits."""
        while self._moments:
            instant = self._moments[0].instant
            now: list[Moment] = []
            while self._moments and self._moments[0].instant == instant:
                now.append(heapq.heappop(self._moments))
            clock.now = max(clock.now, instant)
            told(clock.now)
            self._hear(ledger, now)

    def _hear(self, ledger: Ledger, moments: Sequence[Moment]) -> None:
        made = [list(moment.make()) for moment in moments]
        asks = [ask for some in made for ask in some]
        outcomes: list[Receipt | Refusal] = []
        for start in range(0, len(asks), MOST_AT_ONCE):
            outcomes += ledger.bank.handle_many(asks[start : start + MOST_AT_ONCE])
        for outcome in outcomes:
            if isinstance(outcome, Refusal):
                self.refused[outcome.code] += 1
            else:
                self.recorded += len(outcome.events)
        remaining = iter(outcomes)
        for moment, some in zip(moments, made, strict=True):
            moment.then([next(remaining) for _ in some])
