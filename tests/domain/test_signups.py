"""Signing up: places, conditions, and nobody in two places at once."""

from datetime import datetime, timedelta

import pytest

from ledger.domain.commands import AlreadyRecorded
from ledger.domain.events import AgeBand, RolePlaces
from ledger.domain.qualifications import ConsentMissing, NotEligible
from ledger.domain.shift_state import ShiftCalledOff, ShiftOver, UnknownRole, UnknownShift
from ledger.domain.sign_up_state import (
    AlreadyCame,
    OverlappingShift,
    SignUpEnded,
    StillWaiting,
    UnknownSignUp,
)
from ledger.domain.sign_ups import (
    AlreadySignedUp,
    LiftNoShow,
    NotANoShow,
    PlaceVolunteer,
    RecordNoShow,
    ShiftFull,
    ShiftNotOver,
    SignUp,
    WithdrawSignUp,
)
from ledger.domain.volunteer_state import NotInGoodStanding, NotRegistered
from tests.domain.stretches import CASES
from tests.scenario import FRIDAY, MONDAY, SATURDAY, SUNDAY, given
from tests.stories_shifts import (
    ACTIVITIES,
    CROWD,
    DAN,
    EARLIER,
    EVENING,
    MORNING,
    NINE,
    NOON,
    at,
    came,
    cancelled,
    excused,
    gave_up,
    missed,
    noted,
    placed,
    promoted,
    put,
    released,
    shift,
    sign,
    signed_up,
    skilled,
    waits,
)
from tests.stories_world import ANN, BOB, EVE, WORLD, suspended

HERE = WORLD + ACTIVITIES + CROWD
AFTER = at(SUNDAY, 9)


def test_a_volunteer_takes_a_place():
    given(HERE, shift()).when(sign(ANN), now=EARLIER).then(signed_up(ANN, shift()))


def test_who_comes_by_during_a_shift_may_still_sign_up():
    given(HERE, shift()).when(sign(ANN), now=NOON - timedelta(seconds=1)).then(signed_up(ANN, shift()))


def test_nobody_signs_up_for_what_is_over():
    given(HERE, shift()).when(sign(ANN), now=NOON).then_refused(ShiftOver, shift=MORNING)


def test_the_last_place_is_taken_once():
    given(HERE, shift(), signed_up(ANN, shift())).when(sign(BOB), now=EARLIER).then_refused(
        ShiftFull, shift=MORNING
    )


def test_every_role_has_places_of_its_own():
    usher = (RolePlaces(role="usher", places=1),)
    so_far = shift(more=usher)
    given(HERE, so_far, signed_up(ANN, so_far)).when(sign(BOB, role="usher"), now=EARLIER).then(
        signed_up(BOB, so_far, "usher")
    )


def test_a_role_that_the_shift_does_not_name_has_no_places():
    given(HERE, shift()).when(sign(ANN, role="cook"), now=EARLIER).then_refused(UnknownRole, role="cook")
    given(HERE, shift()).when(put(ANN, role="cook"), now=EARLIER).then_refused(UnknownRole, role="cook")


def test_a_place_given_up_is_there_for_another():
    given(HERE, shift(), signed_up(ANN, shift()), gave_up(ANN, shift())).when(sign(BOB), now=EARLIER).then(
        signed_up(BOB, shift())
    )


def test_nobody_signs_up_twice_for_one_shift():
    so_far = shift(places=2, waitlist=2)
    for before in (signed_up(ANN, so_far), waits(ANN, so_far), placed(ANN, so_far)):
        for again in (sign(ANN, as_="sig_again"), sign(ANN)):
            given(HERE, so_far, before).when(again, now=EARLIER).then_refused(
                AlreadySignedUp, sign_up="sig_ann"
            )


def test_who_gave_a_place_up_may_sign_up_again_under_another_id():
    told = given(HERE, shift(), signed_up(ANN, shift()), gave_up(ANN, shift()))
    told.when(sign(ANN, as_="sig_again"), now=EARLIER).then(signed_up(ANN, shift(), as_="sig_again"))
    told.when(sign(ANN), now=EARLIER).then_refused(AlreadyRecorded, id="sig_ann")


def test_a_sign_up_has_an_id_of_its_own():
    told = given(HERE, shift(places=9), signed_up(BOB, shift(places=9), as_="sig_same"))
    told.when(sign(ANN, as_="sig_same"), now=EARLIER).then_refused(AlreadyRecorded, id="sig_same")
    told.when(put(ANN, as_="sig_same"), now=EARLIER).then_refused(AlreadyRecorded, id="sig_same")


@pytest.mark.parametrize("command", [sign(ANN), put(ANN)], ids=["sign up", "placed"])
def test_there_are_no_places_on_a_shift_that_is_not_there(command: SignUp | PlaceVolunteer):
    given(HERE).when(command, now=EARLIER).then_refused(UnknownShift)
    given(HERE, shift(), cancelled(shift())).when(command, now=EARLIER).then_refused(ShiftCalledOff)
    given(HERE, shift()).when(command, now=NOON).then_refused(ShiftOver)


@pytest.mark.parametrize("command", [sign(ANN), put(ANN)], ids=["sign up", "placed"])
def test_only_who_is_in_good_standing_on_the_day_of_the_shift_has_a_place(command: SignUp | PlaceVolunteer):
    given(HERE, shift(), suspended(ANN, on=SATURDAY)).when(command, now=EARLIER).then_refused(
        NotInGoodStanding, day="2026-03-07"
    )
    given(HERE, shift(), suspended(ANN, on=SUNDAY)).when(command, now=EARLIER).then(
        (placed if type(command) is type(put(ANN)) else signed_up)(ANN, shift())
    )


def test_nobody_unknown_has_a_place():
    given(HERE, shift()).when(sign(EVE), now=EARLIER).then_refused(NotRegistered)


# --- conditions -----------------------------------------------------------------------------------------------------


def test_a_shift_for_adults_takes_who_is_noted_as_one():
    adults = shift(ages=(AgeBand.ADULT,))
    given(HERE, adults).when(sign(ANN), now=EARLIER).then_refused(NotEligible)
    given(HERE, adults, noted(ANN, AgeBand.CONSENTED_MINOR)).when(sign(ANN), now=EARLIER).then_refused(
        NotEligible
    )
    given(HERE, adults, noted(ANN, AgeBand.ADULT)).when(sign(ANN), now=EARLIER).then(signed_up(ANN, adults))


def test_the_age_band_is_that_of_the_day_of_the_shift():
    adults = shift(ages=(AgeBand.ADULT,))
    minor = noted(ANN, AgeBand.CONSENTED_MINOR)
    given(HERE, adults, minor, noted(ANN, AgeBand.ADULT, on=SATURDAY)).when(sign(ANN), now=EARLIER).then(
        signed_up(ANN, adults)
    )
    given(HERE, adults, minor, noted(ANN, AgeBand.ADULT, on=SUNDAY)).when(
        sign(ANN), now=EARLIER
    ).then_refused(NotEligible)


def test_a_minor_serves_with_consent_only_whatever_the_shift_asks():
    minor = noted(ANN, AgeBand.MINOR)
    given(HERE, shift(), minor).when(sign(ANN), now=EARLIER).then_refused(ConsentMissing)
    given(HERE, shift(), minor).when(put(ANN), now=EARLIER).then_refused(ConsentMissing)
    given(HERE, shift(), minor, noted(ANN, AgeBand.CONSENTED_MINOR, on=FRIDAY)).when(
        sign(ANN), now=EARLIER
    ).then(signed_up(ANN, shift()))


def test_every_skill_is_asked_for():
    skills = shift(skills=("first-aid", "sign-language"))
    told = given(HERE, skills, skilled(ANN, "first-aid"))
    told.when(sign(ANN), now=EARLIER).then_refused(NotEligible, wanted="sign-language")
    lapsed = skilled(ANN, "sign-language", until=SATURDAY)
    given(HERE, skills, skilled(ANN, "first-aid"), lapsed).when(sign(ANN), now=EARLIER).then_refused(
        NotEligible, wanted="sign-language"
    )
    given(HERE, skills, skilled(ANN, "first-aid"), skilled(ANN, "sign-language")).when(
        sign(ANN), now=EARLIER
    ).then(signed_up(ANN, skills))


# --- a coordinator's override ---------------------------------------------------------------------------------------


def test_a_coordinator_places_somebody_beyond_conditions_and_places():
    full = shift(skills=("first-aid",), ages=(AgeBand.ADULT,))
    given(HERE, full, signed_up(BOB, full)).when(put(ANN), now=EARLIER).then(placed(ANN, full))


def test_whoever_waits_keeps_their_sign_up_when_they_are_placed():
    full = shift(waitlist=2)
    given(HERE, full, signed_up(BOB, full), waits(ANN, full)).when(
        put(ANN, as_="sig_another"), now=EARLIER
    ).then(placed(ANN, full))


def test_who_has_a_place_is_not_placed_again():
    given(HERE, shift(), signed_up(ANN, shift())).when(put(ANN), now=EARLIER).then_refused(AlreadySignedUp)


# --- two shifts at once ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "ends", "other_begins", "other_ends", "clash"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_nobody_is_on_two_shifts_that_share_a_moment(
    begins: datetime, ends: datetime, other_begins: datetime, other_ends: datetime, clash: bool
):
    first = shift(EVENING, begins, ends)
    second = shift(MORNING, other_begins, other_ends)
    for command, fact in ((sign(ANN), signed_up), (put(ANN), placed)):
        told = given(HERE, second, signed_up(ANN, first, as_="sig_first")).when(command, now=EARLIER)
        if clash:
            told.then_refused(OverlappingShift, shift=EVENING)
        else:
            told.then(fact(ANN, second))


def test_only_a_place_keeps_somebody_from_another():
    other = shift(EVENING, NINE, NOON, waitlist=1)
    for before in (
        (waits(ANN, other, as_="sig_other"),),
        (signed_up(ANN, other, as_="sig_other"), gave_up(ANN, other, as_="sig_other")),
        (signed_up(ANN, other, as_="sig_other"), released(ANN, other, as_="sig_other")),
    ):
        given(HERE, shift(), *before).when(sign(ANN), now=EARLIER).then(signed_up(ANN, shift()))
    for before in (
        (waits(ANN, other, as_="sig_other"), promoted(ANN, other, as_="sig_other")),
        (placed(ANN, other, as_="sig_other"),),
    ):
        given(HERE, shift(), *before).when(sign(ANN), now=EARLIER).then_refused(OverlappingShift)


# --- giving up, and not coming --------------------------------------------------------------------------------------


def test_a_volunteer_gives_a_place_up():
    given(HERE, shift(), signed_up(ANN, shift())).when(WithdrawSignUp(sign_up="sig_ann"), now=EARLIER).then(
        gave_up(ANN, shift())
    )


def test_who_waits_gives_up_the_wait():
    full = shift(waitlist=2)
    given(HERE, full, signed_up(ANN, full), waits(BOB, full), waits(DAN, full)).when(
        WithdrawSignUp(sign_up="sig_bob"), now=EARLIER
    ).then(gave_up(BOB, full))


def test_a_sign_up_is_given_up_once():
    told = given(HERE, shift(), signed_up(ANN, shift()), gave_up(ANN, shift()))
    told.when(WithdrawSignUp(sign_up="sig_ann"), now=EARLIER).then_refused(SignUpEnded)
    given(HERE).when(WithdrawSignUp(sign_up="sig_ann"), now=EARLIER).then_refused(UnknownSignUp)


def test_nothing_is_given_up_when_the_shift_is_over_or_the_volunteer_has_come():
    told = given(HERE, shift(), signed_up(ANN, shift()))
    told.when(WithdrawSignUp(sign_up="sig_ann"), now=NOON).then_refused(ShiftOver)
    given(HERE, shift(), signed_up(ANN, shift()), came(ANN, shift())).when(
        WithdrawSignUp(sign_up="sig_ann"), now=NINE
    ).then_refused(AlreadyCame)


def test_who_did_not_come_is_noted_when_the_shift_is_over():
    told = given(HERE, signed_up(ANN, shift()))
    told.when(RecordNoShow(sign_up="sig_ann"), now=NOON).then(missed(ANN, shift()))
    told.when(RecordNoShow(sign_up="sig_ann"), now=NOON - timedelta(seconds=1)).then_refused(ShiftNotOver)


def test_who_came_who_waited_and_who_gave_up_are_no_no_shows():
    command = RecordNoShow(sign_up="sig_ann")
    given(HERE, signed_up(ANN, shift()), came(ANN, shift())).when(command, now=AFTER).then_refused(
        AlreadyCame
    )
    given(HERE, waits(ANN, shift())).when(command, now=AFTER).then_refused(StillWaiting)
    given(HERE, signed_up(ANN, shift()), gave_up(ANN, shift())).when(command, now=AFTER).then_refused(
        SignUpEnded
    )
    given(HERE).when(command, now=AFTER).then_refused(UnknownSignUp)
    given(HERE, signed_up(ANN, shift()), missed(ANN, shift())).when(command, now=AFTER).then_refused(
        AlreadyRecorded
    )


def test_a_no_show_is_taken_back_and_may_be_noted_again():
    lift = LiftNoShow(sign_up="sig_ann", reason="was-there")
    told = given(HERE, signed_up(ANN, shift()), missed(ANN, shift()))
    told.when(lift, now=AFTER).then(excused(ANN, shift()))
    lifted = given(HERE, signed_up(ANN, shift()), missed(ANN, shift()), excused(ANN, shift()))
    lifted.when(lift, now=AFTER).then_refused(NotANoShow)
    lifted.when(RecordNoShow(sign_up="sig_ann"), now=AFTER).then(missed(ANN, shift()))
    given(HERE).when(lift, now=AFTER).then_refused(UnknownSignUp)


def test_who_did_not_come_was_taken_all_the_same():
    """A no-show freed its time: once lifted, somebody had places on two shifts at once."""
    longer = shift(EVENING, NINE, at(SATURDAY, 15))
    given(HERE, longer, signed_up(ANN, shift()), missed(ANN, shift())).when(
        sign(ANN, EVENING, as_="sig_longer"), now=at(SATURDAY, 13)
    ).then_refused(OverlappingShift, shift=MORNING)


def test_a_day_of_service_is_the_local_day_of_the_beginning():
    night = shift(begins=at(MONDAY, 23, 30), ends=at(MONDAY, 23, 30) + timedelta(hours=2))
    assert given(HERE, night).when(sign(ANN), now=EARLIER).events[0].on == MONDAY
