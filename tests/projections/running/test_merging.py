"""Lists read as one are what all their rows come to, put in order; so are the affairs of a community."""

import random
from collections.abc import Collection
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, MetaData, Table, create_engine, select

from ledger.application import Ask
from ledger.domain.activities import PublishActivity, ReviseActivity
from ledger.domain.commands import Command, Refusal
from ledger.domain.events import Activity, ServedDay, Service
from ledger.domain.service import ApproveService, AttestService, DeclineService, ReportService
from ledger.domain.volunteers import MoveVolunteer
from projections.figures.listing import listed
from projections.figures.merging import Lists, Place, merged
from projections.figures.periods import read_period
from projections.figures.record_pages import Reach, Wanted, page_of
from projections.records import RecordRow
from projections.stays import Part
from projections.view import text_column
from tests.projections.book import (
    CLERK,
    COUNTY,
    FORD,
    HILL,
    LONG_AGO,
    MILL,
    NORTH,
    OFFICE,
    PLACES,
    SOUTH,
    TODAY,
    Book,
)
from tests.sizes import examples
from tests.stories_appointments import train

ROWS = Table(
    "row",
    MetaData(),
    *(text_column(name, key=True) for name in ("name", "day", "id")),
)
IDS = st.text("ab", min_size=1, max_size=2)
PLACE = st.tuples(IDS, IDS)


@given(
    rows=st.sets(st.tuples(st.sampled_from("xyz"), IDS, IDS)),
    names=st.sets(st.sampled_from("wxyz")),
    after=PLACE | st.just(("", "")),
    until=PLACE | st.none(),
    limit=st.integers(1, 6),
)
def test_lists_are_merged_as_if_all_were_read(
    rows: set[tuple[str, str, str]], names: set[str], after: Place, until: Place | None, limit: int
):
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        ROWS.create(connection)
        for row in rows:
            connection.execute(ROWS.insert().values(row))
        some = Lists(lambda name: select(ROWS).where(ROWS.c.name == name), names, (ROWS.c.day, ROWS.c.id))
        found = merged(connection, some, after=after, until=until, limit=limit)
    engine.dispose()
    every = {(day, identifier) for name, day, identifier in rows if name in names}
    assert found == sorted(one for one in every if after < one and (until is None or one < until))[:limit]


VOLUNTEERS = [f"vol_{number:03}" for number in range(12)]
VILLAGES = (MILL, FORD, HILL)
AREAS = {
    COUNTY: set(PLACES),
    NORTH: {NORTH, MILL, FORD},
    SOUTH: {SOUTH, HILL},
    HILL: {HILL},
}


def activity(number: int, community: str) -> Activity:
    return Activity(
        id=f"act_{number:03}",
        name="Walk",
        programme=None,
        campaign=None,
        form="show",
        audience=None,
        community=community,
        venue=None,
        place="Square",
        content="Show",
        unit="Unit",
        in_charge=None,
    )


def record(chance: random.Random, number: int) -> Command:
    service = Service(
        record=f"rec_{number:03}",
        volunteer=chance.choice(VOLUNTEERS),
        activity=f"act_{chance.randrange(6):03}",
        activity_name="Walk",
        place="Square",
        content="Walk",
        role="member",
        unit="Unit",
        in_charge=None,
        programme=None,
        hosted_by=chance.choice((None, None, *VILLAGES)),
        evidence="reported",
    )
    kind = chance.choice((ReportService, AttestService))
    day = TODAY - timedelta(days=chance.randrange(60))
    return kind(service=service, days=(ServedDay(day=day, minutes=1),))


def happened(book: Book, seed: int) -> None:
    """People serve, move, also on days before and to come, and activities go elsewhere: all in any order."""
    chance = random.Random(seed)
    for volunteer in VOLUNTEERS:
        book.register(volunteer, at=chance.choice(VILLAGES), on=LONG_AGO)
    asked: list[tuple[Command, str]] = []
    for number in range(examples(60, 120)):
        who, where = chance.choice(VOLUNTEERS), chance.choice(VILLAGES)
        day = TODAY + timedelta(days=chance.randrange(-40, 40))
        told = activity(chance.randrange(6), where)
        asked += [
            (record(chance, number), OFFICE),
            chance.choice(
                [
                    (MoveVolunteer(volunteer=who, community=where, day=day), OFFICE),
                    (PublishActivity(activity=told, day=TODAY), OFFICE),
                    (ReviseActivity(activity=told, day=TODAY), OFFICE),
                    (train(who, TODAY, training=f"trn_{number:03}"), OFFICE),
                    (ApproveService(record=f"rec_{number // 2:03}"), CLERK),
                    (DeclineService(record=f"rec_{number // 2:03}", reason="absent"), CLERK),
                ]
            ),
        ]
    while asked:
        size = chance.randrange(1, 9)
        some, asked = asked[:size], asked[size:]
        outcomes = book.ledger.bank.handle_many(Ask(command, by) for command, by in some)
        assert sum(isinstance(one, Refusal) for one in outcomes) <= size


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.full)])
def test_what_is_listed_of_a_community_is_what_its_affairs_are_today(book: Book, seed: int):
    happened(book, seed)
    with book.reading() as connection:
        for day in (TODAY, TODAY + timedelta(days=20), TODAY - timedelta(days=3_000)):
            home = {one: book.views.members.home(connection, one, day) for one in VOLUNTEERS}
            for area in AREAS.values():
                there = [one for one in VOLUNTEERS if home[one] in area]
                members = book.views.members
                assert [one.id for one in listed(connection, members, day, homes=area, limit=99)] == there
                at_home = area, members.homes_on(day)
                trainings = book.views.training.listed(connection, Part())
                assert book.views.training.listed(connection, Part(), at_home=at_home) == [
                    one for one in trainings if one.volunteer in there
                ]
                reach = Reach(area, members.homes_on(day), book.views.activities.host_of)
                assert_records_are_theirs(book, connection, reach, there)


def assert_records_are_theirs(
    book: Book, connection: Connection, reach: Reach, there: Collection[str]
) -> None:
    views, elsewhere = book.views, reach._replace(communities={FORD, HILL})
    hosts = {one: row.community for one, row in views.activities.some(connection, ACTIVITIES).items()}

    def held_there(row: RecordRow) -> bool:
        return (row.hosted_by or hosts.get(row.activity)) in reach.communities

    every = views.records.listed(connection)
    theirs = [row for row in every if row.volunteer in there or held_there(row)]
    month = read_period(f"{TODAY:%Y-%m}")
    assert pages(book, connection, Wanted((reach,))) == theirs
    assert pages(book, connection, Wanted((reach,), state="reported")) == [
        row for row in theirs if row.state == "reported"
    ]
    assert pages(book, connection, Wanted((reach,), period=month)) == [
        row for row in theirs if row.day.startswith(f"{TODAY:%Y-%m}")
    ]
    assert pages(book, connection, Wanted((reach,), volunteer=VOLUNTEERS[0])) == [
        row for row in theirs if row.volunteer == VOLUNTEERS[0]
    ]
    also = pages(book, connection, Wanted((elsewhere,)))
    assert pages(book, connection, Wanted((reach, elsewhere))) == [row for row in theirs if row in also]


ACTIVITIES = [f"act_{number:03}" for number in range(6)]


def pages(book: Book, connection: Connection, wanted: Wanted) -> list[RecordRow]:
    """All pages of some records, each from where the one before ended."""
    found: list[RecordRow] = []
    while True:
        after = (found[-1].day, found[-1].id) if found else ("", "")
        some = page_of(connection, book.views.records, wanted, after=after, limit=9)
        if not some:
            return found
        found += some
