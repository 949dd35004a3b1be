"""The harness itself: a story that is not told to the point fails."""

from typing import Any

import pytest

from ledger.domain.commands import Facts, OutsideBoundary, Seen
from ledger.domain.communities import COMMUNITIES
from ledger.domain.credits import NotEnoughCredits, TransferCredits
from ledger.domain.events import Event
from ledger.domain.records import record_of
from ledger.domain.service import ApproveService
from ledger.domain.volunteer_state import NotRegistered, affairs_of
from tests.scenario import MONDAY, given
from tests.stories_service import RECORD, approve, earned, gave, give, reported, served
from tests.stories_world import ANN, BOB, EVE, WORLD, registered


def test_a_fact_outside_the_boundary_fails_the_story():
    with pytest.raises(AssertionError, match=r"TransferCredits does not depend on .*vol_bob"):
        given(WORLD, earned(BOB, 30)).when(give(ANN, BOB, 10))


def test_a_background_is_narrowed_to_the_boundary():
    given(WORLD, earned(ANN, 30)).when(give(ANN, BOB, 10)).then(gave(ANN, BOB, 10))


def test_a_further_round_widens_the_boundary():
    record = reported(ANN, served(MONDAY, 60))
    assert given(WORLD, record).when(approve()).events
    with pytest.raises(AssertionError, match="ApproveService does not depend on"):
        given(WORLD, record, registered(EVE)).when(approve())


def test_a_command_that_forgets_a_line_fails():
    class Forgetful(TransferCredits, frozen=True, kw_only=True):
        def boundary(self) -> tuple[Facts[Any], ...]:
            return super().boundary()[:-1]

    forgetful = Forgetful(transfer="tra_gift", giver=ANN, receiver=BOB, minutes=10)
    with pytest.raises(OutsideBoundary):
        given(WORLD, earned(ANN, 30)).when(forgetful)


def test_a_command_that_would_need_a_third_round_fails():
    class Curious(ApproveService, frozen=True, kw_only=True):
        def further(self, seen: Seen) -> tuple[Facts[Any], ...]:
            lines = (record_of(RECORD), COMMUNITIES, affairs_of(ANN), affairs_of(BOB), affairs_of(EVE))
            return tuple(line for line in lines if line not in seen.folds)[:1]

        def decide(self, seen: Seen) -> tuple[Event, ...]:
            return ()

    with pytest.raises(AssertionError, match="third round"):
        given(WORLD).when(Curious(record=RECORD))


def test_a_story_with_another_ending_fails():
    told = given(WORLD, earned(ANN, 30)).when(give(ANN, BOB, 10))
    with pytest.raises(AssertionError):
        told.then(gave(ANN, BOB, 11))
    with pytest.raises(AssertionError):
        told.then_refused(NotEnoughCredits)
    refused = given(WORLD).when(give(ANN, BOB, 10))
    with pytest.raises(AssertionError):
        refused.then(gave(ANN, BOB, 10))
    with pytest.raises(AssertionError):
        refused.then_refused(NotRegistered)
    with pytest.raises(AssertionError):
        refused.then_refused(NotEnoughCredits, available=10)
