"""What communities did for the public: held, reached, handed out, renewed."""

from datetime import date

import pytest
from msgspec.structs import replace

from ledger.domain.activities import PublishActivity, ReportActivity
from ledger.domain.communities import MergeCommunity
from ledger.domain.events import Turnout
from ledger.domain.venues import OpenVenue, UpdateVenue
from projections.figures.periods import read_period
from projections.outreach import Held
from tests.projections.book import COUNTY, FORD, HILL, MILL, NORTH, SOUTH, TODAY, Book
from tests.projections.fair import BASE, FAIR, WALK, base, fair, walk

APRIL, MAY = date(2028, 4, 30), date(2028, 5, 1)


def turnout(day: date, participants: int, *, materials: int = 0, online: int = 0) -> Turnout:
    return Turnout(day=day, participants=participants, materials=materials, online_reach=online)


@pytest.fixture
def busy(book: Book) -> Book:
    book.tell(PublishActivity(activity=fair, day=TODAY), PublishActivity(activity=walk, day=TODAY))
    book.tell(ReportActivity(activity=FAIR, turnout=turnout(APRIL, 100, materials=30, online=7)))
    book.tell(ReportActivity(activity=WALK, turnout=turnout(MAY, 20)))
    return book


def outreach(book: Book, period: str = "all", top: str | None = None) -> dict[str, Held]:
    with book.reading() as connection:
        return book.views.outreach.of_communities(
            connection, book.views.communities, read_period(period), top
        )


def figures(book: Book, period: str = "all", top: str | None = None) -> dict[str, tuple[int, int]]:
    """Activities and participants."""
    return {one: (held.activities, held.participants) for one, held in outreach(book, period, top).items()}


def test_what_was_held_is_rolled_up_the_tree(busy: Book):
    assert figures(busy) == {
        COUNTY: (2, 120),
        NORTH: (1, 100),
        SOUTH: (1, 20),
        MILL: (1, 100),
        HILL: (1, 20),
    }
    assert figures(busy, top=NORTH) == {NORTH: (1, 100), MILL: (1, 100)}


def test_it_counts_on_the_day_on_which_it_was_held(busy: Book):
    assert figures(busy, "2028-04", top=MILL) == {MILL: (1, 100)}
    assert figures(busy, "2028-05", top=COUNTY) == {COUNTY: (1, 20), SOUTH: (1, 20)}
    assert figures(busy, "2028-06") == figures(busy, "2027") == {}


def test_activities_are_counted_by_programme_form_and_month(busy: Book):
    busy.tell(PublishActivity(activity=replace(walk, id="act_more", programme=None), day=TODAY))
    busy.tell(ReportActivity(activity="act_more", turnout=turnout(MAY, 0)))
    assert outreach(busy)[COUNTY] == Held(
        activities=3,
        participants=120,
        materials=30,
        online_reach=7,
        by_programme={"Windmill": 2, "": 1},
        by_form={"show": 1, "class": 2},
        by_month={"2028-04": 1, "2028-05": 2},
    )


def test_a_report_takes_the_place_of_the_one_before(busy: Book):
    busy.tell(ReportActivity(activity=FAIR, turnout=turnout(MAY, 8, materials=1)))
    assert outreach(busy, top=MILL)[MILL] == Held(
        activities=1,
        participants=8,
        materials=1,
        by_programme={"Windmill": 1},
        by_form={"show": 1},
        by_month={"2028-05": 1},
    )
    assert figures(busy, "2028-04") == {}


def test_venues_that_were_renewed_are_counted(book: Book):
    book.tell(OpenVenue(venue=base))
    for day in (APRIL, MAY, MAY):
        book.tell(UpdateVenue(venue=BASE, theme="Plants", day=day))
    found = outreach(book)
    assert {one: held.venues_updated for one, held in found.items()} == {COUNTY: 3, NORTH: 3, MILL: 3}
    assert outreach(book, "2028-05")[MILL] == Held(venues_updated=2)


def test_after_a_merger_it_counts_for_the_town_of_where_it_was(busy: Book):
    busy.tell(MergeCommunity(community=MILL, into=FORD))
    assert figures(busy, top=NORTH)[NORTH] == (1, 100)
