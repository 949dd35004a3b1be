"""What teams served, alone and with all beneath them."""

from datetime import date, timedelta

import pytest

from ledger.domain.teams import DisbandTeam, FormTeam, ReparentTeam
from ledger.domain.volunteers import AssignTeam, EndAssignment, TeamPlace
from projections.figures.periods import read_period
from projections.figures.team_minutes import team_minutes
from tests.projections.book import ANN, BOB, CID, HERONS, LONG_AGO, SWIFTS, TODAY, Book

CHICKS, OWLS = "tea_chicks", "tea_owls"
JANUARY = date(2028, 1, 10)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite alone: nothing but sums of what other views tell."""
    return sqlite_url


@pytest.fixture
def served(book: Book) -> Book:
    """Chicks stand beneath Swifts, these beneath Herons; Owls alone. Ann, Bob and Cid serve for one of each."""
    book.tell(
        FormTeam(team=CHICKS, name="Chicks", parent=SWIFTS, day=LONG_AGO),
        FormTeam(team=OWLS, name="Owls", day=LONG_AGO),
    )
    for who, team, minutes in ((ANN, HERONS, 60), (BOB, SWIFTS, 30), (CID, CHICKS, 5)):
        book.register(who, team=team)
        book.serve(who, minutes, on=JANUARY)
    book.serve(BOB, 1, on=TODAY)
    return book


def figures(book: Book, period: str = "all", day: date = TODAY) -> dict[str, tuple[int, int, int]]:
    with book.reading() as connection:
        found = team_minutes(connection, book.views, read_period(period), day)
    assert all(one.team.id == team for team, one in found.items())
    return {team: one[1:] for team, one in found.items()}


def test_a_team_s_sum_is_its_own_and_all_beneath(served: Book):
    assert figures(served) == {HERONS: (1, 60, 96), SWIFTS: (1, 31, 36), CHICKS: (1, 5, 5), OWLS: (0, 0, 0)}


def test_minutes_are_those_of_the_period_and_members_those_of_the_day(served: Book):
    served.tell(EndAssignment(volunteer=BOB, assignment="asg_102", day=TODAY))
    served.tell(AssignTeam(volunteer=BOB, place=TeamPlace(assignment="asg_new", team=OWLS), day=TODAY))
    assert figures(served, "2028-06") == {
        HERONS: (1, 0, 1),
        SWIFTS: (0, 1, 1),
        CHICKS: (1, 0, 0),
        OWLS: (1, 0, 0),
    }
    assert figures(served, "2028-01", TODAY - timedelta(days=1))[SWIFTS] == (1, 30, 35)


def test_the_tree_is_the_one_there_is_now_and_disbanded_teams_count_above(served: Book):
    served.tell(ReparentTeam(team=CHICKS, parent=OWLS), DisbandTeam(team=SWIFTS))
    sums = {team: one[2] for team, one in figures(served).items()}
    assert sums == {HERONS: 91, SWIFTS: 31, CHICKS: 5, OWLS: 5}
