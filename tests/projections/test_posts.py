"""Who holds which post in which community on a day."""

from datetime import date, timedelta

import pytest

from ledger.domain.communities import MergeCommunity
from projections.stays import Part
from tests.projections.book import ANN, BOB, FORD, HILL, MILL, TODAY, Book
from tests.stories_appointments import leave_post, take_post

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite alone: `test_checking` holds the rows of PostgreSQL against those of SQLite."""
    return sqlite_url


def posts_of(book: Book, community: str, day: date = TODAY) -> list[tuple[str, str]]:
    """Who holds what in a community."""
    with book.reading() as connection:
        return [
            (one.volunteer, one.post)
            for one in book.views.posts.listed(connection, Part(day=day), communities={community})
        ]


def posts_held(book: Book, volunteer: str, day: date = TODAY) -> list[tuple[str, str]]:
    """What somebody holds, and where."""
    with book.reading() as connection:
        return [
            (one.post, one.community)
            for one in book.views.posts.listed(connection, Part(day=day), volunteer=volunteer)
        ]


def test_a_post_is_held_from_its_first_day_until_the_day_named(book: Book):
    book.register(ANN)
    book.tell(take_post(ANN, "liaison", YESTERDAY, at=MILL, until=TOMORROW))
    held = [posts_of(book, MILL, YESTERDAY + timedelta(days=later)) for later in (-1, 0, 1, 2)]
    assert held == [[], [(ANN, "liaison")], [(ANN, "liaison")], []]
    with book.reading() as connection:
        (tenure,) = book.views.posts.listed(connection, Part(day=TODAY))
    assert tenure == ("ten_cadre", ANN, MILL, "liaison", YESTERDAY.isoformat(), TOMORROW.isoformat())


def test_a_post_left_is_held_no_more(book: Book):
    book.register(ANN)
    book.tell(take_post(ANN, on=YESTERDAY), leave_post(TODAY))
    assert posts_of(book, MILL, YESTERDAY) == [(ANN, "cadre")]
    assert posts_of(book, MILL) == posts_of(book, MILL, TOMORROW) == []


def test_the_posts_of_a_community_and_of_a_volunteer(book: Book):
    book.register(ANN, BOB)
    book.tell(
        take_post(BOB, on=TODAY, at=MILL, tenure="ten_one"),
        take_post(ANN, on=YESTERDAY, at=MILL, tenure="ten_two"),
        take_post(ANN, "liaison", TODAY, at=FORD, tenure="ten_three"),
    )
    assert posts_of(book, MILL) == [(BOB, "cadre"), (ANN, "cadre")]
    assert posts_of(book, FORD) == [(ANN, "liaison")]
    assert posts_held(book, ANN) == [("liaison", FORD), ("cadre", MILL)]
    assert posts_held(book, ANN, YESTERDAY) == [("cadre", MILL)]
    assert posts_held(book, "vol_nobody") == posts_of(book, HILL) == []


def test_a_post_of_a_merged_community_stays_one_of_it(book: Book):
    book.register(ANN)
    book.tell(take_post(ANN, on=YESTERDAY, at=MILL), MergeCommunity(community=MILL, into=HILL))
    assert posts_of(book, MILL) == [(ANN, "cadre")]
    book.tell(leave_post(TODAY))
    assert posts_of(book, MILL) == posts_of(book, HILL) == []
