"""What training a volunteer completed, and what of it is valid on a day."""

from datetime import date, timedelta

import pytest

from projections.stays import Part
from tests.projections.book import ANN, BOB, TODAY, Book
from tests.stories_appointments import annul, train

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite alone: `test_checking` holds the rows of PostgreSQL against those of SQLite."""
    return sqlite_url


def completed(book: Book, volunteer: str) -> list[str]:
    with book.reading() as connection:
        return [one.id for one in book.views.training.of_volunteer(connection, volunteer)]


def valid(book: Book, volunteer: str, day: date) -> list[str]:
    with book.reading() as connection:
        return [one.id for one in book.views.training.listed(connection, Part(day=day), volunteer=volunteer)]


def test_a_training_is_valid_from_its_completion_until_the_day_named(book: Book):
    book.register(ANN)
    book.tell(train(ANN, YESTERDAY, until=TOMORROW))
    held = [valid(book, ANN, YESTERDAY + timedelta(days=later)) for later in (-1, 0, 1, 2)]
    assert held == [[], ["trn_aid"], ["trn_aid"], []]
    with book.reading() as connection:
        (row,) = book.views.training.of_volunteer(connection, ANN)
    assert row[:6] == ("trn_aid", ANN, "First aid", "Resuscitation, bandages", 240, "Shire Clinic")
    assert row[6:] == (None, YESTERDAY.isoformat(), TOMORROW.isoformat())


def test_a_training_that_ran_out_was_completed_all_the_same(book: Book):
    book.register(ANN)
    book.tell(train(ANN, YESTERDAY, until=TODAY))
    assert (completed(book, ANN), valid(book, ANN, TODAY)) == (["trn_aid"], [])


def test_a_training_that_was_annulled_counts_no_more(book: Book):
    book.register(ANN)
    book.tell(train(ANN, YESTERDAY), annul())
    assert completed(book, ANN) == valid(book, ANN, TODAY) == valid(book, ANN, YESTERDAY) == []


def test_each_volunteer_has_their_own_in_order_of_days(book: Book):
    book.register(ANN, BOB)
    book.tell(
        train(ANN, TODAY, training="trn_one"),
        train(ANN, YESTERDAY, training="trn_two"),
        train(BOB, YESTERDAY, training="trn_three"),
    )
    assert completed(book, ANN) == ["trn_two", "trn_one"]
    assert completed(book, BOB) == valid(book, BOB, TODAY) == ["trn_three"]
    assert valid(book, ANN, YESTERDAY) == ["trn_two"]
