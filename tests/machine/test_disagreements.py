"""What the model and the ledger once disagreed on, each as a short story that both are told."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.machine import saying as s
from tests.machine.agreeing import assert_views_agree
from tests.machine.opening import opening_words
from tests.machine.talking import Talking

pytestmark = pytest.mark.slow

OFFICE = (s.OFFICE, None)


class Story(Talking):
    """Commands in a fixed order, after the words with which every run begins."""

    def __init__(self) -> None:
        super().__init__()
        self.gathered = list(opening_words(self.day, self.clock))
        self.send_gathered()

    def agree_at_last(self) -> None:
        # Not rebuilt and followed too: they were of one mind there, and runs of the machine end with that.
        assert_views_agree(self.ledger, self.model)

    def tell(self, kind: str, outcome: str, **said: Any) -> None:
        self.say(kind, OFFICE, **said)
        assert self.given[-1] == outcome

    def assign(self, outcome: str, assignment: str, since: date | None, until: date | None = None) -> None:
        place = {"assignment": assignment, "team": "tea_t02", "role": "member", "until": until}
        self.tell("assign_team", outcome, volunteer="vol_bob", place=place, day=since)

    def serve(self, outcome: str, volunteer: str, day: date | None, record: str = "rec_n30") -> None:
        said = {"service": s.service(record, volunteer, None, None), "days": [{"day": day, "minutes": 1}]}
        self.tell("attest_service", outcome, **said)


@pytest.fixture
def story() -> Iterator[Story]:
    story = Story()
    yield story
    story.teardown()


def test_a_stay_that_ended_on_its_first_day_shares_no_day_with_another(story: Story):
    story.assign("recorded", "asg_n02", story.day(-5))
    story.tell("end_assignment", "recorded", volunteer="vol_bob", assignment="asg_n02", day=story.day(-5))
    story.assign("recorded", "asg_n03", story.day(-9))


def test_a_place_without_a_day_is_refused_as_such_and_not_for_another_team(story: Story):
    story.assign("recorded", "asg_n02", story.day(-5))
    story.assign("empty-time", "asg_n03", story.day(-3), story.day(-4))


def test_a_withdrawal_dated_back_before_other_changes_is_final(story: Story):
    story.tell("suspend_volunteer", "recorded", volunteer="vol_cid", reason="mistake", day=story.day(-9))
    story.tell("reinstate_volunteer", "recorded", volunteer="vol_cid", day=story.day(-8))
    story.tell("withdraw_volunteer", "recorded", volunteer="vol_cid", day=story.day(-20))
    story.serve("not-in-good-standing", "vol_cid", story.day(-5))


def test_who_lives_in_a_merged_community_is_already_in_the_other(story: Story):
    said = {"volunteer": "vol_cid", "community": "com_c05"}
    story.tell("move_volunteer", "already-there", **said, day=None)
    story.tell("move_volunteer", "recorded", **said, day=story.day(-3))


def test_a_merger_dated_back_before_a_registration_holds_for_service_before_that(story: Story):
    said = {"volunteer": "vol_eve", "community": "com_c04", "place": None, "day": story.day(-10)}
    story.tell("register_volunteer", "recorded", **said)
    merger = {"community": "com_c04", "into": "com_c05", "day": story.day(-15)}
    story.tell("merge_community", "recorded", **merger)
    story.serve("recorded", "vol_eve", story.day(-20))
    assert story.model.records["rec_n30"]["days"][0]["community"] == "com_c05"


def test_a_policy_is_adopted_again_once_another_has_taken_its_day(story: Story):
    policy = {"name": "standard", "version": 1, "rate": {"served": 1, "credits": 1}}
    first, second = ({**policy, "floor": floor, "stars": (6_000,)} for floor in (-60, -120))
    for adopted, outcome in ((first, "recorded"), (first, "policy-unchanged"), (second, "recorded")):
        story.tell("adopt_policy", outcome, policy=adopted, effective=story.day(0))
    story.tell("adopt_policy", "recorded", policy=first, effective=story.day(0))


def test_service_reported_before_a_suspension_was_recorded_is_not_approved(story: Story):
    story.tell("suspend_volunteer", "recorded", volunteer="vol_ann", reason="mistake", day=story.day(-3))
    story.tell("approve_service", "not-in-good-standing", record="rec_n03")
    story.tell("decline_service", "recorded", record="rec_n03", reason="not-there")


def test_a_no_show_keeps_the_place_in_the_roster(story: Story):
    placed = {"sign_up": "sig_n03", "volunteer": "vol_cid", "role": "helper", "reason": "mistake"}
    story.tell("place_volunteer", "recorded", shift="shi_n01", **placed)
    story.clock += timedelta(hours=4)
    story.tell("record_no_show", "recorded", sign_up="sig_n01")
    assert_views_agree(story.ledger, story.model)
    story.tell("lift_no_show", "recorded", sign_up="sig_n01", reason="mistake")


def test_a_no_show_who_gives_up_once_the_clock_was_put_back_leaves_the_place_to_who_waits(story: Story):
    story.clock += timedelta(hours=4)
    story.tell("record_no_show", "recorded", sign_up="sig_n01")
    story.clock -= timedelta(hours=4)
    story.tell("withdraw_sign_up", "recorded", sign_up="sig_n01")
    assert story.model.sign_ups["sig_n03"]["state"] == "placed", "Bob, who waits before, is taken then"


def test_a_coordinator_fills_a_place_once_somebody_can_come(story: Story):
    story.tell("suspend_volunteer", "recorded", volunteer="vol_cid", reason="mistake", day=story.day(0))
    story.tell("withdraw_sign_up", "recorded", sign_up="sig_n01")
    story.tell("fill_places", "nobody-to-promote", shift="shi_n01")
    story.tell("withdraw_sign_up", "recorded", sign_up="sig_n04")
    story.tell("fill_places", "recorded", shift="shi_n01")
    assert story.model.sign_ups["sig_n02"]["state"] == "placed"


def test_a_batch_decides_each_command_seeing_those_before_it(story: Story):
    story.gathered = []
    days = [{"day": story.day(-1), "minutes": 30}]
    said = {"service": s.service("rec_n31", "vol_ann", None, None), "days": days}
    story.say("report_service", ("stf_clerk", "key"), **said)
    story.say("report_service", ("stf_clerk", "key"), **said)
    for kind, more in (("approve_service", {}), ("reverse_service", {"reason": "mistake"})):
        story.say(kind, OFFICE, record="rec_n31", **more)
    story.send_gathered()
    assert story.given[-4:] == ["recorded", "replayed", "recorded", "recorded"]


def test_what_stands_against_a_giver_is_told_before_what_does_against_a_receiver(story: Story):
    said = {"transfer": "tra_n01", "receiver": "vol_fay", "minutes": 1}
    story.tell("transfer_credits", "not-enough-credits", giver="vol_cid", **said)
    story.serve("recorded", "vol_cid", story.day(-1))
    story.tell("transfer_credits", "not-registered", giver="vol_cid", **said)
