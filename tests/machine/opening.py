"""How every run begins: the same words, counted from the day and the moment at which it does."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from tests.machine import saying, saying_offers, saying_shifts
from tests.machine.model import Asked


def opening_words(day: Callable[[int], date | None], clock: datetime) -> Iterator[Asked]:
    yield from saying.opening_words(day)
    yield from saying_shifts.opening_words(day, clock)
    yield from saying_offers.opening_words(day)
