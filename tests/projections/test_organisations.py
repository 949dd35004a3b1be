"""Which organisations are attached to which community on a day."""

from datetime import date, timedelta

import pytest

from projections.stays import Part
from tests.projections.book import FORD, HILL, MILL, TODAY, Book
from tests.stories_appointments import CLINIC, SCHOOL, attach, detach

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite alone: `test_checking` holds the rows of PostgreSQL against those of SQLite."""
    return sqlite_url


def attached_to(book: Book, community: str, day: date = TODAY) -> list[str]:
    with book.reading() as connection:
        found = book.views.organisations.all(connection, Part(day=day), communities={community})
    return [one.id for one in found]


def places_of(book: Book, organisation: str, day: date = TODAY) -> list[str]:
    with book.reading() as connection:
        found = book.views.organisations.of_organisation(connection, Part(day=day), organisation)
    return [one.community for one in found]


def test_an_organisation_is_attached_from_its_first_day_until_the_day_named(book: Book):
    book.tell(attach(on=YESTERDAY, until=TOMORROW))
    held = [attached_to(book, MILL, YESTERDAY + timedelta(days=later)) for later in (-1, 0, 1, 2)]
    assert held == [[], [SCHOOL], [SCHOOL], []]
    with book.reading() as connection:
        (row,) = book.views.organisations.of_organisation(connection, Part(day=TODAY), SCHOOL)
    assert row[:5] == ("att_school", SCHOOL, MILL, "Mill School", "school")
    assert row[5:] == (YESTERDAY.isoformat(), TOMORROW.isoformat())


def test_an_organisation_detached_is_shown_no_more(book: Book):
    book.tell(attach(on=YESTERDAY), detach(TODAY))
    assert attached_to(book, MILL, YESTERDAY) == [SCHOOL]
    assert attached_to(book, MILL) == []


def test_the_organisations_of_a_community_and_the_communities_of_an_organisation(book: Book):
    book.tell(
        attach(CLINIC, MILL, TODAY, attachment="att_one"),
        attach(SCHOOL, MILL, YESTERDAY, attachment="att_two"),
        attach(SCHOOL, FORD, TODAY, attachment="att_three"),
    )
    assert attached_to(book, MILL) == [CLINIC, SCHOOL]
    assert places_of(book, SCHOOL) == [FORD, MILL]
    assert places_of(book, SCHOOL, YESTERDAY) == [MILL]
    assert attached_to(book, HILL) == places_of(book, "org_none") == []
