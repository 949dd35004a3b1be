"""Shifts: published with their instants for ever, or cancelled and published anew."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from ledger.domain.activities import CalledOff, UnknownActivity
from ledger.domain.commands import AlreadyRecorded, InvalidInput
from ledger.domain.events import ActivityCancelled, AgeBand, RolePlaces, ShiftPublished
from ledger.domain.shift_state import ShiftCalledOff, UnknownShift
from ledger.domain.shifts import CancelShift, HasBegun, PublishShift
from tests.scenario import FRIDAY, SATURDAY, SUNDAY, given
from tests.stories_shifts import (
    ACTIVITIES,
    CROWD,
    DAN,
    FAIR,
    GUIDE,
    MILL_FAIR,
    MORNING,
    NINE,
    NOON,
    at,
    came,
    cancelled,
    gave_up,
    publish,
    released,
    shift,
    signed_up,
    waits,
)
from tests.stories_world import ANN, BOB, WORLD

HERE = WORLD + ACTIVITIES


def test_a_shift_has_its_instants_places_waitlist_and_conditions():
    asked = {"waitlist": 20, "ages": (AgeBand.ADULT,), "skills": ("first-aid",)}
    given(HERE).when(publish(places=3, **asked)).then(
        shift(places=3, waitlist=20, ages=(AgeBand.ADULT,), skills=("first-aid",))
    )


def test_nobody_may_wait_unless_the_shift_says_so():
    assert given(HERE).when(publish()).then_recorded(ShiftPublished).waitlist == 0


def test_instants_are_kept_in_utc_and_the_day_is_that_of_the_beginning():
    east = timezone(timedelta(hours=9))
    told = given(HERE).when(publish(datetime(2026, 3, 7, 0, 30, tzinfo=east), NINE))
    published = told.then_recorded(ShiftPublished, on=FRIDAY)
    assert published.begins.utcoffset() == timedelta()
    assert published.begins == datetime(2026, 3, 6, 15, 30, tzinfo=UTC)


def test_an_instant_without_an_offset_means_nothing():
    given(HERE).when(publish(NINE.replace(tzinfo=None), NOON)).then_malformed("begins")


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [
        (NINE, NINE, "ends"),
        (NOON, NINE, "ends"),
        (NINE, NINE + timedelta(days=7, seconds=1), "ends"),
        (datetime(1, 1, 1, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC), "begins"),
        (datetime(9999, 12, 31, tzinfo=UTC), datetime(9999, 12, 31, 9, tzinfo=UTC), "begins"),
    ],
)
def test_a_shift_ends_after_it_begins_and_within_a_week(begins: datetime, ends: datetime, field: str):
    given(HERE).when(publish(begins, ends)).then_refused(InvalidInput, field=field)


def test_a_shift_may_last_a_week():
    given(HERE).when(publish(NINE, NINE + timedelta(days=7))).then_recorded(ShiftPublished)


@pytest.mark.parametrize("places", [0, -1, 501])
def test_a_role_has_1_to_500_places(places: int):
    given(HERE).when(publish(places=places)).then_malformed("roles[0].places")


@pytest.mark.parametrize("waitlist", [-1, 501])
def test_at_most_500_may_wait(waitlist: int):
    given(HERE).when(publish(waitlist=waitlist)).then_malformed("waitlist")


def test_a_shift_has_at_most_500_places_in_all():
    roles = (RolePlaces(role=GUIDE, places=300), RolePlaces(role="usher", places=201))
    command = PublishShift(shift=MORNING, activity=FAIR, begins=NINE, ends=NOON, roles=roles)
    given(HERE).when(command).then_refused(InvalidInput, field="roles")


def test_a_role_is_named_once():
    roles = (RolePlaces(role=GUIDE, places=1), RolePlaces(role=GUIDE, places=1))
    command = PublishShift(shift=MORNING, activity=FAIR, begins=NINE, ends=NOON, roles=roles)
    given(HERE).when(command).then_refused(InvalidInput, field="roles")


def test_a_shift_is_published_once():
    given(HERE, shift()).when(publish()).then_refused(AlreadyRecorded, id=MORNING)
    given(HERE, shift(), cancelled(shift())).when(publish()).then_refused(AlreadyRecorded, id=MORNING)


def test_a_shift_belongs_to_an_activity():
    given(WORLD).when(publish()).then_refused(UnknownActivity, activity=FAIR)


def test_an_activity_that_was_called_off_gets_no_shifts():
    off = ActivityCancelled(on=SATURDAY, activity=MILL_FAIR, reason="typhoon")
    given(HERE, off).when(publish()).then_refused(CalledOff)


def test_cancelling_a_shift_releases_everybody_who_signed_up():
    so_far = shift(places=2, waitlist=1)
    given(
        HERE + CROWD,
        so_far,
        signed_up(ANN, so_far),
        signed_up("vol_eve", so_far),
        gave_up("vol_eve", so_far),
        signed_up(BOB, so_far),
        waits(DAN, so_far),
    ).when(CancelShift(shift=MORNING, reason="typhoon")).then(
        cancelled(so_far), released(ANN, so_far), released(BOB, so_far), released(DAN, so_far)
    )


def test_a_shift_is_cancelled_once():
    given(HERE, shift(), cancelled(shift())).when(CancelShift(shift=MORNING, reason="typhoon")).then_refused(
        ShiftCalledOff, shift=MORNING
    )


def test_what_was_never_published_is_not_cancelled():
    given(HERE).when(CancelShift(shift=MORNING, reason="typhoon")).then_refused(UnknownShift, shift=MORNING)


def test_a_shift_that_somebody_came_to_is_not_cancelled():
    given(HERE, shift(), signed_up(ANN, shift()), came(ANN, shift())).when(
        CancelShift(shift=MORNING, reason="typhoon"), now=NINE
    ).then_refused(HasBegun, shift=MORNING)


def test_a_shift_that_nobody_came_to_is_cancelled_also_afterwards():
    given(HERE, shift()).when(CancelShift(shift=MORNING, reason="typhoon"), now=at(SUNDAY, 9)).then(
        cancelled(shift())
    )
