"""The policy of a day, and the stars that it gives."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from ledger.domain.policies import AdoptPolicy
from ledger.domain.policy import STANDARD, Policy
from tests.projections.book import TODAY, Book

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
STRICT, MILD = replace(STANDARD, version=2), replace(STANDARD, version=3, floor=-600)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite alone: `test_checking` holds the rows of PostgreSQL against those of SQLite."""
    return sqlite_url


def in_force(book: Book, day: date) -> Policy | None:
    with book.reading() as connection:
        return book.views.policies.in_force(connection, day)


def test_stars_come_at_100_300_600_1000_and_1500_hours(book: Book):
    policy = in_force(book, TODAY)
    assert policy is not None
    assert policy == STANDARD
    reached = {hours: policy.stars_for(hours * 60) for hours in (0, 99, 100, 299, 300, 600, 1000, 1500, 9999)}
    assert reached == {0: 0, 99: 0, 100: 1, 299: 1, 300: 2, 600: 3, 1000: 4, 1500: 5, 9999: 5}
    assert [policy.stars_for(minutes) for minutes in (-1, 5_999, 6_000, 6_001)] == [0, 0, 1, 1]


def test_the_first_policy_holds_from_the_first_day(book: Book):
    assert in_force(book, date.min) == STANDARD
    assert in_force(book, date.max) == STANDARD


def test_a_policy_holds_from_its_effective_day(book: Book):
    book.tell(AdoptPolicy(policy=STRICT, effective=TOMORROW))
    assert [in_force(book, day) for day in (YESTERDAY, TODAY, TOMORROW)] == [STANDARD, STANDARD, STRICT]


def test_of_two_with_one_date_the_later_adopted_holds(book: Book):
    book.tell(AdoptPolicy(policy=STRICT, effective=TODAY), AdoptPolicy(policy=MILD, effective=TODAY))
    assert in_force(book, TODAY) == MILD
    book.tell(AdoptPolicy(policy=STRICT, effective=TODAY))
    assert in_force(book, TODAY) == STRICT


def test_one_adopted_later_for_an_earlier_day_holds_until_the_next(book: Book):
    book.tell(AdoptPolicy(policy=STRICT, effective=TODAY), AdoptPolicy(policy=MILD, effective=YESTERDAY))
    assert [in_force(book, day) for day in (YESTERDAY, TODAY)] == [MILD, STRICT]
