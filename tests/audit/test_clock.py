"""A clock that was ahead dates what follows: `verify` names it, where what follows tells of it."""

from datetime import datetime, timedelta

import pytest

from ledger.audit.clock import Clock
from ledger.audit.verification import Beside, Found, verify
from ledger.domain.credits import TransferCredits
from ledger.domain.presence import ClockIn
from ledger.domain.venues import OpenVenue
from ledger.store.codec import decode
from ledger.store.log import between
from tests.projections.book import ANN, BOB, NOON, Book, lay_out, opened
from tests.projections.fair import BASE, base

# What a clock did is told of the facts alone, wherever they lie.
pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


class Hand:
    """The hand of a clock that somebody sets."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def told(database_url: str, hand: Hand):
    """A book by a clock of one's own, in which two people hold credits."""
    with opened(database_url, hand) as book:
        lay_out(book)
        book.register(ANN, BOB)
        book.serve(ANN, 300)
        yield book


def clock(book: Book, now: datetime | None) -> Found:
    # Without most views, of which nothing is asked here and which take most of the time.
    found = verify(book.ledger.log, [book.views.tree], keys=[], beside=Beside(now=now))
    return next(one for one in found if one.name == "clock")


def give(book: Book, number: int) -> None:
    book.tell(TransferCredits(transfer=f"tra_one{number}", giver=ANN, receiver=BOB, minutes=1))


def test_a_run_of_a_clock_that_was_ahead_was_unseen(told: Book, hand: Hand):
    give(told, 1)
    first = told.position() + 1
    hand.at = ahead = NOON + timedelta(days=3)
    give(told, 2)
    hand.at = NOON + timedelta(minutes=1)
    give(told, 3)
    give(told, 4)
    now = NOON + timedelta(minutes=2)
    assert clock(told, now).fault == (
        f"the clock was ahead: events {first} to {first + 2} are dated later than now, from"
        f" {ahead:%Y-%m-%d %H:%M:%S} UTC on"
    )
    # When the present has come that far, it is no fault any more, and is named all the same.
    hand.at = now = NOON + timedelta(days=4)
    give(told, 5)
    assert clock(told, now) == Found(
        "clock",
        "",
        f"the clock had been ahead: events {first} to {first + 2} bear one instant, {ahead:%Y-%m-%d %H:%M:%S} UTC,"
        f" and event {first + 1} was recorded on {NOON:%Y-%m-%d}",
    )


def test_a_visit_tells_of_a_clock_that_was_ahead_by_minutes(told: Book, hand: Hand):
    told.tell(OpenVenue(venue=base, code="POPPY-1"))
    hand.at = NOON + timedelta(minutes=40)
    give(told, 1)
    hand.at = NOON + timedelta(minutes=2)
    told.tell(ClockIn(visit="vis_one", venue=BASE, volunteer=ANN, code="POPPY-1"))
    found = clock(told, NOON + timedelta(days=1))
    assert found.fault == ""
    assert found.remark.endswith(f"was recorded at {hand.at:%Y-%m-%d %H:%M:%S} UTC")


def test_a_clock_that_nobody_set_is_well(told: Book, hand: Hand):
    for number in range(3):
        hand.at += timedelta(hours=9)
        give(told, number)
        give(told, 10 + number)
    assert clock(told, hand.at) == Found("clock", "")
    assert clock(told, hand.at - timedelta(minutes=4)) == Found("clock", "")
    assert clock(told, None) == Found("clock", "")
    assert clock(told, hand.at - timedelta(minutes=6)).fault


def test_a_fact_that_is_dated_before_the_one_above_it_is_told(told: Book):
    give(told, 1)
    with told.ledger.log.store.snapshot() as connection:
        [row] = between(connection, told.position() - 1, told.position())
    seen = Clock(None)
    for position, back in enumerate((0, 0, 1), 1):
        event = decode(row.data.replace("2028-06-01T", f"2028-06-0{2 - back}T", 1))
        seen.take(position, event)
    assert seen.fault == "event 3 is dated before the one that precedes it"
