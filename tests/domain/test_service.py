"""The way of a service record: reported, approved or declined; or attested at once; and maybe taken back."""

import msgspec
import pytest

from ledger.domain.commands import AlreadyRecorded, FutureDay, InvalidInput
from ledger.domain.communities import UnknownCommunity
from ledger.domain.events import Event, ServedDay, ServiceAttested, ServiceReported
from ledger.domain.policies import NoPolicy
from ledger.domain.records import AlreadyDecided, AlreadyReversed, NotApproved, UnknownRecord
from ledger.domain.service import OwnRecord, OwnReport
from ledger.domain.volunteer_state import NotInGoodStanding, NotRegistered
from tests.scenario import (
    CLERK,
    FRIDAY,
    MONDAY,
    NEW_YEAR,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TOMORROW,
    TUESDAY,
    WEDNESDAY,
    given,
)
from tests.stories_service import (
    RECORD,
    WARDEN,
    approve,
    approved,
    attest,
    attested,
    counted,
    decline,
    declined,
    report,
    reported,
    reverse,
    reversed_,
    served,
    service,
)
from tests.stories_world import (
    ANN,
    BOB,
    EVE,
    MILL,
    ORCHARD,
    PEOPLE,
    PLACES,
    WORLD,
    adopted,
    closed,
    merged,
    policy,
    suspended,
    withdrew,
)

NIGHT = served(MONDAY, 60), served(TUESDAY, 30)
COUNTED_NIGHT = counted(MONDAY, 60), counted(TUESDAY, 30)


# --- reporting ------------------------------------------------------------------------------------------------------


def test_somebody_reports_that_a_volunteer_served():
    given(WORLD).when(report(ANN, served(MONDAY, 90))).then(reported(ANN, served(MONDAY, 90)))


def test_volunteers_report_their_own_service():
    given(WORLD).when(report(ANN, served(MONDAY, 90)), by=ANN).then(reported(ANN, served(MONDAY, 90)))


def test_a_record_says_what_order_67_asks_for():
    record = given(WORLD).when(report(ANN, *NIGHT, hosted_by=MILL)).then_recorded(ServiceReported)
    assert record.on == MONDAY
    assert record.days == NIGHT
    assert msgspec.structs.asdict(record.service) == {
        "record": RECORD,
        "volunteer": ANN,
        "activity": "act_stars",
        "activity_name": "观星夜",
        "place": "Mill green",
        "content": "讲解",
        "role": "guide",
        "unit": "Herons",
        "in_charge": "per_dora",
        "programme": "Science Windmill",
        "hosted_by": MILL,
        "evidence": "attested",
        "visit": None,
    }


@pytest.mark.parametrize(
    "fact",
    [
        reported(BOB, served(FRIDAY, 10)),
        attested(BOB, counted(FRIDAY, 10)),
        approved(BOB, counted(FRIDAY, 10)),
    ],
    ids=["reported", "attested", "approved"],
)
def test_the_id_of_a_record_is_used_once(fact: Event):
    given(WORLD, fact).when(report(ANN, served(MONDAY, 60))).then_refused(AlreadyRecorded, id=RECORD)
    given(WORLD, fact).when(attest(ANN, served(MONDAY, 60))).then_refused(AlreadyRecorded, id=RECORD)


def test_a_record_that_was_taken_back_or_declined_is_not_reported_again():
    back = attested(ANN, counted(MONDAY, 60)), reversed_(attested(ANN, counted(MONDAY, 60)))
    given(WORLD, *back).when(report(ANN, served(MONDAY, 60))).then_refused(AlreadyRecorded)
    no = reported(ANN, served(MONDAY, 60)), declined(ANN)
    given(WORLD, *no).when(attest(ANN, served(MONDAY, 60))).then_refused(AlreadyRecorded)


@pytest.mark.parametrize("command", [report, attest])
def test_only_a_volunteer_serves(command: type):
    given(WORLD).when(command(EVE, served(MONDAY, 60))).then_refused(NotRegistered, volunteer=EVE)


@pytest.mark.parametrize("command", [report, attest])
def test_a_record_is_held_in_a_community_that_is_or_was(command: type):
    given(WORLD).when(command(ANN, served(MONDAY, 60), hosted_by="com_never")).then_refused(UnknownCommunity)
    for gone in (closed(ORCHARD), merged(ORCHARD, into=MILL)):
        (event,) = given(WORLD, gone).when(command(ANN, served(MONDAY, 60), hosted_by=ORCHARD)).events
        assert isinstance(event, ServiceReported | ServiceAttested)
        assert event.service.hosted_by == ORCHARD


# --- days -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [report, attest])
@pytest.mark.parametrize(
    "days",
    [
        (served(MONDAY, 60), served(MONDAY, 60)),
        (served(TUESDAY, 60), served(MONDAY, 60)),
        (served(MONDAY, 60), served(WEDNESDAY, 60)),
        (served(MONDAY, 60), served(TUESDAY, 60), served(TUESDAY, 60)),
    ],
    ids=["twice", "backwards", "with a gap", "twice at the end"],
)
def test_one_service_runs_over_days_that_follow_one_another(command: type, days: tuple[ServedDay, ...]):
    given(WORLD).when(command(ANN, *days)).then_refused(InvalidInput, field="days")


@pytest.mark.parametrize("command", [report, attest])
def test_service_is_recorded_once_it_was_given(command: type):
    given(WORLD).when(command(ANN, served(TOMORROW, 60))).then_refused(FutureDay, day="2026-03-09")
    given(WORLD).when(command(ANN, served(SUNDAY, 60), served(TOMORROW, 60))).then_refused(FutureDay)
    assert given(WORLD).when(command(ANN, served(SUNDAY, 60))).events
    assert given(WORLD).when(command(ANN, served(TOMORROW, 60)), today=TOMORROW).events


@pytest.mark.parametrize("command", [report, attest])
def test_a_record_has_one_to_seven_days(command: type):
    week = [served(day, 60) for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY)]
    given().when(command(ANN)).then_malformed("days")
    assert given(WORLD).when(command(ANN, *week)).events
    given().when(command(ANN, *week, served(TOMORROW, 60)), today=TOMORROW).then_malformed("days")


@pytest.mark.parametrize("minutes", [0, -1, 1_441, 2**63, 2**64 - 1])
def test_a_day_of_service_has_one_minute_to_24_hours(minutes: int):
    given().when(report(ANN, served(MONDAY, minutes))).then_malformed("days[0].minutes")
    given().when(attest(ANN, served(MONDAY, minutes))).then_malformed("days[0].minutes")


# --- approving and declining ----------------------------------------------------------------------------------------


def test_somebody_else_approves_a_record():
    given(WORLD, reported(ANN, *NIGHT, by=WARDEN)).when(approve(), by=CLERK).then(
        approved(ANN, *COUNTED_NIGHT, reported_by=WARDEN)
    )


def test_another_volunteer_may_approve_a_record():
    given(WORLD, reported(ANN, *NIGHT, by=ANN)).when(approve(), by=BOB).then(
        approved(ANN, *COUNTED_NIGHT, reported_by=ANN)
    )


def test_nobody_approves_their_own_service():
    given(WORLD, reported(ANN, *NIGHT, by=WARDEN)).when(approve(), by=ANN).then_refused(OwnRecord)
    given(WORLD, reported(ANN, *NIGHT, by=ANN)).when(approve(), by=ANN).then_refused(OwnRecord)


def test_nobody_approves_what_they_reported():
    given(WORLD, reported(ANN, *NIGHT, by=CLERK)).when(approve(), by=CLERK).then_refused(OwnReport)
    given(WORLD, reported(ANN, *NIGHT, by=BOB)).when(approve(), by=BOB).then_refused(OwnReport)


def test_somebody_else_declines_a_record():
    given(WORLD, reported(ANN, *NIGHT, by=WARDEN)).when(decline(reason="absent"), by=CLERK).then(
        declined(ANN, MONDAY, reason="absent")
    )


def test_who_reported_a_record_may_decline_it():
    given(WORLD, reported(ANN, *NIGHT, by=CLERK)).when(decline(), by=CLERK).then(declined(ANN))


def test_nobody_declines_their_own_service():
    given(WORLD, reported(ANN, *NIGHT, by=WARDEN)).when(decline(), by=ANN).then_refused(OwnRecord)


def test_what_was_never_reported_is_not_decided():
    given(WORLD).when(approve()).then_refused(UnknownRecord, record=RECORD)
    given(WORLD).when(decline()).then_refused(UnknownRecord, record=RECORD)


@pytest.mark.parametrize(
    "decision",
    [declined(ANN), approved(ANN, counted(MONDAY, 60))],
    ids=["declined", "approved"],
)
def test_a_record_is_decided_once(decision: Event):
    story = given(WORLD, reported(ANN, served(MONDAY, 60)), decision)
    story.when(approve()).then_refused(AlreadyDecided, record=RECORD)
    story.when(decline()).then_refused(AlreadyDecided, record=RECORD)


def test_an_attested_record_is_decided():
    given(WORLD, attested(ANN, counted(MONDAY, 60))).when(approve()).then_refused(AlreadyDecided)
    given(WORLD, attested(ANN, counted(MONDAY, 60))).when(decline()).then_refused(AlreadyDecided)


def test_a_record_taken_back_is_not_decided_again():
    yes = approved(ANN, counted(MONDAY, 60))
    story = given(WORLD, reported(ANN, served(MONDAY, 60)), yes, reversed_(yes))
    story.when(approve()).then_refused(AlreadyDecided)
    story.when(decline()).then_refused(AlreadyDecided)


def test_a_record_is_approved_after_the_volunteer_withdrew():
    given(WORLD, reported(ANN, served(MONDAY, 60)), withdrew(ANN, TUESDAY)).when(approve()).then(
        approved(ANN, counted(MONDAY, 60))
    )


def test_a_suspension_recorded_after_the_report_keeps_the_record_from_being_approved():
    """It did not: minutes counted on a day on which the volunteer was not to serve."""
    given(WORLD, reported(ANN, *NIGHT), suspended(ANN, TUESDAY)).when(approve()).then_refused(
        NotInGoodStanding, day="2026-03-03"
    )


def test_a_record_of_a_day_before_the_first_policy_does_not_count():
    old, late = reported(ANN, served(MONDAY, 60)), adopted(effective=TUESDAY)
    given(PLACES, PEOPLE).when(report(ANN, served(MONDAY, 60))).then(old)
    given(PLACES, PEOPLE, old, late).when(approve()).then_refused(NoPolicy, day="2026-03-02")
    given(PLACES, PEOPLE, late).when(attest(ANN, served(MONDAY, 60))).then_refused(NoPolicy)
    assert given(PLACES, PEOPLE, late).when(attest(ANN, served(TUESDAY, 60))).events


# --- attesting ------------------------------------------------------------------------------------------------------


def test_an_office_reports_and_approves_in_one_step():
    given(WORLD).when(attest(ANN, *NIGHT), by=CLERK).then(attested(ANN, *COUNTED_NIGHT))


def test_nobody_attests_their_own_service():
    given(WORLD).when(attest(ANN, *NIGHT), by=ANN).then_refused(OwnRecord)


# --- reversing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fact", [attested(ANN, *COUNTED_NIGHT), approved(ANN, *COUNTED_NIGHT)], ids=["attested", "approved"]
)
def test_a_record_is_taken_back_for_the_day_on_which_it_was_served(fact: ServiceAttested):
    undone = reversed_(fact, reason="mistake")
    assert undone.on == MONDAY
    given(WORLD, fact).when(reverse(reason="mistake"), today=SUNDAY).then(undone)


def test_a_record_is_taken_back_as_it_counted_whatever_holds_today():
    under = policy(credits_an_hour=90)
    fact = attested(ANN, counted(MONDAY, 60, ORCHARD, team="tea_gone", earning=90, under=under))
    given(fact).when(reverse()).then(reversed_(fact))


def test_volunteers_may_take_back_their_own_record():
    fact = attested(ANN, *COUNTED_NIGHT)
    given(fact).when(reverse(), by=ANN).then(reversed_(fact))


def test_a_record_is_taken_back_once():
    fact = attested(ANN, *COUNTED_NIGHT)
    given(fact, reversed_(fact)).when(reverse()).then_refused(AlreadyReversed, record=RECORD)


def test_only_what_counts_is_taken_back():
    given().when(reverse()).then_refused(UnknownRecord, record=RECORD)
    given(reported(ANN, *NIGHT)).when(reverse()).then_refused(NotApproved, record=RECORD)
    given(reported(ANN, *NIGHT), declined(ANN)).when(reverse()).then_refused(NotApproved)


# --- fields ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("record", "rec_"),
        ("volunteer", "Ann"),
        ("activity", "act_STARS"),
        ("activity_name", "stars\n"),
        ("place", "\u202egreen"),
        ("content", ""),
        ("role", "Lead guide"),
        ("unit", "x" * 201),
        ("in_charge", "Dora"),
        ("programme", " "),
        ("hosted_by", "vol_ann"),
        ("evidence", "seen by me"),
    ],
)
def test_a_field_holds_what_such_a_field_may(field: str, value: str):
    bad = msgspec.structs.replace(service(ANN), **{field: value})
    command = msgspec.structs.replace(report(ANN, served(NEW_YEAR, 60)), service=bad)
    given().when(command).then_malformed(f"service.{field}")


def test_a_reason_is_a_code():
    given().when(decline(reason="was not there")).then_malformed("reason")
    given().when(reverse(reason="张三")).then_malformed("reason")
