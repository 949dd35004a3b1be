"""Contributions that are kept up: the same as added up anew, whatever happened and whenever they were asked for."""

from contextlib import suppress
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from ledger.bootstrap import open_for_reading
from ledger.domain.activities import PublishActivity, ReportActivity
from ledger.domain.commands import Refusal
from ledger.domain.communities import CloseCommunity, MergeCommunity, RenameCommunity, ReparentCommunity
from ledger.domain.events import Turnout
from ledger.domain.volunteers import MoveVolunteer
from projections.figures.periods import read_period
from projections.figures.rollups import Told
from tests.projections.book import ANN, BOB, CID, COUNTY, FORD, HILL, MILL, NORTH, SOUTH, TODAY, Book
from tests.projections.fair import FAIR, fair
from tests.sizes import examples

EVERY = (COUNTY, NORTH, SOUTH, MILL, FORD, HILL)
# What is kept is kept in this process; that both databases tell alike what it is made of, the last test says.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
JANUARY, MARCH = date(2028, 1, 10), date(2028, 3, 10)


def kept(book: Book, period: str = "2028", top: str = COUNTY) -> Told:
    with book.ledger.reading(*book.views.all()) as (connection, position):
        return book.ledger.rollups.of(connection, position, read_period(period), top)


def plain(book: Book, period: str = "2028", top: str = COUNTY) -> Told:
    views, asked = book.views, read_period(period)
    with book.reading() as connection:
        rows = views.contributions.of_communities(connection, views.communities, asked, top)
        return Told(rows, views.outreach.of_communities(connection, views.communities, asked, top))


def assert_kept(book: Book, *periods: str) -> None:
    for period in periods or ("2028", "all", "2028-05", "2028-Q1"):
        for top in EVERY:
            found, expected = kept(book, period, top), plain(book, period, top)
            # As text, which tells the order of months and programmes too.
            assert msgspec.json.encode(found[0]) == msgspec.json.encode(expected[0])
            assert found.held == expected.held


def people(told: Told) -> dict[str, tuple[int, int, int]]:
    return {
        one.id: (one.people, one.visits, one.service_minutes)
        for one in told.contributions
        if one.service_minutes
    }


@pytest.fixture
def adding(book: Book, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The periods for which all was added up, one after the other."""
    asked: list[str] = []
    figures = type(book.views.contributions).figures

    def counted(view: object, connection: Connection, communities: object, period, *top: str | None):
        asked.append(period.name)
        return figures(view, connection, communities, period, *top)  # type: ignore[arg-type]

    monkeypatch.setattr(type(book.views.contributions), "figures", counted)
    return asked


@on_sqlite
def test_what_is_recorded_and_taken_back_is_followed(book: Book, adding: list[str]):
    book.register(ANN, BOB)
    book.serve(ANN, 60, on=JANUARY)
    assert people(kept(book)) == {COUNTY: (1, 1, 60), NORTH: (1, 1, 60)}
    record = book.serve(BOB, 30, 45, on=date(2028, 5, 31), programme="Windmill", hosted_by=HILL)
    book.serve(ANN, 10, on=MARCH)
    assert people(kept(book)) == {COUNTY: (2, 3, 145), NORTH: (2, 3, 145)}
    book.take_back(record)
    assert people(kept(book)) == {COUNTY: (1, 2, 70), NORTH: (1, 2, 70)}
    assert adding == ["2028"]
    assert_kept(book)


@on_sqlite
def test_who_serves_for_two_villages_is_one_of_the_towns_people(book: Book, adding: list[str]):
    book.register(ANN)
    book.serve(ANN, 60, on=JANUARY)
    assert kept(book, top=NORTH).contributions[0].people == 1
    book.tell(MoveVolunteer(volunteer=ANN, community=FORD, day=date(2028, 2, 1)))
    record = book.serve(ANN, 60, on=MARCH)
    assert people(kept(book, top=NORTH)) == {NORTH: (1, 2, 120), FORD: (1, 1, 60), MILL: (1, 1, 60)}
    book.take_back(record)
    assert people(kept(book, top=NORTH)) == {NORTH: (1, 1, 60), MILL: (1, 1, 60)}
    assert adding == ["2028"]


@on_sqlite
def test_what_was_told_does_not_change_later(book: Book):
    book.register(ANN)
    book.serve(ANN, 60)
    told = kept(book)
    before = msgspec.json.encode(told)
    book.serve(ANN, 30, programme="Windmill")
    assert msgspec.json.encode(kept(book)) != before == msgspec.json.encode(told)


@on_sqlite
def test_another_tree_is_added_up_anew(book: Book, adding: list[str]):
    book.register(ANN)
    book.serve(ANN, 60, on=JANUARY)
    for change in (
        RenameCommunity(community=HILL, name="Top"),
        ReparentCommunity(community=MILL, parent=SOUTH, day=MARCH),
        CloseCommunity(community=FORD),
        MergeCommunity(community=MILL, into=HILL, day=TODAY),
    ):
        book.tell(change)
        assert_kept(book, "2028")
    # Of a merged community too there may be something to take back, or to add.
    adding.clear()
    book.serve(ANN, 30, on=JANUARY)
    assert people(kept(book, top=MILL)) == {MILL: (1, 2, 90)}
    assert adding == []
    assert_kept(book)


@on_sqlite
def test_what_was_held_is_followed(book: Book, adding: list[str]):
    book.register(ANN)
    book.tell(PublishActivity(activity=fair, day=TODAY))
    assert kept(book).held == {}
    adding.clear()
    turnout = Turnout(day=MARCH, participants=100, materials=0, online_reach=0)
    book.tell(ReportActivity(activity=FAIR, turnout=turnout))
    book.serve(ANN, 60)
    assert {one: held.participants for one, held in kept(book).held.items()} == {COUNTY: 100, NORTH: 100}
    assert adding == []
    assert_kept(book)


def test_who_writes_nothing_follows_what_others_record(book: Book, adding: list[str]):
    book.register(ANN)
    with open_for_reading(book.ledger.settings) as ledger:
        views = ledger.views

        def told() -> Told:
            with ledger.reading(views.contributions) as (connection, position):
                return ledger.rollups.of(connection, position, read_period("2028"), COUNTY)

        for minutes in (60, 120):
            book.serve(ANN, 60)
            assert people(told())[COUNTY][2] == minutes
    assert adding == ["2028"]


def test_who_began_to_read_before_others_wrote_is_told_of_their_moment(book: Book):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    with book.ledger.reading(*book.views.all()) as (connection, position):
        period = read_period("2028")
        before = book.ledger.rollups.of(connection, position, period, COUNTY)
        book.serve(BOB, 30)
        assert people(kept(book))[COUNTY] == (2, 2, 90)
        assert book.ledger.rollups.of(connection, position, period, COUNTY) == before
    assert people(before)[COUNTY] == (1, 1, 60)
    assert_kept(book)


@on_sqlite
@pytest.mark.parametrize(
    ("name", "least"),
    [("rollups._MOST_BEHIND", 0), ("last_asked._MOST", 1), ("rollups._LONGEST_SECONDS", -1.0)],
)
def test_what_is_not_kept_is_added_up_anew(
    book: Book, adding: list[str], monkeypatch: pytest.MonkeyPatch, name: str, least: float
):
    monkeypatch.setattr(f"projections.figures.{name}", least)
    book.register(ANN)
    for _ in range(2):
        book.serve(ANN, 60)
        kept(book)
        kept(book, "all")
    assert adding == ["2028", "all"] * 2
    assert_kept(book, "2028", "all")


@on_sqlite
@pytest.mark.parametrize("table", ["served", "hosted", "person"])
def test_what_cannot_have_been_is_added_up_anew(book: Book, table: str):
    book.register(ANN)
    record = book.serve(ANN, 60, hosted_by=HILL)
    book.execute(f"UPDATE contribution_{table} SET minutes = 0")
    kept(book)
    # As a rebuild puts it right, of which whoever keeps figures is not told.
    book.execute(f"UPDATE contribution_{table} SET minutes = 60")
    book.take_back(record)
    assert_kept(book, "2028")


def test_where_statements_stand_elsewhere_all_is_added_up(book: Book, adding: list[str]):
    book.register(ANN)
    book.serve(ANN, 60)
    kept(book)
    book.execute("UPDATE projection SET broken_at = position, error = 'torn' WHERE name = 'statement'")
    views = book.views
    with book.ledger.reading(views.contributions) as (connection, position):
        told = book.ledger.rollups.of(connection, position, read_period("2028"), COUNTY)
    assert people(told)[COUNTY] == (1, 1, 60)
    assert adding == ["2028", "2028"]


VILLAGES = st.sampled_from([MILL, FORD, HILL])
WHO = st.sampled_from([ANN, BOB, CID])
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("serve"),
            WHO,
            st.lists(st.integers(1, 90), min_size=1, max_size=3),
            st.integers(2, 200),
            st.sampled_from([None, "Windmill", "Honeycomb"]),
            st.sampled_from([None, NORTH, HILL]),
        ),
        st.tuples(st.just("take back"), st.integers(0, 30)),
        st.tuples(st.just("move"), WHO, VILLAGES, st.integers(0, 200)),
        st.tuples(st.just("reparent"), VILLAGES, st.sampled_from([NORTH, SOUTH])),
        st.just(("ask",)),
    ),
    max_size=10,
)


@pytest.mark.slow
def test_contributions_are_those_added_up_after_anything(book: Book):
    book.register(ANN, BOB, at=MILL, on=date(2027, 1, 1))
    book.register(CID, at=HILL, on=date(2027, 1, 1))
    records: list[str] = []

    def do(step: tuple) -> None:
        match step:
            case "serve", who, minutes, days, programme, hosted_by:
                day = TODAY - timedelta(days=days)
                records.append(book.serve(who, *minutes, on=day, programme=programme, hosted_by=hosted_by))
            case "take back", which if records:
                book.take_back(records.pop(which % len(records)))
            case "move", who, where, days:
                book.tell(MoveVolunteer(volunteer=who, community=where, day=TODAY - timedelta(days=days)))
            case "reparent", village, town:
                book.tell(ReparentCommunity(community=village, parent=town, day=TODAY))
            case _:
                assert_kept(book, "2028", "2028-05")

    @settings(max_examples=examples(3, 15))
    @given(STEPS)
    def agree(steps: list[tuple]) -> None:
        for step in steps:
            with suppress(Refusal):
                do(step)
        assert_kept(book)

    agree()
