"""What training volunteers completed, and what of it was annulled."""

from datetime import date

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain.commands import AlreadyRecorded, FutureDay
from ledger.domain.events import Event
from ledger.domain.minutes import MOST_MINUTES
from ledger.domain.stays import EmptyTime
from ledger.domain.training import AlreadyAnnulled, UnknownTraining
from ledger.domain.volunteer_state import NotRegistered
from tests.scenario import FRIDAY, MONDAY, NEW_YEAR, SUNDAY, TOMORROW, TUESDAY, given
from tests.stories_appointments import AID, annul, annulled, train, trained
from tests.stories_world import ANN, BOB, EVE, WORLD, registered, suspended, withdrew


def test_a_training_says_what_order_67_asks_for():
    """Content, day, minutes and the unit that held it; and how long it is valid."""
    given(WORLD).when(train(ANN)).then(trained(ANN, on=SUNDAY))
    given(WORLD).when(train(ANN, MONDAY, minutes=2_880, until=FRIDAY)).then(
        trained(ANN, MONDAY, minutes=2_880, until=FRIDAY)
    )


def test_training_is_recorded_once_it_was_completed():
    given(WORLD).when(train(on=TOMORROW)).then_refused(FutureDay, day=TOMORROW.isoformat())


@pytest.mark.parametrize("until", [MONDAY, NEW_YEAR])
def test_a_training_is_valid_for_at_least_one_day(until: date):
    given(WORLD).when(train(on=MONDAY, until=until)).then_refused(EmptyTime, until=until.isoformat())


def test_only_a_volunteer_has_a_training_recorded():
    given(WORLD).when(train(EVE)).then_refused(NotRegistered, volunteer=EVE)


def test_a_training_may_have_been_completed_before_registering():
    given(WORLD, registered(EVE, on=TUESDAY)).when(train(EVE, MONDAY)).then(trained(EVE, MONDAY))


def test_who_may_not_serve_may_have_completed_a_training():
    given(WORLD, suspended(ANN, MONDAY)).when(train(ANN)).then(trained(ANN, on=SUNDAY))
    given(WORLD, withdrew(ANN, MONDAY)).when(train(ANN)).then(trained(ANN, on=SUNDAY))


def test_the_id_of_a_training_is_used_once():
    given(WORLD, trained(BOB)).when(train(ANN)).then_refused(AlreadyRecorded, id=AID)
    given(WORLD, trained(ANN), annulled(ANN)).when(train(ANN)).then_refused(AlreadyRecorded, id=AID)


@pytest.mark.parametrize("minutes", [0, MOST_MINUTES + 1])
def test_a_training_takes_some_minutes(minutes: int):
    given(WORLD).when(train(minutes=minutes)).then_malformed("minutes")


def test_a_training_is_annulled_for_the_day_on_which_it_was_completed():
    given(trained(ANN, MONDAY)).when(annul()).then(annulled(ANN, MONDAY))


def test_what_was_never_recorded_is_not_annulled():
    given().when(annul()).then_refused(UnknownTraining, training=AID)


def test_a_training_is_annulled_once():
    given(trained(ANN), annulled(ANN)).when(annul()).then_refused(AlreadyAnnulled, training=AID)


# --- any order ------------------------------------------------------------------------------------------------------


@for_all(st.lists(st.tuples(st.sampled_from(["trn_one", "trn_two"]), st.booleans()), max_size=10))
def test_whatever_is_recorded_and_annulled_a_training_is_either_once_at_most(wanted: list[tuple[str, bool]]):
    facts: list[Event] = []
    for training, annulling in wanted:
        known = [fact for fact in facts if getattr(fact, "training", "") == training]
        if annulling:
            facts += given(*known).when(annul(training=training)).events
        else:
            facts += given(WORLD, *known).when(train(training=training)).events
    kinds = [(type(fact), getattr(fact, "training", "")) for fact in facts]
    assert len(kinds) == len(set(kinds))
