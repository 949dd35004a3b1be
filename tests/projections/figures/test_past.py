"""Figures by the two clocks, held against a log that ends there, and against sums made by hand."""

import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, StaticPool, create_engine

from ledger.domain.communities import RenameCommunity, ReparentCommunity
from ledger.domain.credits import TransferCredits
from ledger.domain.postings import postings, service_lines
from ledger.domain.teams import RenameTeam
from ledger.domain.volunteers import EndAssignment, MoveVolunteer
from ledger.store.codec import Recorded, recorded
from ledger.store.engine import file_url
from ledger.store.log import between, head
from projections.figures.boards import Board, Of, board, views_of
from projections.figures.both_books import balance_at
from projections.figures.clocks import NOW, Clocks, NotYet, end_of, known_at, known_by
from projections.figures.past import as_they_stood
from projections.figures.periods import read_period
from projections.figures.team_minutes import team_minutes
from projections.registry import Views
from projections.statement import Some
from projections.view import View
from tests.projections.book import (
    ANN,
    BOB,
    CID,
    COUNTY,
    FORD,
    HERONS,
    HILL,
    MILL,
    NOON,
    NORTH,
    SOUTH,
    SWIFTS,
    TODAY,
    Book,
    lay_out,
    opened,
)
from tests.sizes import examples

PEOPLE = (ANN, BOB, CID)
DAYS = tuple(date(2028, month, day) for month in (3, 4, 5) for day in (1, 15, 28))
LEDGER = "ledger.sqlite"
PERIODS = ("all", "2028", "2028-Q2", "2028-04")


def told(book: Book) -> list[Recorded]:
    """The whole log."""
    with book.reading() as connection:
        return [recorded(row.position, row.data) for row in between(connection, 0, head(connection))]


def people(book: Book) -> None:
    book.register(ANN, at=MILL, team=HERONS)
    book.register(BOB, at=FORD)
    book.register(CID, at=HILL, team=SWIFTS)


def happen(book: Book, steps: Sequence[tuple[str, int, int, int]]) -> None:
    """What came to pass, each step a word and three numbers that choose."""
    records: list[str] = []
    for word, first, second, third in steps:
        who = PEOPLE[first % len(PEOPLE)]
        match word:
            case "serve":
                programme = ("Windmill", None)[second % 2]
                hosted = (FORD, None)[third % 2]
                on = DAYS[second % len(DAYS)]
                records.append(
                    book.serve(who, 30 + third, 5 + first, on=on, programme=programme, hosted_by=hosted)
                )
            case "take back" if records:
                book.take_back(records.pop(second % len(records)))
            case "give" if book_holds(book, who) >= 10:
                to = PEOPLE[(first + 1) % len(PEOPLE)]
                book.tell(TransferCredits(transfer=book.new("tra"), giver=who, receiver=to, minutes=10))
            case "rename":
                book.tell(RenameCommunity(community=FORD, name=f"Ford {book.new('com')}", day=TODAY))
                book.tell(RenameTeam(team=SWIFTS, name=f"Swifts {book.new('tea')}", day=TODAY))
            case _:
                pass


def book_holds(book: Book, who: str) -> int:
    with book.reading() as connection:
        held = book.views.balances.get(connection, who)
    assert held is not None
    return held.credit_minutes


def figures(connection: Connection, views: Views, period: str) -> dict[str, Any]:
    """All that is asked of a moment, told by whatever code tells it today."""
    found: dict[str, Any] = {}
    for top in (None, NORTH):
        shown = views.contributions.of_communities(connection, views.communities, read_period(period), top)
        held = views.outreach.of_communities(connection, views.communities, read_period(period), top)
        found[f"contributions {top}"] = [msgspec.to_builtins(one) for one in shown], held
    kinds: tuple[Of, ...] = ("volunteers", "teams", "communities")
    for by in kinds:
        for within in (None, NORTH, SOUTH):
            asked = Board(by=by, period=period, within=within)
            found[f"{by} {within}"] = board(connection, views, asked, lambda _: {})
    found["teams"] = team_minutes(connection, views, read_period(period), TODAY)
    return found


def needed(views: Views) -> tuple[View, ...]:
    return (
        *(views.communities, views.teams, views.members, views.leaderboards),
        *(views.contributions, views.outreach),
    )


def folded(facts: Sequence[Recorded], views: Views, period: str) -> dict[str, Any]:
    """The same of views that were folded from some facts alone."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        for view in views.all():
            view.metadata.create_all(connection)
            if relevant := [one for one in facts if type(one.event) in view.types]:
                view.fold(connection, relevant)
        found = figures(connection, views, period)
    engine.dispose()
    return found


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a book in which nothing happened yet, to be copied."""
    folder = tmp_path_factory.mktemp("begun")
    with opened(file_url(folder / LEDGER)) as book:
        lay_out(book)
        people(book)
    return folder


steps = st.lists(
    st.tuples(
        st.sampled_from(["serve", "serve", "serve", "take back", "give", "rename"]),
        *(st.integers(0, 30) for _ in range(3)),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.slow
@settings(max_examples=examples(5, 10))
@given(steps, st.data())
def test_what_was_known_at_a_position_is_what_a_log_that_ends_there_tells(
    begun: Path,
    tmp_path_factory: pytest.TempPathFactory,
    some: list[tuple[str, int, int, int]],
    data: st.DataObject,
):
    with opened(file_url(shutil.copytree(begun, tmp_path_factory.mktemp("past") / "book") / LEDGER)) as book:
        book.numbers = count(1_000)
        happen(book, some)
        facts, views = told(book), book.views
        period = data.draw(st.sampled_from(PERIODS))
        position = data.draw(st.integers(0, len(facts)))
        clocks = Clocks(known_at=position)
        with (
            book.reading() as live,
            as_they_stood(live, views, clocks, read_period(period), needed(views)) as past,
        ):
            assert figures(past, views, period) == folded(facts[:position], views, period)


@pytest.mark.slow
@settings(max_examples=examples(6, 15))
@given(steps, st.data())
def test_by_both_clocks_a_balance_is_the_sum_of_what_counts_and_the_end_of_its_statement(
    begun: Path,
    tmp_path_factory: pytest.TempPathFactory,
    some: list[tuple[str, int, int, int]],
    data: st.DataObject,
):
    with opened(file_url(shutil.copytree(begun, tmp_path_factory.mktemp("past") / "book") / LEDGER)) as book:
        book.numbers = count(1_000)
        happen(book, some)
        as_of = data.draw(st.none() | st.sampled_from([*DAYS, TODAY]))
        position = data.draw(st.none() | st.integers(0, book.position()))
        service, credit = Counter[str](), Counter[str]()
        for place, event, _ in told(book):
            if position is None or place <= position:
                for line in service_lines(event):
                    service[line.volunteer] += line.minutes * (as_of is None or line.day <= as_of)
                for posting in postings(event):
                    credit[posting.account] += posting.minutes * (as_of is None or posting.day <= as_of)
        clocks = Clocks(as_of, position)
        with book.reading() as connection:
            for who in PEOPLE:
                held = balance_at(connection, book.views, who, clocks)
                assert held == (service[who], credit[f"volunteer:{who}"])
                lines = book.views.statement.some(connection, who, Some(clocks=clocks))
                assert [line.line for line in lines] == sorted(line.line for line in lines)
                assert held == ((lines[-1].service_balance, lines[-1].credit_balance) if lines else (0, 0))


@pytest.mark.slow
@settings(max_examples=examples(6, 15))
@given(steps, st.sampled_from(DAYS), st.sampled_from(PERIODS))
def test_as_of_a_day_later_days_of_service_do_not_count(
    begun: Path,
    tmp_path_factory: pytest.TempPathFactory,
    some: list[tuple[str, int, int, int]],
    as_of: date,
    period: str,
):
    with opened(file_url(shutil.copytree(begun, tmp_path_factory.mktemp("past") / "book") / LEDGER)) as book:
        book.numbers = count(1_000)
        happen(book, some)
        asked, views = read_period(period), book.views
        served = Counter[str]()
        for _, event, _ in told(book):
            for line in service_lines(event):
                if line.day <= as_of and asked.first_month <= line.day.isoformat()[:7] <= asked.last_month:
                    served[line.volunteer] += line.minutes
                    served[line.community] += line.minutes
        with (
            book.reading() as live,
            as_they_stood(live, views, Clocks(as_of=as_of), asked, needed(views)) as past,
        ):
            minutes = {
                **views.leaderboards.minutes_of(past, "volunteers", period),
                **views.leaderboards.minutes_of(past, "communities", period),
            }
            assert +Counter(minutes) == +served
            county = views.contributions.of_communities(past, views.communities, asked, COUNTY)[0]
            assert county.service_minutes == sum(served[who] for who in PEOPLE)


def test_a_board_of_a_past_position_has_the_names_and_the_tree_of_then(book: Book):
    people(book)
    book.serve(BOB, 60)
    then = book.position()
    book.tell(
        RenameCommunity(community=FORD, name="Fordham", day=TODAY),
        ReparentCommunity(community=FORD, parent=SOUTH, day=TODAY),
    )
    asked = Board(by="communities", period="all", within=NORTH)
    views = book.views
    with book.reading() as live:
        assert board(live, views, asked, lambda _: {}) == []
        clocks = Clocks(known_at=then)
        with as_they_stood(live, views, clocks, read_period("all"), views_of(views, asked)) as past:
            (place,) = board(past, views, asked, lambda _: {})
    assert (place.name, place.minutes) == ("Ford", 60)


def test_members_of_a_team_are_those_known_by_then_on_the_day(book: Book):
    people(book)
    then = book.position()
    book.tell(EndAssignment(volunteer=ANN, assignment="asg_100", day=date(2028, 5, 1)))
    views, all_time = book.views, read_period("all")
    counted = []
    with book.reading() as live:
        for clocks, day in (
            (NOW, TODAY),
            (Clocks(known_at=then), TODAY),
            (Clocks(as_of=date(2028, 4, 30)), date(2028, 4, 30)),
        ):
            with as_they_stood(live, views, clocks, all_time, needed(views)) as shown:
                counted.append(team_minutes(shown, views, all_time, day)[HERONS].members)
    assert counted == [0, 1, 1]


def test_where_everything_counts_the_live_views_are_read(book: Book):
    with book.reading() as live, as_they_stood(live, book.views, NOW, read_period("all"), ()) as shown:
        assert shown is live


def test_an_instant_is_the_position_of_the_last_fact_by_then(tmp_path_factory: pytest.TempPathFactory):
    times = [NOON]
    with opened(f"sqlite:///{tmp_path_factory.mktemp('past') / 'l.sqlite'}", now=lambda: times[-1]) as book:
        lay_out(book)
        people(book)
        before = book.position()
        times.append(NOON + timedelta(hours=1))
        book.serve(ANN, 60)
        book.tell(MoveVolunteer(volunteer=BOB, community=MILL, day=TODAY))
        times.append(NOON + timedelta(hours=2))
        with book.reading() as connection:
            at = {
                minutes: known_by(connection, NOON + timedelta(minutes=minutes))
                for minutes in (-1, 0, 59, 60, 90)
            }
            assert at == {-1: 0, 0: before, 59: before, 60: before + 2, 90: before + 2}
            assert known_at(connection, times[-1], times[-1]) == before + 2
            assert known_at(connection, before, times[-1]) == before
            with pytest.raises(NotYet, match="has not come"):
                known_at(connection, times[-1] + timedelta(seconds=1), times[-1])
            with pytest.raises(NotYet, match=f"has {before + 2} facts"):
                known_at(connection, before + 3, times[-1])


def test_a_day_ends_when_the_next_begins_in_the_zone():
    from zoneinfo import ZoneInfo

    last = end_of(date(2028, 6, 30), ZoneInfo("Asia/Shanghai"))
    assert last.astimezone(UTC) == datetime(2028, 6, 30, 15, 59, 59, 999_999, tzinfo=UTC)
