"""Who stands where on a board, and whose minutes count for which community and team."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.teams import DisbandTeam
from ledger.domain.volunteers import AssignTeam, EndAssignment, MoveVolunteer, TeamPlace
from projections.leaderboards import COMMUNITIES, TEAMS, VOLUNTEERS, ranked
from tests.projections.book import ANN, BOB, CID, DEE, FORD, HERONS, HILL, MILL, SWIFTS, Book
from tests.projections.work import working

JANUARY, FEBRUARY, MARCH = (date(2028, month, 10) for month in (1, 2, 3))


def shown(places: list) -> list[tuple[int, str]]:
    return [(place.rank, place.id) for place in places]


def test_ties_share_a_rank_and_the_next_rank_counts_them_all(book: Book):
    book.register(ANN, BOB, CID, DEE)
    for volunteer, minutes in ((ANN, 60), (BOB, 120), (CID, 60), (DEE, 30)):
        book.serve(volunteer, minutes)
    assert shown(book.board(VOLUNTEERS)) == [(1, BOB), (2, ANN), (2, CID), (4, DEE)]


def test_equals_are_ordered_by_number_by_code_point(book: Book):
    book.register(ANN, BOB, CID, DEE)
    for volunteer in (ANN, BOB, CID, DEE):
        book.serve(volunteer, 60)
    numbers = {ANN: "9", BOB: "10", CID: "\uff11", DEE: "Ä"}
    assert shown(book.board(VOLUNTEERS, names=numbers)) == [(1, BOB), (1, ANN), (1, DEE), (1, CID)]


def test_equals_with_one_name_or_none_are_ordered_by_id_and_those_without_come_last(book: Book):
    book.register(ANN, BOB, CID, DEE)
    for volunteer in (DEE, CID, BOB, ANN):
        book.serve(volunteer, 60)
    places = book.board(VOLUNTEERS, names={DEE: "7", CID: "7"})
    assert shown(places) == [(1, CID), (1, DEE), (1, ANN), (1, BOB)]
    assert [place.name for place in places] == ["7", "7", None, None]


def test_nobody_without_minutes_is_listed(book: Book):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    assert shown(book.board(VOLUNTEERS)) == [(1, ANN)]
    assert book.board(VOLUNTEERS, "2028-05") == []
    assert book.board(TEAMS) == []


def test_a_limit_that_cuts_a_tie_keeps_those_whose_name_comes_first(book: Book):
    book.register(ANN, BOB, CID, DEE)
    for volunteer, minutes in ((ANN, 60), (BOB, 60), (CID, 60), (DEE, 90)):
        book.serve(volunteer, minutes)
    numbers = {ANN: "3", BOB: "2", CID: "1", DEE: "4"}
    assert shown(book.board(VOLUNTEERS, names=numbers, limit=2)) == [(1, DEE), (2, CID)]
    assert shown(book.board(VOLUNTEERS, names=numbers, limit=3)) == [(1, DEE), (2, CID), (2, BOB)]
    assert shown(book.board(VOLUNTEERS, names=numbers, limit=9)) == shown(
        book.board(VOLUNTEERS, names=numbers)
    )


def test_a_limit_of_nothing_shows_nothing(book: Book):
    book.register(ANN)
    book.serve(ANN, 60)
    assert book.board(VOLUNTEERS, limit=0) == []


def test_who_is_taken_back_to_nothing_disappears_everywhere(book: Book):
    book.register(ANN, team=HERONS)
    book.take_back(book.serve(ANN, 60, hosted_by=FORD))
    for kind in (VOLUNTEERS, TEAMS, COMMUNITIES):
        for period in ("all", "2028", "2028-Q2", "2028-06"):
            assert book.board(kind, period) == []
            assert book.board(kind, period, limit=5) == []


def test_only_members_asked_for_are_ranked(book: Book):
    book.register(ANN, team=HERONS)
    book.register(BOB, team=SWIFTS)
    book.serve(ANN, 60)
    book.serve(BOB, 30)
    assert shown(book.board(TEAMS, members={SWIFTS})) == [(1, SWIFTS)]
    assert book.board(TEAMS, members=()) == []


def test_months_quarters_and_years_meet_at_midnight(book: Book):
    book.register(ANN)
    book.serve(ANN, 10, 20, on=date(2027, 12, 31))
    book.serve(ANN, 1, 2, on=date(2028, 3, 31))
    expected = {"2027-12": 10, "2027-Q4": 10, "2027": 10, "2028-01": 20, "2028-Q1": 21, "2028-03": 1}
    expected |= {"2028-04": 2, "2028-Q2": 2, "2028": 23, "all": 33, "2028-02": 0, "2026": 0}
    assert {period: book.minutes(VOLUNTEERS, period).get(ANN, 0) for period in expected} == expected


def test_the_29th_of_february_counts(book: Book):
    book.register(ANN)
    book.serve(ANN, 60, 30, on=date(2028, 2, 29))
    assert book.minutes(VOLUNTEERS, "2028-02") == {ANN: 60}
    assert book.minutes(VOLUNTEERS, "2028-03") == {ANN: 30}
    assert book.minutes(VOLUNTEERS, "2028-Q1") == book.minutes(VOLUNTEERS, "2028") == {ANN: 90}


def test_minutes_count_for_the_community_of_the_day_of_service(book: Book):
    book.register(ANN)
    book.tell(MoveVolunteer(volunteer=ANN, community=HILL, day=FEBRUARY))
    book.serve(ANN, 1, on=JANUARY)
    book.serve(ANN, 10, on=FEBRUARY)
    book.serve(ANN, 100, on=MARCH)
    assert book.minutes(COMMUNITIES) == {MILL: 1, HILL: 110}


def test_minutes_count_for_the_team_of_the_day_of_service(book: Book):
    book.register(ANN, team=HERONS)
    first = "asg_100"
    book.tell(EndAssignment(volunteer=ANN, assignment=first, day=FEBRUARY))
    place = TeamPlace(assignment="asg_second", team=SWIFTS)
    book.tell(AssignTeam(volunteer=ANN, place=place, day=MARCH), DisbandTeam(team=SWIFTS))
    book.serve(ANN, 1, on=JANUARY)
    book.serve(ANN, 10, on=FEBRUARY)
    book.serve(ANN, 100, on=MARCH)
    assert book.minutes(TEAMS) == {HERONS: 1, SWIFTS: 100}
    assert book.minutes(VOLUNTEERS) == {ANN: 111}


def test_service_before_registration_counts_as_if_on_that_day(book: Book):
    book.register(ANN, on=FEBRUARY, team=HERONS)
    book.tell(MoveVolunteer(volunteer=ANN, community=HILL, day=MARCH))
    book.serve(ANN, 60, on=JANUARY)
    assert book.minutes(COMMUNITIES, "2028-01") == {MILL: 60}
    assert book.minutes(TEAMS, "2028-01") == {HERONS: 60}


def test_a_move_afterwards_takes_nothing_along(book: Book):
    book.register(ANN, team=HERONS)
    record = book.serve(ANN, 60, on=JANUARY)
    book.tell(MoveVolunteer(volunteer=ANN, community=HILL, day=date(2027, 1, 1)))
    assert book.minutes(COMMUNITIES) == {MILL: 60}
    book.take_back(record)
    assert book.minutes(COMMUNITIES) == {}


def test_a_team_counts_its_own_members_only(book: Book):
    book.register(ANN, team=SWIFTS)
    book.serve(ANN, 60)
    assert book.minutes(TEAMS) == {SWIFTS: 60}


some_minutes = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3), max_size=8)
some_names = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["1", "10", "9", "\uff11"]))


@given(some_minutes, some_names)
def test_a_rank_is_one_more_than_how_many_have_more(minutes: dict[str, int], names: dict[str, str]):
    places = ranked(minutes, lambda _: names)
    assert sorted(place.id for place in places) == sorted(one for one, some in minutes.items() if some)
    for place in places:
        assert place.rank == 1 + sum(other > place.minutes for other in minutes.values())
    order = [(place.rank, place.name is None, place.name or "", place.id) for place in places]
    assert order == sorted(order)


@given(some_minutes, some_names, st.integers(0, 9))
def test_a_limit_shows_the_first_rows(minutes: dict[str, int], names: dict[str, str], limit: int):
    assert ranked(minutes, lambda _: names, limit) == ranked(minutes, lambda _: names)[:limit]


MANY = 4_000


def crowd(book: Book) -> None:
    """Many who served, ten to each number of minutes, and some from whom all was taken back, straight into the view."""
    board = book.views.leaderboards.board
    rows = [
        {"kind": VOLUNTEERS, "period": "all", "member": f"vol_{number:06d}", "minutes": number // 10}
        for number in range(MANY)
    ]
    with book.ledger.log.store.begin() as connection:
        connection.execute(board.insert(), rows)
    if book.ledger.log.store.url.get_backend_name() == "postgresql":
        book.execute("ANALYZE board")


@pytest.mark.slow
def test_who_shares_the_last_place_was_looked_for_on_the_whole_board(book: Book):
    crowd(book)
    with book.reading() as connection, working(connection) as done:
        places = book.views.leaderboards.places(connection, VOLUNTEERS, "all", lambda _: {}, limit=25)
    assert [place.rank for place in places] == [1] * 10 + [11] * 10 + [21] * 5
    assert max(done) < 100


@pytest.mark.parametrize("limit", [1, 3, 9, 10, 11, 30])
def test_however_many_share_the_last_place_a_name_decides(book: Book, limit: int):
    crowd(book)
    names = {f"vol_{number:06d}": f"{MANY - number:06d}" for number in range(MANY)}
    with book.reading() as connection:
        few = book.views.leaderboards.places(
            connection, VOLUNTEERS, "all", lambda some: {one: names[one] for one in some}, limit=limit
        )
        every = book.views.leaderboards.places(
            connection, VOLUNTEERS, "all", lambda some: {one: names[one] for one in some}
        )
    assert few == every[:limit]
