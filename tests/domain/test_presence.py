"""Checking in and out by the server's clock, and the record that follows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ledger.domain.commands import AlreadyRecorded
from ledger.domain.events import (
    Mode,
    ServedDay,
    Service,
    ServiceReported,
    Venue,
    VenueClosed,
    VenueCodeRenewed,
    VenueOpened,
    VolunteerCheckedOut,
)
from ledger.domain.ids import derived_id
from ledger.domain.presence import (
    AbandonVisit,
    CheckIn,
    CheckOut,
    ClockIn,
    ForgottenCheckOut,
    TooEarlyToCheckIn,
)
from ledger.domain.shift_state import ShiftOver
from ledger.domain.sign_up_state import SignUpEnded, StillWaiting, UnknownSignUp
from ledger.domain.venues import OpenVenue, RenewVenueCode, UnknownVenue, WrongCode
from ledger.domain.visits import SomewhereElse, UnknownVisit, VisitOver
from ledger.domain.volunteer_state import NotInGoodStanding
from tests.scenario import SATURDAY, SUNDAY, Background, given
from tests.stories_service import RECORD, reported, served
from tests.stories_shifts import (
    ACTIVITIES,
    FAIR,
    GUIDE,
    NINE,
    NOON,
    VISIT,
    abandoned,
    at,
    came,
    clocked_in,
    gave_up,
    left_at,
    promoted,
    shift,
    signed_up,
    waits,
)
from tests.stories_world import ANN, BOB, MILL, WORLD, registered, suspended

HERE = WORLD + ACTIVITIES
SHIFT = shift()
ON_IT = HERE + Background((SHIFT, signed_up(ANN, SHIFT)))
GALLERY = Venue(
    id="ven_gallery",
    name="科普画廊",
    kind="gallery",
    community=MILL,
    unit="Mill society",
    content="阵地值守",
    coordinates=None,
)
SECRET = "POPPY-7281"

check_in = CheckIn(visit=VISIT, sign_up="sig_ann")
check_out = CheckOut(visit=VISIT, record=RECORD)


def clock_in(code: str = SECRET, mode: Mode = Mode.ON_SITE) -> ClockIn:
    return ClockIn(visit=VISIT, venue=GALLERY.id, volunteer=ANN, code=code, mode=mode)


def gallery(code: str | None = SECRET) -> VenueOpened:
    told = given(WORLD).when(OpenVenue(venue=GALLERY, code=code))
    return told.then_recorded(VenueOpened)


# --- at a shift -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "when",
    [NINE - timedelta(hours=1), NINE, NOON - timedelta(seconds=1)],
    ids=["an hour before", "at", "last"],
)
def test_a_volunteer_with_a_place_checks_in_from_an_hour_before_until_the_end(when: datetime):
    given(ON_IT).when(check_in, now=when).then(came(ANN, SHIFT, when))


def test_nobody_checks_in_much_too_early_or_when_all_is_over():
    given(ON_IT).when(check_in, now=NINE - timedelta(hours=1, seconds=1)).then_refused(TooEarlyToCheckIn)
    given(ON_IT).when(check_in, now=NOON).then_refused(ShiftOver)


def test_only_a_place_is_checked_in_for():
    given(HERE, waits(ANN, SHIFT)).when(check_in, now=NINE).then_refused(StillWaiting)
    given(HERE, waits(ANN, SHIFT), promoted(ANN, SHIFT)).when(check_in, now=NINE).then(came(ANN, SHIFT))
    given(HERE, signed_up(ANN, SHIFT), gave_up(ANN, SHIFT)).when(check_in, now=NINE).then_refused(SignUpEnded)
    given(HERE).when(check_in, now=NINE).then_refused(UnknownSignUp)


def test_who_may_not_serve_does_not_check_in():
    given(ON_IT, suspended(ANN, on=SATURDAY)).when(check_in, now=NINE).then_refused(NotInGoodStanding)


def test_a_visit_has_an_id_of_its_own():
    elsewhere = clocked_in(BOB, NINE)
    given(ON_IT, elsewhere).when(check_in, now=NINE).then_refused(AlreadyRecorded, id=VISIT)
    given(WORLD, gallery(), elsewhere).when(clock_in(), now=NINE).then_refused(AlreadyRecorded, id=VISIT)


def test_nobody_is_in_two_places():
    elsewhere = clocked_in(ANN, NINE, visit="vis_other")
    told = given(ON_IT, elsewhere).when(check_in, now=NINE)
    told.then_refused(SomewhereElse, visit="vis_other")
    for ended in (left_at(elsewhere, after=5), abandoned(elsewhere)):
        given(ON_IT, elsewhere, ended).when(check_in, now=NINE).then(came(ANN, SHIFT))
    given(WORLD, gallery(), came(ANN, SHIFT, visit="vis_other")).when(clock_in(), now=NINE).then_refused(
        SomewhereElse, visit="vis_other"
    )


def of_the_fair(*days: ServedDay) -> ServiceReported:
    """What is proposed after a visit to the fair's shift."""
    return ServiceReported(
        on=days[0].day,
        service=Service(
            record=RECORD,
            volunteer=ANN,
            activity=FAIR,
            activity_name="磨坊科普日",
            place="Mill green",
            content="讲解",
            role=GUIDE,
            unit="Herons",
            in_charge=None,
            programme="Science Windmill",
            hosted_by=MILL,
            evidence="check-in",
            visit=VISIT,
        ),
        days=days,
    )


@pytest.mark.parametrize(
    ("come", "leave", "minutes"),
    [
        (NINE, NOON, 180),
        (at(SATURDAY, 8, 20), NOON, 180),
        (NINE, at(SATURDAY, 14), 180),
        (at(SATURDAY, 10, 30), at(SATURDAY, 11), 30),
        (NINE, NINE + timedelta(seconds=119), 1),
    ],
    ids=["the whole of it", "early", "late", "a part", "begun minutes do not count"],
)
def test_checking_out_proposes_a_record_of_the_minutes_within_the_shift(
    come: datetime, leave: datetime, minutes: int
):
    begun = came(ANN, SHIFT, come)
    given(ON_IT, begun).when(check_out, now=leave).then(
        left_at(begun, leave), of_the_fair(served(SATURDAY, minutes))
    )


@pytest.mark.parametrize(
    ("come", "leave"),
    [
        (at(SATURDAY, 8, 10), at(SATURDAY, 8, 50)),
        (NINE, NINE + timedelta(seconds=59)),
        (NINE, NINE),
        (NINE, NINE - timedelta(minutes=5)),
    ],
    ids=["gone before it began", "under a minute", "at once", "a clock put back"],
)
def test_where_there_is_no_minute_to_report_nothing_is(come: datetime, leave: datetime):
    begun = came(ANN, SHIFT, come)
    told = given(ON_IT, begun).when(check_out, now=leave)
    out = told.then_recorded(VolunteerCheckedOut)
    assert out.ended == max(come, leave)


def test_service_across_midnight_is_reported_for_each_day():
    night = shift(begins=at(SATURDAY, 22), ends=at(SUNDAY, 2))
    begun = came(ANN, night, at(SATURDAY, 22, 15))
    world = HERE + Background((night, signed_up(ANN, night)))
    given(world, begun).when(check_out, now=at(SUNDAY, 1, 30)).then(
        left_at(begun, at(SUNDAY, 1, 30)), of_the_fair(served(SATURDAY, 105), served(SUNDAY, 90))
    )


def test_a_visit_ends_once():
    begun = came(ANN, SHIFT)
    for ended in (left_at(begun, NOON), abandoned(begun)):
        told = given(ON_IT, begun, ended)
        told.when(check_out, now=NOON).then_refused(VisitOver, visit=VISIT)
        given(begun, ended).when(AbandonVisit(visit=VISIT, reason="forgotten"), now=NOON).then_refused(
            VisitOver, visit=VISIT
        )
    given(ON_IT).when(check_out, now=NOON).then_refused(UnknownVisit, visit=VISIT)
    given().when(AbandonVisit(visit=VISIT, reason="forgotten")).then_refused(UnknownVisit, visit=VISIT)


def test_the_proposed_record_has_an_id_of_its_own():
    begun = came(ANN, SHIFT)
    taken = reported(BOB, served(SATURDAY, 60))
    given(ON_IT, begun, taken).when(check_out, now=NOON).then_refused(AlreadyRecorded, id=RECORD)


def test_a_check_out_that_was_forgotten_is_no_service():
    begun = came(ANN, SHIFT)
    told = given(ON_IT, begun)
    told.when(check_out, now=NINE + timedelta(hours=24)).then(
        left_at(begun, after=24 * 60), of_the_fair(served(SATURDAY, 180))
    )
    told.when(check_out, now=NINE + timedelta(hours=24, seconds=1)).then_refused(ForgottenCheckOut)
    given(begun).when(AbandonVisit(visit=VISIT, reason="forgotten")).then(abandoned(begun))


def test_who_was_suspended_meanwhile_may_still_leave():
    begun = came(ANN, SHIFT)
    world = ON_IT + Background((registered(ANN), suspended(ANN, on=SATURDAY)))
    told = given(world, begun).when(check_out, now=NOON)
    assert told.refusal is None


# --- at a venue -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", Mode)
def test_a_volunteer_clocks_in_at_a_venue_by_its_code(mode: Mode):
    given(WORLD, gallery()).when(clock_in(mode=mode), now=NINE).then(clocked_in(ANN, NINE, mode=mode))


def test_only_the_newest_code_counts():
    told = given(WORLD, gallery())
    told.when(clock_in("POPPY-7282"), now=NINE).then_refused(WrongCode)
    renew = RenewVenueCode(venue=GALLERY.id, code="TULIP-0001")
    renewed = given(WORLD, gallery()).when(renew).then_recorded(VenueCodeRenewed)
    later = given(WORLD, gallery(), renewed)
    later.when(clock_in(), now=NINE).then_refused(WrongCode)
    later.when(clock_in("TULIP-0001"), now=NINE).then(clocked_in(ANN, NINE))


def test_a_venue_without_a_code_is_no_place_to_clock_in():
    given(WORLD, gallery(None)).when(clock_in(), now=NINE).then_refused(WrongCode)


def test_nobody_clocks_in_at_a_venue_that_is_not_open():
    given(WORLD).when(clock_in(), now=NINE).then_refused(UnknownVenue)
    closed = VenueClosed(on=SATURDAY, venue=GALLERY.id, community=MILL, kind="gallery")
    given(WORLD, gallery(), closed).when(clock_in(), now=NINE).then_refused(UnknownVenue)


def test_who_may_not_serve_does_not_clock_in():
    given(WORLD, gallery(), suspended(ANN, on=SATURDAY)).when(clock_in(), now=NINE).then_refused(
        NotInGoodStanding
    )


def test_leaving_a_venue_proposes_all_the_minutes():
    begun = clocked_in(ANN, at(SATURDAY, 23, 0))
    told = given(WORLD, gallery(), begun).when(check_out, now=at(SUNDAY, 0, 45))
    out, record = told.events
    assert out == left_at(begun, at(SUNDAY, 0, 45))
    assert isinstance(record, ServiceReported)
    assert record.days == (served(SATURDAY, 60), served(SUNDAY, 45))
    assert record.service == Service(
        record=RECORD,
        volunteer=ANN,
        activity=derived_id("act", "venue", GALLERY.id),
        activity_name="科普画廊",
        place="科普画廊",
        content="阵地值守",
        role="volunteer",
        unit="Mill society",
        in_charge=None,
        programme=None,
        hosted_by=MILL,
        evidence="check-in",
        visit=VISIT,
    )


def test_leaving_a_venue_that_was_closed_meanwhile_is_possible():
    closed = VenueClosed(on=SATURDAY, venue=GALLERY.id, community=MILL, kind="gallery")
    begun = clocked_in(ANN, NINE)
    told = given(WORLD, gallery(), begun, closed).when(check_out, now=NOON)
    assert [type(event) for event in told.events] == [VolunteerCheckedOut, ServiceReported]


def test_instants_are_those_of_the_server_in_utc():
    told = given(ON_IT).when(check_in, now=NINE)
    assert told.events[0] == came(ANN, SHIFT, datetime(2026, 3, 7, 1, tzinfo=UTC))
    assert date(2026, 3, 7) == SATURDAY
