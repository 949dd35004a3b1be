"""Activities, venues, shifts, sign-ups and visits as they are shown."""

from collections.abc import Generator
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from ledger.domain.activities import CancelActivity, PublishActivity, ReportActivity, ReviseActivity
from ledger.domain.events import Turnout
from ledger.domain.presence import AbandonVisit, CheckIn, CheckOut, ClockIn
from ledger.domain.shifts import CancelShift
from ledger.domain.sign_ups import LiftNoShow, PlaceVolunteer, RecordNoShow, SignUp, WithdrawSignUp
from ledger.domain.venues import CloseVenue, OpenVenue, RenewVenueCode, ReviseVenue, UpdateVenue
from projections.figures.periods import read_period
from tests.projections.book import ANN, BOB, CID, DEE, HILL, MILL, NOON, TODAY, Book, opened
from tests.projections.fair import (
    BASE,
    EVENING,
    FAIR,
    GALLERY,
    HOUR,
    MORNING,
    WALK,
    base,
    fair,
    publish,
    sign,
    walk,
)
from tests.projections.headcounts import headcount

BEGINNING, END = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite alone: `test_checking` holds the rows of PostgreSQL against those of SQLite."""
    return sqlite_url


clock = [NOON]


@pytest.fixture
def book(database_url: str) -> Generator[Book]:
    """A book whose clock the tests may put forward."""
    clock[0] = NOON
    with opened(database_url, lambda: clock[0]) as book:
        yield book


@pytest.fixture
def busy(book: Book) -> Book:
    book.register(ANN, BOB, CID, DEE)
    book.tell(PublishActivity(activity=fair, day=TODAY), PublishActivity(activity=walk, day=TODAY))
    book.tell(publish(MORNING, 1, waitlist=3), publish(EVENING, 9, activity=WALK))
    return book


def roster(book: Book, shift: str = MORNING) -> list[tuple[str, str]]:
    with book.reading() as connection:
        return [(one.volunteer, one.state) for one in book.views.sign_ups.roster(connection, shift)]


def test_an_activity_is_planned_then_held_and_its_figures_may_be_mended(busy: Book):
    figures = Turnout(day=TODAY, participants=120, materials=300, online_reach=9)
    busy.tell(ReportActivity(activity=FAIR, turnout=figures))
    busy.tell(ReportActivity(activity=FAIR, turnout=replace(figures, participants=12)))
    busy.tell(ReviseActivity(activity=replace(walk, name="Long walk"), day=TODAY + timedelta(days=40)))
    views = busy.views
    with busy.reading() as connection:
        held, planned = views.activities.listed(connection, read_period("all"))
        assert (held.state, held.day, held.participants, held.materials, held.online_reach) == (
            *("held", TODAY.isoformat()),
            *(12, 300, 9),
        )
        assert (planned.name, planned.state, planned.day) == ("Long walk", "planned", "2028-07-11")
        assert views.activities.get(connection, FAIR) == held
        assert views.activities.get(connection, "act_nothing") is None
        assert views.activities.listed(connection, read_period("2028-07")) == [planned]
        assert views.activities.listed(connection, read_period("2028-Q2"), community=HILL) == []
        assert views.activities.listed(connection, read_period("2028"), community=HILL) == [planned]
        assert views.activities.listed(connection, read_period("2028"), state="held") == [held]


def test_an_activity_that_was_called_off_says_so(busy: Book):
    busy.tell(CancelShift(shift=EVENING, reason="typhoon"), CancelActivity(activity=WALK, reason="typhoon"))
    with busy.reading() as connection:
        found = busy.views.activities.get(connection, WALK)
        assert found is not None
        assert found.state == "cancelled"
        [shift] = busy.views.shifts.of_activity(connection, WALK)
        assert shift.cancelled == 1
        assert [one.id for one in busy.views.shifts.between(connection, BEGINNING, END)] == [MORNING]


def test_a_venue_is_shown_as_it_is_now(book: Book):
    gallery = replace(base, id=GALLERY, name="Gallery", kind="gallery", coordinates=None)
    book.tell(OpenVenue(venue=base, code="POPPY-1", theme="Stars"), OpenVenue(venue=gallery))
    book.tell(
        UpdateVenue(venue=BASE, theme="Plants", day=TODAY + timedelta(days=1)),
        RenewVenueCode(venue=BASE, code="POPPY-2"),
        ReviseVenue(venue=replace(base, name="New base", community=HILL)),
        CloseVenue(venue=GALLERY),
    )
    venues = book.views.venues
    with book.reading() as connection:
        found, closed = venues.get(connection, BASE), venues.get(connection, GALLERY)
        assert found is not None
        assert closed is not None
        assert found._asdict() == {
            "id": BASE,
            "name": "New base",
            "kind": "base",
            "community": HILL,
            "unit": "Office",
            "content": "Duty",
            "latitude": 36_100_001,
            "longitude": -120_000_002,
            "crs": "wgs84",
            "theme": "Plants",
            "renewed": "2028-06-02",
            "closed": None,
        }
        assert (closed.latitude, closed.crs, closed.theme, closed.closed) == (None, None, None, "2028-06-01")
        assert venues.all(connection) == [closed, found]
        assert venues.all(connection, kind="base") == [found]
        assert venues.called(connection, "New base") == [found]
        assert venues.called(connection, "Gallery") == [closed]
        assert venues.called(connection, "Base") == []
        assert venues.get(connection, "ven_nothing") is None


def test_a_shift_has_its_instants_and_places(busy: Book):
    shifts = busy.views.shifts
    with busy.reading() as connection:
        found = shifts.get(connection, MORNING)
        assert found is not None
        assert found._asdict() == {
            "id": MORNING,
            "activity": FAIR,
            "community": MILL,
            "day": "2028-06-01",
            "begins": "2028-06-01T05:00:00.000000Z",
            "ends": "2028-06-01T08:00:00.000000Z",
            "places": 2,
            "waitlist": 3,
            "cancelled": 0,
            "ages": "",
            "skills": "",
        }
        assert shifts.places(connection, MORNING) == {"guide": 1, "usher": 1}
        assert shifts.of_activity(connection, FAIR) == [found]
        begins = NOON + HOUR
        assert shifts.between(connection, begins, begins + timedelta(microseconds=1)) == [found]
        assert shifts.between(connection, NOON, begins) == []
        assert shifts.get(connection, "shi_nothing") is None


def test_a_roster_shows_places_then_the_waitlist_in_order(busy: Book):
    busy.tell(sign(ANN), sign(BOB), sign(CID))
    assert roster(busy) == [(ANN, "placed"), (BOB, "waiting"), (CID, "waiting")]
    busy.tell(WithdrawSignUp(sign_up="sig_annmorning"))
    assert roster(busy) == [(BOB, "placed"), (CID, "waiting")]
    busy.tell(SignUp(sign_up="sig_ann2", shift=MORNING, volunteer=ANN, role="guide"))
    assert roster(busy) == [(BOB, "placed"), (CID, "waiting"), (ANN, "waiting")]
    busy.tell(
        PlaceVolunteer(sign_up="sig_another", shift=MORNING, volunteer=ANN, role="guide", reason="needed")
    )
    assert roster(busy) == [(BOB, "placed"), (ANN, "placed"), (CID, "waiting")]
    with busy.reading() as connection:
        assert headcount(busy.views.sign_ups, connection, MORNING) == (2, 1)
        assert headcount(busy.views.sign_ups, connection, "shi_nothing") == (0, 0)
        found = busy.views.sign_ups.get(connection, "sig_annmorning")
        assert found is not None
        assert found.state == "withdrawn"


def test_a_cancelled_shift_has_no_roster(busy: Book):
    busy.tell(sign(ANN), sign(BOB), CancelShift(shift=MORNING, reason="typhoon"))
    assert roster(busy) == []


def test_a_calendar_shows_what_somebody_has_or_waits_for(busy: Book):
    busy.tell(sign(BOB), sign(ANN), sign(ANN, EVENING), sign(CID, EVENING, "usher"))
    busy.tell(WithdrawSignUp(sign_up="sig_cidevening"))
    calendar = busy.views.sign_ups.calendar
    with busy.reading() as connection:

        def shown(who: str, since: datetime = BEGINNING, until: datetime = END) -> list[tuple[str, str]]:
            return [(one.shift, one.state) for one in calendar(connection, who, since, until)]

        assert shown(ANN) == [(MORNING, "waiting"), (EVENING, "placed")]
        assert shown(ANN, NOON + HOUR, NOON + 9 * HOUR) == [(MORNING, "waiting")]
        assert shown(ANN, NOON + 2 * HOUR) == [(EVENING, "placed")]
        assert shown(CID) == shown(DEE) == []


def test_who_did_not_come_stays_on_the_roster(busy: Book):
    busy.tell(sign(ANN), sign(BOB), sign(CID, role="usher"))
    clock[0] = NOON + 5 * HOUR
    busy.tell(RecordNoShow(sign_up="sig_annmorning"))
    assert roster(busy) == [(ANN, "no-show"), (CID, "placed"), (BOB, "waiting")]
    with busy.reading() as connection:
        assert headcount(busy.views.sign_ups, connection, MORNING) == (2, 1)
    busy.tell(LiftNoShow(sign_up="sig_annmorning", reason="was-there"))
    assert roster(busy) == [(ANN, "placed"), (CID, "placed"), (BOB, "waiting")]


def test_visits_begin_go_on_and_end(busy: Book):
    busy.tell(
        OpenVenue(venue=base, code="POPPY-1"), sign(ANN), CheckIn(visit="vis_ann", sign_up="sig_annmorning")
    )
    busy.tell(ClockIn(visit="vis_bob", venue=BASE, volunteer=BOB, code="POPPY-1"))
    visits = busy.views.visits
    with busy.reading() as connection:
        ann, bob = visits.going_on(connection, ANN), visits.going_on(connection, BOB)
        assert ann is not None
        assert bob is not None
        assert (ann.shift, ann.sign_up, ann.venue, ann.state) == (MORNING, "sig_annmorning", None, "going-on")
        assert (bob.shift, bob.venue, bob.ended) == (None, BASE, None)
        assert bob.begun == "2028-06-01T04:00:00.000000Z"
        assert visits.going_on(connection, CID) is None
    clock[0] = NOON + timedelta(minutes=90, seconds=59)
    busy.tell(CheckOut(visit="vis_ann", record="rec_ann"), AbandonVisit(visit="vis_bob", reason="forgotten"))
    with busy.reading() as connection:
        assert visits.going_on(connection, ANN) is visits.going_on(connection, BOB) is None
        [ann] = visits.of_volunteer(connection, ANN, BEGINNING, END)
        [bob] = visits.of_volunteer(connection, BOB, BEGINNING, END)
        assert (ann.state, ann.ended, ann.minutes) == ("over", "2028-06-01T05:30:59.000000Z", 90)
        assert (bob.state, bob.ended, bob.minutes) == ("abandoned", None, 0)
        assert visits.of_volunteer(connection, ANN, NOON, NOON) == []
