"""Which titles a community or a team bears on a day."""

from datetime import date, timedelta

import pytest

from projections.stays import Part
from tests.projections.book import FORD, HERONS, HILL, MILL, SWIFTS, TODAY, Book
from tests.stories_appointments import designate, end_designation

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite alone: `test_checking` holds the rows of PostgreSQL against those of SQLite."""
    return sqlite_url


def titles_of(book: Book, bearer: str, day: date = TODAY) -> list[str]:
    with book.reading() as connection:
        found = book.views.designations.listed(connection, Part(day=day))
    return [one.name for one in found if bearer in {one.community, one.team}]


def test_a_title_is_borne_from_its_first_day_until_the_day_named(book: Book):
    book.tell(designate(MILL, "Pilot", YESTERDAY, until=TOMORROW, funding_fen=20_000_000))
    held = [titles_of(book, MILL, YESTERDAY + timedelta(days=later)) for later in (-1, 0, 1, 2)]
    assert held == [[], ["Pilot"], ["Pilot"], []]
    with book.reading() as connection:
        (row,) = book.views.designations.listed(connection, Part(day=TODAY))
    assert row[:6] == ("des_pilot", MILL, None, "Pilot", "Shire Office", 20_000_000)
    assert row[6:] == (YESTERDAY.isoformat(), TOMORROW.isoformat())


def test_a_title_that_ended_is_shown_no_more(book: Book):
    book.tell(designate(None, "Model", YESTERDAY, team=HERONS), end_designation(TODAY))
    assert titles_of(book, HERONS, YESTERDAY) == ["Model"]
    assert titles_of(book, HERONS) == []


def test_each_community_and_team_bears_its_own(book: Book):
    book.tell(
        designate(MILL, "Pilot", TODAY, title="des_one"),
        designate(MILL, "Model", YESTERDAY, title="des_two"),
        designate(None, "Demonstration", TODAY, team=HERONS, title="des_three"),
    )
    assert titles_of(book, MILL) == ["Pilot", "Model"]
    assert titles_of(book, HERONS) == ["Demonstration"]
    assert titles_of(book, FORD) == titles_of(book, SWIFTS) == []


def test_what_a_community_and_its_teams_bear_is_found_together(book: Book):
    book.tell(
        designate(MILL, "Pilot", TODAY, title="des_one"),
        designate(None, "Demonstration", TODAY, team=HERONS, title="des_two"),
        designate(None, "Model", TODAY, team=SWIFTS, title="des_three"),
    )
    views = book.views
    with book.reading() as connection:
        for community, wanted in ((MILL, ["Pilot", "Demonstration"]), (HILL, ["Model"]), (FORD, [])):
            bearers = {community, *views.teams.of_communities(connection, {community})}
            found = views.designations.listed(connection, Part(), bearers=bearers)
            assert [one.name for one in found] == wanted
        assert [one.name for one in views.designations.listed(connection, Part(), team=HERONS)] == [
            "Demonstration"
        ]
