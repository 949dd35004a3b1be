"""The figures that offices report."""

from datetime import date, timedelta

from msgspec.structs import replace

from ledger.domain.activities import PublishActivity, ReportActivity
from ledger.domain.communities import EstablishCommunity, MergeCommunity
from ledger.domain.events import Level, Turnout
from ledger.domain.teams import DisbandTeam, FormTeam
from ledger.domain.venues import CloseVenue, OpenVenue, UpdateVenue
from ledger.domain.volunteers import MoveVolunteer, WithdrawVolunteer
from projections.figures.periods import read_period
from projections.figures.report import Report, report
from tests.projections.book import (
    ANN,
    BOB,
    CID,
    COUNTY,
    DEE,
    FORD,
    HERONS,
    HILL,
    LONG_AGO,
    MILL,
    NORTH,
    SOUTH,
    SWIFTS,
    TODAY,
    Book,
)
from tests.projections.fair import FAIR, GALLERY, WALK, base, fair, walk
from tests.stories_appointments import attach, designate, leave_post, take_post

JANUARY, APRIL = date(2028, 1, 10), date(2028, 4, 10)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
ISLE = "com_isle"
"""A county of its own."""


def figures(book: Book, top: str | None = None, period: str = "all") -> Report:
    with book.reading() as connection:
        return report(connection, book.views, read_period(period), TODAY, top)


def volunteers(book: Book, top: str | None = None, period: str = "all") -> int:
    return figures(book, top, period).volunteers


def test_an_empty_ledger_reports_nothing_but_its_teams(book: Book):
    found = figures(book)
    assert found == Report(
        community=None,
        period="all",
        day="2028-06-01",
        **dict.fromkeys(("volunteers", "people", "visits", "service_minutes"), 0),
        **dict.fromkeys(("activities", "participants", "materials", "online_reach", "venues_updated"), 0),
        venues_by_kind={},
        teams_by_field={"": 2},
        teams_by_brand={"": 2},
        posts_by_kind={},
        organisations_by_kind={},
        designations_by_name={},
    )


def test_volunteers_are_those_at_home_on_the_last_day_of_the_period(book: Book):
    book.register(ANN, BOB, at=MILL)
    book.register(CID, at=HILL, on=APRIL)
    book.register(DEE, at=NORTH)
    book.tell(
        MoveVolunteer(volunteer=ANN, community=HILL, day=TODAY),
        MoveVolunteer(volunteer=BOB, community=HILL, day=TOMORROW),
        WithdrawVolunteer(volunteer=DEE, day=YESTERDAY),
    )
    assert [volunteers(book, top, "2028-03") for top in (None, NORTH, MILL, SOUTH)] == [3, 3, 2, 0]
    assert [volunteers(book, top, "2028") for top in (None, NORTH, MILL, SOUTH)] == [3, 1, 1, 2]
    assert (figures(book, None, "2028-02").day, figures(book, None, "2028").day) == (
        "2028-02-29",
        "2028-06-01",
    )


def test_volunteers_of_a_merged_village_are_reported_by_its_successor(book: Book):
    book.register(ANN, at=MILL)
    book.tell(MergeCommunity(community=MILL, into=HILL, day=TODAY))
    assert [volunteers(book, top) for top in (MILL, NORTH, HILL, SOUTH, COUNTY)] == [0, 0, 1, 1, 1]
    assert [volunteers(book, top, "2028-05") for top in (NORTH, HILL)] == [1, 0]


def served(book: Book, top: str | None = None, period: str = "all") -> tuple[int, int, int]:
    found = figures(book, top, period)
    return found.people, found.visits, found.service_minutes


def test_who_served_in_two_communities_is_one_of_both_together(book: Book):
    book.tell(EstablishCommunity(community=ISLE, name="Isle", level=Level.COUNTY, day=LONG_AGO))
    book.register(ANN, BOB, at=MILL)
    book.serve(ANN, 60, on=JANUARY)
    book.serve(BOB, 20, on=JANUARY)
    book.tell(MoveVolunteer(volunteer=ANN, community=ISLE, day=date(2028, 2, 1)))
    book.serve(ANN, 30, 5, on=APRIL)
    book.take_back(book.serve(ANN, 7, on=APRIL))
    assert [served(book, top) for top in (None, MILL, ISLE, COUNTY, SOUTH)] == [
        *((2, 3, 115), (2, 2, 80), (1, 1, 35), (2, 2, 80), (0, 0, 0)),
    ]
    assert served(book, None, "2028-Q2") == (1, 1, 35)


def test_activities_and_renewals_are_those_of_the_period_and_once(book: Book):
    book.tell(EstablishCommunity(community=ISLE, name="Isle", level=Level.COUNTY, day=LONG_AGO))
    january = Turnout(day=JANUARY, participants=3, materials=2, online_reach=1)
    april = Turnout(day=APRIL, participants=40, materials=50, online_reach=60)
    on_the_isle = replace(fair, id="act_isle", name="Isle fair", community=ISLE)
    for activity in (fair, walk, on_the_isle):
        book.tell(PublishActivity(activity=activity, day=LONG_AGO))
    book.tell(
        ReportActivity(activity=FAIR, turnout=january),
        ReportActivity(activity=WALK, turnout=april),
        ReportActivity(activity="act_isle", turnout=april),
        OpenVenue(venue=base, code="POPPY-1", day=LONG_AGO),
        UpdateVenue(venue=base.id, theme="Plants", day=APRIL),
    )

    def held(top: str | None, period: str) -> tuple[int, ...]:
        found = figures(book, top, period)
        return (
            *(found.activities, found.participants, found.materials),
            *(found.online_reach, found.venues_updated),
        )

    assert held(None, "all") == (3, 83, 102, 121, 1)
    assert held(COUNTY, "all") == (2, 43, 52, 61, 1)
    assert held(NORTH, "2028-01") == (1, 3, 2, 1, 0)
    assert held(None, "2027") == (0, 0, 0, 0, 0)


def test_venues_and_teams_are_those_in_use_the_most_of_a_kind_first(book: Book):
    gallery = replace(base, id=GALLERY, name="Gallery", kind="gallery")
    for number in range(3):
        hall = replace(base, id=f"ven_hall{number}", name=f"Hall {number}", kind="hall", community=HILL)
        book.tell(OpenVenue(venue=hall, code=f"POPPY-{number}", day=LONG_AGO))
    book.tell(
        OpenVenue(venue=gallery, code="POPPY-7", day=LONG_AGO),
        OpenVenue(venue=base, code="POPPY-8", day=LONG_AGO),
        CloseVenue(venue="ven_hall0", day=TODAY),
        CloseVenue(venue="ven_hall1", day=TOMORROW),
        FormTeam(team="tea_owls", name="Owls", community=FORD, field="health", brand="Hive"),
        FormTeam(team="tea_free", name="Free", field="health"),
        DisbandTeam(team=SWIFTS),
    )
    found = figures(book)
    assert list(found.venues_by_kind.items()) == [("hall", 2), ("base", 1), ("gallery", 1)]
    assert list(found.teams_by_field.items()) == [("health", 2), ("", 1)]
    assert list(found.teams_by_brand.items()) == [("", 2), ("Hive", 1)]
    assert figures(book, NORTH).venues_by_kind == {"base": 1, "gallery": 1}
    assert figures(book, NORTH).teams_by_field == {"": 1, "health": 1}
    assert figures(book, SOUTH).teams_by_field == {}


def test_posts_organisations_and_designations_are_those_of_the_day(book: Book):
    book.register(ANN, BOB)
    book.tell(
        take_post(ANN, on=JANUARY, tenure="ten_one"),
        leave_post(TODAY, tenure="ten_one"),
        take_post(BOB, "liaison", JANUARY, at=HILL, tenure="ten_two"),
        attach(to=MILL, on=JANUARY, attachment="att_one"),
        attach(to=HILL, on=JANUARY, attachment="att_two"),
        designate(FORD, on=JANUARY, title="des_one"),
        designate(None, "Demonstration team", JANUARY, team=HERONS, title="des_two"),
        designate(None, "Demonstration team", APRIL, team=SWIFTS, title="des_three"),
    )
    march, now = figures(book, None, "2028-03"), figures(book)
    assert (march.posts_by_kind, now.posts_by_kind) == ({"cadre": 1, "liaison": 1}, {"liaison": 1})
    assert now.organisations_by_kind == figures(book, MILL).organisations_by_kind == {"school": 1}
    assert figures(book, FORD).organisations_by_kind == {}
    assert march.designations_by_name == {"Demonstration team": 1, "Pilot community": 1}
    assert list(now.designations_by_name.items()) == [("Demonstration team", 2), ("Pilot community", 1)]
    assert figures(book, MILL).designations_by_name == {"Demonstration team": 1}
    assert figures(book, MILL).posts_by_kind == {}
