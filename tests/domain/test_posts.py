"""Which volunteer holds which post of which community, and when."""

from datetime import date

import pytest
from hypothesis import given as for_all

from ledger.domain.commands import AlreadyRecorded
from ledger.domain.communities import UnknownCommunity
from ledger.domain.posts import PostHeld
from ledger.domain.stays import DoesNotHold, EmptyTime
from ledger.domain.volunteer_state import NotInGoodStanding, NotRegistered, TooEarly
from tests.scenario import (
    FRIDAY,
    MONDAY,
    NEW_YEAR,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TOMORROW,
    TUESDAY,
    WEDNESDAY,
    Background,
    given,
)
from tests.stays import Kind, Wish, wishes_for
from tests.stories_appointments import TENURE, leave_post, left_post, take_post, took_post
from tests.stories_world import (
    ANN,
    BOB,
    EVE,
    MILL,
    ORCHARD,
    WORLD,
    closed,
    registered,
    reinstated,
    suspended,
    withdrew,
)

OTHER = "ten_other"


# --- taking ---------------------------------------------------------------------------------------------------------


def test_a_volunteer_takes_a_post():
    given(WORLD).when(take_post(ANN)).then(took_post(ANN, on=SUNDAY))


def test_a_volunteer_takes_a_post_from_one_day_until_another():
    given(WORLD).when(take_post(ANN, "liaison", MONDAY, at=ORCHARD, until=TOMORROW)).then(
        took_post(ANN, "liaison", MONDAY, at=ORCHARD, until=TOMORROW)
    )


@pytest.mark.parametrize("until", [MONDAY, NEW_YEAR])
def test_a_tenure_has_at_least_one_day(until: date):
    given(WORLD).when(take_post(on=MONDAY, until=until)).then_refused(EmptyTime, until=until.isoformat())


def test_only_a_volunteer_takes_a_post_and_not_before_registering():
    given(WORLD).when(take_post(EVE)).then_refused(NotRegistered)
    given(WORLD, registered(EVE, on=TUESDAY)).when(take_post(EVE, on=MONDAY)).then_refused(TooEarly)


def test_only_a_volunteer_in_good_standing_takes_a_post():
    given(WORLD, suspended(ANN, MONDAY)).when(take_post(ANN)).then_refused(NotInGoodStanding)
    given(WORLD, withdrew(ANN, MONDAY)).when(take_post(ANN)).then_refused(NotInGoodStanding)
    given(WORLD, suspended(ANN, MONDAY), reinstated(ANN, FRIDAY)).when(take_post(ANN)).then(
        took_post(ANN, on=SUNDAY)
    )
    given(WORLD, withdrew(ANN, TUESDAY)).when(take_post(ANN, on=MONDAY)).then(took_post(ANN, on=MONDAY))


def test_a_post_is_one_of_an_open_community():
    given(WORLD).when(take_post(at="com_none")).then_refused(UnknownCommunity)
    given(WORLD, closed(MILL)).when(take_post(at=MILL)).then_refused(UnknownCommunity, community=MILL)


def test_the_id_of_a_tenure_is_used_once():
    given(WORLD, took_post(BOB)).when(take_post(ANN)).then_refused(AlreadyRecorded, id=TENURE)
    given(WORLD, took_post(ANN), left_post(ANN)).when(take_post(ANN)).then_refused(AlreadyRecorded, id=TENURE)


def test_a_post_is_a_code():
    given(WORLD).when(take_post(post="Branch president")).then_malformed("post")


# --- once at a time -------------------------------------------------------------------------------------------------


def test_nobody_holds_a_post_twice_at_a_time():
    given(WORLD, took_post(ANN)).when(take_post(ANN, tenure=OTHER)).then_refused(
        PostHeld, volunteer=ANN, community=MILL, post="cadre"
    )


def test_a_tenure_ends_before_the_next_begins():
    given(WORLD, took_post(ANN), left_post(ANN, on=FRIDAY)).when(
        take_post(ANN, on=THURSDAY, tenure=OTHER)
    ).then_refused(PostHeld)
    given(WORLD, took_post(ANN), left_post(ANN, on=FRIDAY)).when(
        take_post(ANN, on=FRIDAY, tenure=OTHER)
    ).then(took_post(ANN, on=FRIDAY, tenure=OTHER))
    given(WORLD, took_post(ANN, on=THURSDAY)).when(
        take_post(ANN, on=MONDAY, until=THURSDAY, tenure=OTHER)
    ).then(took_post(ANN, on=MONDAY, until=THURSDAY, tenure=OTHER))


def test_a_volunteer_holds_other_posts_and_the_same_elsewhere():
    holder = given(WORLD, took_post(ANN))
    holder.when(take_post(ANN, "liaison", tenure=OTHER)).then(
        took_post(ANN, "liaison", on=SUNDAY, tenure=OTHER)
    )
    holder.when(take_post(ANN, at=ORCHARD, tenure=OTHER)).then(
        took_post(ANN, on=SUNDAY, at=ORCHARD, tenure=OTHER)
    )


def test_several_volunteers_hold_one_post():
    """What others hold is no part of what the command depends on."""
    given(WORLD + Background((took_post(BOB, tenure=OTHER),))).when(take_post(ANN)).then(
        took_post(ANN, on=SUNDAY)
    )


# --- leaving --------------------------------------------------------------------------------------------------------


def test_a_volunteer_leaves_a_post():
    given(took_post(ANN)).when(leave_post()).then(left_post(ANN))
    given(took_post(ANN, on=MONDAY, until=SATURDAY)).when(leave_post(MONDAY)).then(left_post(ANN, on=MONDAY))


def test_a_post_is_left_whatever_became_of_the_volunteer_and_the_community():
    assert [line.about for line in leave_post().boundary()] == [f"tenure:{TENURE}"]


def test_nobody_leaves_a_post_that_they_do_not_hold():
    given().when(leave_post()).then_refused(DoesNotHold, id=TENURE, day=SUNDAY.isoformat())
    given(took_post(ANN, on=TUESDAY)).when(leave_post(MONDAY)).then_refused(DoesNotHold)
    given(took_post(ANN, on=MONDAY, until=FRIDAY)).when(leave_post(FRIDAY)).then_refused(DoesNotHold)


def test_a_tenure_ends_once_but_may_turn_out_to_have_ended_earlier():
    ended = given(took_post(ANN), left_post(ANN, on=WEDNESDAY))
    ended.when(leave_post(WEDNESDAY)).then_refused(DoesNotHold)
    ended.when(leave_post(FRIDAY)).then_refused(DoesNotHold)
    ended.when(leave_post(TUESDAY)).then(left_post(ANN, on=TUESDAY))


# --- any order ------------------------------------------------------------------------------------------------------

TENURES = Kind(
    begin=lambda wish, tenure: take_post(ANN, wish.what, wish.since, until=wish.until, tenure=tenure),
    end=lambda tenure, day: leave_post(day, tenure=tenure),
    identifier="tenure",
    what="post",
)


@for_all(wishes_for("cadre", "liaison"))
def test_however_tenures_are_recorded_nobody_holds_a_post_twice_on_a_day(wishes: list[Wish]):
    TENURES.play(wishes)
