"""Somebody's place on a board: the same whichever way it is counted, whatever happened and in whichever batches."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.figures.boards import Board, board, place_of
from projections.figures.neighbours import NEXT, Around, around_in
from projections.figures.tallies import Counted, Tally
from projections.leaderboards import VOLUNTEERS, ranked
from tests.projections.book import ANN, BOB, CID, DEE, HERONS, HILL, MILL, NORTH, SWIFTS, TODAY, Book
from tests.sizes import examples

BOARD = Board(by="volunteers", period="all")


def place(book: Book, who: str, asked: Board = BOARD, names: Mapping[str, str] | None = None) -> Around:
    with book.ledger.reading(*book.views.all()) as (connection, position):
        counted = Counted(book.ledger.tallies, position)
        return place_of(connection, book.views, asked, who, lambda _: names or {}, counted)


def at_once(book: Book, who: str, period: str = "all") -> tuple[int, Around] | None:
    """The place by one query, without a transaction."""
    views, tallies = book.views.all(), book.ledger.tallies
    with book.ledger.log.store.glance() as connection:
        return book.views.leaderboards.at_once.around(connection, tallies, views, period, who, lambda _: {})


def told(found: Around) -> list[tuple[int, str, int]]:
    own = [] if found.own is None else [found.own]
    return [(one.rank, one.id, one.minutes) for one in (*found.above, *own, *found.below)]


def test_a_place_stands_between_the_next_two_on_both_sides(book: Book):
    people = [f"vol_{name}" for name in ("aaa", "bbb", "ccc", "ddd", "eee", "fff", "ggg")]
    book.register(*people)
    for number, who in enumerate(people, start=1):
        book.serve(who, 10 * number)
    found = place(book, "vol_ddd", names={"vol_ccc": "3", "vol_ddd": "4"})
    assert told(found) == [
        (2, "vol_fff", 60),
        (3, "vol_eee", 50),
        (4, "vol_ddd", 40),
        (5, "vol_ccc", 30),
        (6, "vol_bbb", 20),
    ]
    assert [one.name for one in (found.own, *found.below) if one] == ["4", "3", None]
    assert (found.equals, found.members) == (0, 7)
    assert told(place(book, "vol_aaa")) == [(5, "vol_ccc", 30), (6, "vol_bbb", 20), (7, "vol_aaa", 10)]


def test_equals_share_a_place_and_are_counted(book: Book):
    book.register(ANN, BOB, CID, DEE)
    for who, minutes in ((ANN, 60), (BOB, 60), (CID, 90), (DEE, 30)):
        book.serve(who, minutes)
    found = place(book, BOB)
    assert (told(found), found.equals) == ([(1, CID, 90), (2, BOB, 60), (4, DEE, 30)], 1)
    assert told(place(book, DEE)) == [(2, ANN, 60), (2, BOB, 60), (4, DEE, 30)]


@pytest.mark.parametrize("within", [None, MILL])
def test_who_has_no_minutes_has_no_place(book: Book, within: str | None):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    book.take_back(book.serve(BOB, 60))
    asked = Board(by="volunteers", period="all", within=within)
    assert place(book, BOB, asked) == place(book, "vol_nobody", asked) == Around(None, 0, 1)


def test_places_follow_what_is_recorded_and_taken_back(book: Book):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    assert told(place(book, ANN)) == [(1, ANN, 60)]
    record = book.serve(BOB, 30, 60, on=TODAY - timedelta(days=1))
    assert told(place(book, ANN)) == [(1, BOB, 90), (2, ANN, 60)]
    book.take_back(record)
    assert told(place(book, ANN)) == [(1, ANN, 60)]


def test_who_began_to_read_before_others_wrote_is_told_of_their_moment(book: Book):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    book.serve(BOB, 10)
    with book.ledger.reading(*book.views.all()) as (connection, position):
        counted = Counted(book.ledger.tallies, position)
        before = book.views.leaderboards.around(connection, counted, "all", ANN, lambda _: {})
        book.serve(BOB, 60)
        assert told(place(book, ANN)) == [(1, BOB, 70), (2, ANN, 60)]
        again = book.views.leaderboards.around(connection, counted, "all", ANN, lambda _: {})
    assert again == before
    assert told(again) == [(1, ANN, 60), (2, BOB, 10)]


@pytest.mark.parametrize("name", ["tallies._MOST_MOVES", "tallies._MOST_BEHIND", "last_asked._MOST"])
def test_what_is_not_kept_is_counted_anew(book: Book, monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setattr(f"projections.figures.{name}", 1)
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    with book.ledger.reading(*book.views.all()) as (connection, position):
        counted = Counted(book.ledger.tallies, position)
        earlier = book.views.leaderboards.around(connection, counted, "all", ANN, lambda _: {})
        for minutes in (10, 20, 90):
            book.serve(BOB, minutes)
            place(book, BOB, Board(by="volunteers", period="2028"))
        assert told(place(book, ANN)) == [(1, BOB, 120), (2, ANN, 60)]
        assert book.views.leaderboards.around(connection, counted, "all", ANN, lambda _: {}) == earlier


def test_a_view_that_was_put_right_is_counted_anew(book: Book):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    book.serve(BOB, 30)
    book.execute(f"UPDATE board SET minutes = 7 WHERE member = '{BOB}'")
    assert told(place(book, ANN)) == [(1, ANN, 60), (2, BOB, 7)]
    book.execute(f"UPDATE board SET minutes = 30 WHERE member = '{BOB}'")
    book.serve(BOB, 15)
    assert told(place(book, ANN)) == [(1, ANN, 60), (2, BOB, 45)]


def test_one_query_tells_a_place_of_what_was_recorded_since_the_last_one(book: Book):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    assert at_once(book, ANN) is None
    place(book, ANN)
    record = book.serve(BOB, 30, 60, on=TODAY - timedelta(days=1))
    book.serve(BOB, 5)
    assert at_once(book, BOB) == (book.position(), place(book, BOB))
    book.take_back(record)
    assert at_once(book, ANN) == (book.position(), place(book, ANN))
    assert told(place(book, ANN)) == [(1, ANN, 60), (2, BOB, 5)]
    assert at_once(book, "vol_nobody") == (book.position(), Around(None, 0, 2))


def test_one_query_leaves_to_the_general_way_what_takes_more(book: Book, monkeypatch: pytest.MonkeyPatch):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    place(book, ANN)
    monkeypatch.setattr("projections.figures.tallies._MOST_BEHIND", 1)
    for minutes in (10, 20):
        book.serve(BOB, minutes)
    assert at_once(book, ANN) is None
    assert at_once(book, ANN, "2028") is None
    assert told(place(book, ANN)) == [(1, ANN, 60), (2, BOB, 30)]
    book.execute("UPDATE projection SET broken_at = 1 WHERE name = 'statement'")
    assert at_once(book, ANN) is None


def test_one_query_does_not_count_on_with_a_view_that_was_wrong(book: Book):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    book.serve(BOB, 30)
    book.execute(f"UPDATE board SET minutes = 7 WHERE member = '{BOB}'")
    place(book, ANN)
    book.execute(f"UPDATE board SET minutes = 30 WHERE member = '{BOB}'")
    book.serve(BOB, 15)
    assert at_once(book, ANN) is None
    assert told(place(book, ANN)) == [(1, ANN, 60), (2, BOB, 45)]
    assert at_once(book, ANN) == (book.position(), place(book, ANN))


def test_whoever_went_on_or_back_meanwhile_takes_nothing_from_what_one_query_found(book: Book):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    place(book, ANN)
    tallies = book.ledger.tallies
    reached = tallies.reached("all")
    assert reached is not None
    book.serve(BOB, 70)
    asked = book.position()
    with book.reading() as connection:
        facts = tallies._facts.rows(connection, {"after": reached, "period": "all"})
    book.serve(BOB, 20)
    place(book, ANN)
    with tallies.after(reached, facts, asked, "all") as tally:
        assert tally is not None
        assert [tally.equal(minutes) for minutes in (60, 70, 90)] == [1, 1, 0]
    with tallies.after(reached + 2, (), asked + 1, "all") as tally:
        assert tally is not None
        assert [tally.equal(minutes) for minutes in (60, 70, 90)] == [1, 0, 1]
    # As if it had been counted for somebody's earlier moment: what lies between was not asked for.
    tallies._kept.of("all").position = reached
    with tallies.after(asked, (), asked + 1, "all") as tally:
        assert tally is None


def test_teams_and_communities_have_places_too(book: Book):
    book.register(ANN, team=HERONS)
    book.register(BOB, at=HILL, team=SWIFTS)
    book.serve(ANN, 60)
    book.serve(BOB, 30)
    assert told(place(book, SWIFTS, Board(by="teams", period="2028"))) == [(1, HERONS, 60), (2, SWIFTS, 30)]
    assert told(place(book, HILL, Board(by="communities", period="2028"))) == [(1, MILL, 60), (2, HILL, 30)]
    within = Board(by="communities", period="2028", within=NORTH)
    assert (told(place(book, MILL, within)), place(book, HILL, within).own) == ([(1, MILL, 60)], None)


minutes_of_some = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 4), max_size=10)


@given(minutes_of_some, st.sampled_from("abcdefghij"))
def test_a_place_is_that_of_the_board(minutes: dict[str, int], who: str):
    places = {one.id: one for one in ranked(minutes, lambda _: {})}
    found = around_in(minutes, who, lambda _: {})
    assert found.own == places.get(who)
    assert found.members == len(places)
    assert all(one == places[one.id] for one in (*found.above, *found.below))
    if found.own is not None:
        own = found.own.minutes
        more = sorted(one.minutes for one in places.values() if one.minutes > own)
        fewer = sorted((one.minutes for one in places.values() if one.minutes < own), reverse=True)
        assert [one.minutes for one in found.above] == more[:NEXT][::-1]
        assert [one.minutes for one in found.below] == fewer[:NEXT]
        assert found.equals + 1 == sum(one.minutes == own for one in places.values())


some_moves = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(-700, 700)), max_size=30)


@given(some_moves, st.integers(0, 1_500))
def test_a_tally_counts_as_a_plain_count_does(moves: list[tuple[str, int]], asked: int):
    held: dict[str, int] = {}
    tally = Tally()
    for who, minutes in moves:
        tally.move(held.get(who, 0), held.get(who, 0) + minutes)
        held[who] = held.get(who, 0) + minutes
    for kept in (tally, tally.copy()):
        assert kept.more(asked) == sum(some > max(asked, 0) for some in held.values())
        assert kept.equal(asked) == (sum(some == asked for some in held.values()) if asked else 0)
        assert kept.members == sum(some > 0 for some in held.values())


steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([ANN, BOB, CID, DEE]), st.integers(1, 300), st.integers(0, 60)),
        st.integers(0, 30),
        st.just("ask"),
    ),
    max_size=8,
)


@pytest.mark.databases("sqlite")
def test_places_are_those_of_a_plain_sort_after_any_services_and_reversals(book: Book):
    book.register(ANN, BOB, CID, DEE, on=date(2027, 1, 1))

    @settings(max_examples=examples(6, 12))
    @given(steps)
    def agree(some: list) -> None:
        records: list[str] = []
        for step in some:
            if step == "ask":
                place(book, ANN)
            elif isinstance(step, tuple):
                who, minutes, days = step
                records.append(book.serve(who, minutes, on=TODAY - timedelta(days=days)))
            elif records:
                book.take_back(records.pop(step % len(records)))
        for period in ("all", "2028-05"):
            asked = Board(by="volunteers", period=period)
            with book.reading() as connection:
                shown = {one.id: one for one in board(connection, book.views, asked, lambda _: {})}
            for who in (ANN, BOB, CID, DEE):
                at = at_once(book, who, period)
                found = place(book, who, asked)
                assert at in (None, (book.position(), found))
                assert at_once(book, who, period) == (book.position(), found)
                assert found == around_in(book.minutes(VOLUNTEERS, period), who, lambda _: {})
                assert found.own == shown.get(who)
        for record in records:
            book.take_back(record)

    agree()
