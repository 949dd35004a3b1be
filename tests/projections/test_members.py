"""Which volunteers there are and which teams they are in, on any day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine

from ledger.domain.commands import Command
from ledger.domain.communities import MergeCommunity
from ledger.domain.events import Event, TeamAssigned
from ledger.domain.volunteer_state import Standing, VolunteerSoFar
from ledger.domain.volunteers import (
    AssignTeam,
    EndAssignment,
    MoveVolunteer,
    RegisterVolunteer,
    ReinstateVolunteer,
    SuspendVolunteer,
    TeamPlace,
    WithdrawVolunteer,
)
from ledger.store.codec import Recorded
from projections.figures.listing import listed
from projections.members import Assignment, Members
from tests import stories_world as stories
from tests.projections.book import (
    ANN,
    BOB,
    CID,
    DEE,
    FORD,
    HERONS,
    HILL,
    LONG_AGO,
    MILL,
    SWIFTS,
    TODAY,
    Book,
    lay_out,
    opened,
)
from tests.projections.plans import planning, read_through
from tests.scenario import MONDAY, NEW_YEAR, SUNDAY, given

DAYS = [MONDAY + timedelta(days=later) for later in range(5)]
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
STAYS = [f"asg_no{number}" for number in range(4)]

days = st.sampled_from(DAYS)
volunteers = st.sampled_from([stories.ANN, stories.BOB])
homes = st.sampled_from([stories.MILL, stories.ORCHARD, stories.VALE])
teams = st.sampled_from([stories.HERONS, stories.SWIFTS])
places = st.builds(TeamPlace, assignment=st.sampled_from(STAYS), team=teams, until=st.none() | days)
wishes = st.one_of(
    st.builds(RegisterVolunteer, volunteer=volunteers, community=homes, place=st.none() | places, day=days),
    st.builds(MoveVolunteer, volunteer=volunteers, community=homes, day=days),
    st.builds(SuspendVolunteer, volunteer=volunteers, reason=st.just("absent"), day=days),
    st.builds(ReinstateVolunteer, volunteer=volunteers, day=days),
    st.builds(WithdrawVolunteer, volunteer=volunteers, day=days),
    st.builds(AssignTeam, volunteer=volunteers, place=places, day=days),
    st.builds(EndAssignment, volunteer=volunteers, assignment=st.sampled_from(STAYS), day=days),
)


@pytest.fixture(scope="module")
def store() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def granted(commands: Sequence[Command]) -> dict[str, list[Event]]:
    """The facts that follow from commands, by volunteer; each asks a boundary of its own volunteer's."""
    facts: dict[str, list[Event]] = {}
    for command in commands:
        own = facts.setdefault(getattr(command, "volunteer", ""), [])
        own += given(stories.PLACES, *own).when(command).events
    return facts


def affairs_after(volunteer: str, facts: Sequence[Event]) -> VolunteerSoFar:
    affairs = VolunteerSoFar(f"volunteer:{volunteer}")
    for fact in facts:
        affairs.see(fact)
    return affairs


def agree(view: Members, connection: Connection, volunteer: str, facts: Sequence[Event]) -> None:
    """Hold what the view says of a volunteer against the domain's own fold."""
    affairs = affairs_after(volunteer, facts)
    roles = {fact.assignment: fact.role for fact in facts if isinstance(fact, TeamAssigned)}
    stays = [
        Assignment(
            volunteer,
            identifier,
            stay.team,
            roles[identifier],
            str(stay.since),
            str(stay.until) if stay.until else None,
        )
        for identifier, stay in affairs.memberships.items()
    ]
    assert view.of_volunteer(connection, volunteer) == sorted(stays, key=lambda one: (one.since, one.id))
    for day in (NEW_YEAR, *DAYS, SUNDAY):
        if affairs.since is None:
            assert view.home(connection, volunteer, day) is None
            assert view.standing(connection, volunteer, day) is None
        else:
            assert view.home(connection, volunteer, day) == affairs.home(day)
            assert view.standing(connection, volunteer, day) is affairs.standing(day)


@pytest.mark.slow
@for_all(
    commands=st.lists(wishes, max_size=14),
    cuts=st.sets(st.integers(1, 14)),
)
def test_the_view_says_what_decisions_go_by(store: Connection, commands: list[Command], cuts: set[int]):
    register = [RegisterVolunteer(volunteer=stories.ANN, community=stories.MILL, day=MONDAY)]
    facts = granted([*register, *commands])
    recorded = [
        Recorded(position, fact, "")
        for position, fact in enumerate((fact for own in facts.values() for fact in own), 1)
    ]
    view = Members()
    view.metadata.drop_all(store)
    view.metadata.create_all(store)
    edges = sorted({0, len(recorded), *(cut for cut in cuts if cut < len(recorded))})
    for begin, end in pairwise(edges):
        view.fold(store, recorded[begin:end])

    for volunteer in (stories.ANN, stories.BOB):
        agree(view, store, volunteer, facts.get(volunteer, []))
    every = {volunteer: affairs_after(volunteer, own) for volunteer, own in facts.items()}
    for day in DAYS:
        by_team: dict[str, int] = {}
        for affairs in every.values():
            team = affairs.team(day) if affairs.since is not None and affairs.since <= day else None
            if team is not None:
                by_team[team] = by_team.get(team, 0) + 1
        assert view.count_by_team(store, day) == by_team


def move(who: str, to: str, on: date) -> MoveVolunteer:
    return MoveVolunteer(volunteer=who, community=to, day=on)


def by_home(book: Book, day: date = TODAY) -> dict[str, int]:
    with book.reading() as connection:
        return book.views.members.count_by_home(connection, book.views.communities, day)


def in_team(book: Book, team: str, day: date = TODAY) -> list[str]:
    with book.reading() as connection:
        return [one.volunteer for one in book.views.members.of_team(connection, team, day)]


def test_volunteers_count_where_they_are_at_home_on_the_day(book: Book):
    book.register(ANN, BOB, at=MILL)
    book.register(CID, at=FORD, on=TODAY)
    book.tell(move(ANN, FORD, TODAY), move(BOB, HILL, TOMORROW), move(BOB, FORD, YESTERDAY))
    assert by_home(book, LONG_AGO - timedelta(days=1)) == {}
    assert by_home(book, LONG_AGO) == {MILL: 2}
    assert by_home(book, YESTERDAY) == {MILL: 1, FORD: 1}
    assert by_home(book) == {FORD: 3}
    assert by_home(book, TOMORROW) == {FORD: 2, HILL: 1}


def test_who_withdrew_is_no_volunteer_and_who_is_suspended_is_one(book: Book):
    book.register(ANN, BOB, CID, DEE)
    book.tell(
        WithdrawVolunteer(volunteer=ANN, day=TODAY),
        SuspendVolunteer(volunteer=DEE, reason="absent", day=TOMORROW),
        WithdrawVolunteer(volunteer=DEE, day=TODAY),
        SuspendVolunteer(volunteer=ANN, reason="absent", day=YESTERDAY),
        SuspendVolunteer(volunteer=BOB, reason="absent", day=YESTERDAY),
    )
    assert [by_home(book, day) for day in (YESTERDAY, TODAY, TOMORROW)] == [{MILL: 4}, {MILL: 2}, {MILL: 2}]
    with book.reading() as connection:
        standings = [book.views.members.standing(connection, who, TOMORROW) for who in (ANN, BOB, CID, DEE)]
    assert standings == [Standing.WITHDRAWN, Standing.SUSPENDED, Standing.ACTIVE, Standing.WITHDRAWN]


def test_after_mergers_volunteers_count_for_the_last_successor_of_the_day(book: Book):
    book.register(ANN, at=MILL)
    book.register(BOB, at=FORD)
    book.tell(MergeCommunity(community=MILL, into=FORD, day=YESTERDAY))
    book.tell(MergeCommunity(community=FORD, into=HILL, day=TOMORROW))
    assert by_home(book, LONG_AGO) == {MILL: 1, FORD: 1}
    assert by_home(book) == {FORD: 2}
    assert by_home(book, TOMORROW) == {HILL: 2}
    with book.reading() as connection:
        assert book.views.members.home(connection, ANN, TOMORROW) == MILL


def test_a_team_has_who_is_assigned_to_it_on_the_day(book: Book):
    book.register(BOB, ANN, team=HERONS)
    book.register(CID, DEE)
    for who, since, until in ((CID, YESTERDAY, None), (DEE, TODAY, TOMORROW)):
        place = TeamPlace(assignment=f"asg_{who[4:]}", team=HERONS, role="leader", until=until)
        book.tell(AssignTeam(volunteer=who, place=place, day=since))
    book.tell(EndAssignment(volunteer=CID, assignment="asg_cid", day=TODAY))
    assert in_team(book, HERONS, LONG_AGO) == [ANN, BOB]
    assert in_team(book, HERONS, YESTERDAY) == [ANN, BOB, CID]
    assert in_team(book, HERONS) == [ANN, BOB, DEE]
    assert in_team(book, HERONS, TOMORROW) == [ANN, BOB]
    assert in_team(book, SWIFTS) == in_team(book, "tea_none") == []
    with book.reading() as connection:
        members = book.views.members
        assert members.of_team(connection, HERONS, TODAY)[-1] == (
            *(DEE, "asg_dee", HERONS, "leader"),
            *(TODAY.isoformat(), TOMORROW.isoformat()),
        )
        assert members.count_by_team(connection, TODAY) == {HERONS: 3}
        assert members.count_by_team(connection, LONG_AGO - timedelta(days=1)) == {}
        [ended] = members.of_volunteer(connection, CID)
    assert (ended.since, ended.until) == (YESTERDAY.isoformat(), TODAY.isoformat())


def test_one_id_of_an_assignment_of_two_volunteers_is_two_assignments(book: Book):
    place = TeamPlace(assignment="asg_same", team=HERONS)
    for who in (ANN, BOB):
        book.tell(RegisterVolunteer(volunteer=who, community=MILL, place=place, day=LONG_AGO))
    book.tell(EndAssignment(volunteer=ANN, assignment="asg_same", day=TODAY))
    assert in_team(book, HERONS) == [BOB]


def test_a_page_of_volunteers_does_not_read_everybody(sqlite_url: str):
    with opened(sqlite_url) as book:
        lay_out(book)
        book.register(ANN, BOB)
        with book.reading() as connection, planning(connection) as plans:
            members = book.views.members
            listed(connection, members, TODAY, after="vol_a", limit=1)
            listed(connection, members, TODAY, homes={MILL, FORD}, after="vol_a", limit=1)
    assert len(plans) == 6
    assert read_through(plans) == []


def test_members_are_found_without_reading_everybody(sqlite_url: str):
    with opened(sqlite_url) as book, book.reading() as connection, planning(connection) as plans:
        members = book.views.members
        members.of_team(connection, HERONS, TODAY)
        members.of_volunteer(connection, ANN)
        members.home(connection, ANN, TODAY)
        members.standing(connection, ANN, TODAY)
        members.living_in(connection, {MILL, FORD}, TODAY, {ANN, BOB})
    assert len(plans) == 5
    assert not [step for plan in plans for step in plan if step.startswith("SCAN")]
