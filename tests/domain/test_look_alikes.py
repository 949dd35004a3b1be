"""One service counts once, though two people write it down: what looks the same is refused unless it is another."""

from datetime import date, timedelta

import msgspec
import pytest

from ledger.domain.events import ServedDay, Service
from ledger.domain.records import DayFull, LooksTheSame
from ledger.domain.service import ApproveService, AttestService
from tests.scenario import MONDAY, SATURDAY, TUESDAY, given
from tests.stories_service import (
    RECORD,
    approve,
    approved,
    attest,
    attested,
    counted,
    like,
    report,
    reported,
    reversed_,
    served,
    service,
)
from tests.stories_shifts import NINE, VISIT, clocked_in, left_at
from tests.stories_world import ANN, WORLD

FIRST = attested(ANN, counted(MONDAY, 60), record="rec_first")


def called(name: str, activity: str = "act_other", visit: str | None = None) -> Service:
    return msgspec.structs.replace(service(ANN), activity=activity, activity_name=name, visit=visit)


def attesting(said: Service, day: date = MONDAY, minutes: int = 60) -> AttestService:
    return AttestService(service=said, days=(ServedDay(day=day, minutes=minutes),))


def test_one_service_under_two_record_numbers_was_counted_twice():
    told = given(WORLD, FIRST).when(attest(ANN, served(MONDAY, 60)))
    refusal = told.then_refused(LooksTheSame, record="rec_first", day="2026-03-02", minutes=60)
    assert "rec_first, which counts: 观星夜 on 2026-03-02, 1 h." in refusal.sentence("en")
    assert "rec_first 看似相同：2026-03-02“观星夜”1小时。" in refusal.sentence("zh")


def test_a_report_of_a_service_that_counts_already_was_approved():
    story = given(WORLD, FIRST, reported(ANN, served(MONDAY, 60)))
    story.when(approve()).then_refused(LooksTheSame, record="rec_first")
    again = ApproveService(record=RECORD, again=True)
    story.when(again).then(like("rec_first", approved(ANN, counted(MONDAY, 60)), again=True))


def test_a_report_waits_whatever_it_looks_like():
    with pytest.raises(AssertionError, match="does not depend on"):
        given(WORLD, FIRST).when(report(ANN, served(MONDAY, 60)))


def test_another_service_of_the_same_kind_counts_once_somebody_says_that_it_is_another():
    again = msgspec.structs.replace(attest(ANN, served(MONDAY, 60)), again=True)
    fact = like("rec_first", attested(ANN, counted(MONDAY, 60)), again=True)
    given(WORLD, FIRST).when(again).then(fact)


def test_that_it_is_another_is_kept_where_there_is_nothing_like_it():
    again = msgspec.structs.replace(attest(ANN, served(MONDAY, 60)), again=True)
    fact = msgspec.structs.replace(attested(ANN, counted(MONDAY, 60)), again=True)
    given(WORLD).when(again).then(fact)


def test_other_minutes_at_the_same_activity_count_with_a_hint():
    told = given(WORLD, FIRST).when(attest(ANN, served(MONDAY, 61)))
    told.then(like("rec_first", attested(ANN, counted(MONDAY, 61))))


def test_another_day_is_another_service():
    with pytest.raises(AssertionError, match="does not depend on"):
        given(WORLD, FIRST).when(attest(ANN, served(TUESDAY, 60)))


@pytest.mark.parametrize("name", ["观星夜", " 观 星 夜", "观星夜\u3000"])
def test_an_activity_is_known_by_its_name_too(name: str):
    given(WORLD, FIRST).when(attesting(called(name))).then_refused(LooksTheSame, record="rec_first")


def test_an_activity_is_known_by_its_id_whatever_it_is_called_now():
    given(WORLD, FIRST).when(attesting(called("Night", "act_stars"))).then_refused(LooksTheSame)


def test_another_activity_is_another_service():
    assert given(WORLD, FIRST).when(attesting(called("Bird walk"))).refusal is None


def test_what_was_taken_back_stands_in_nobody_s_way():
    story = given(WORLD, FIRST, reversed_(FIRST))
    story.when(attest(ANN, served(MONDAY, 60))).then(attested(ANN, counted(MONDAY, 60)))


def test_a_day_that_is_full_is_told_first():
    most = attested(ANN, counted(MONDAY, 900), record="rec_most")
    given(WORLD, most).when(attest(ANN, served(MONDAY, 900))).then_refused(DayFull)


@pytest.mark.parametrize("first", [MONDAY, MONDAY - timedelta(days=1)], ids=["its first", "its last"])
def test_one_day_of_several_is_enough(first: date):
    night = attest(ANN, served(first, 60), served(first + timedelta(days=1), 60))
    given(WORLD, FIRST).when(night).then_refused(LooksTheSame, day="2026-03-02")


AT_TWO = clocked_in(ANN, NINE + timedelta(hours=5), visit="vis_twice")


def resting(on: str | None, record: str = RECORD) -> Service:
    return msgspec.structs.replace(service(ANN, record), visit=on)


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [(VISIT, "vis_twice", False), (VISIT, None, True), (None, "vis_twice", True)],
    ids=["two visits", "the second on none", "the first on none"],
)
def test_two_visits_are_two_services(first: str | None, second: str | None, refused: bool):
    counts = msgspec.structs.replace(
        attested(ANN, counted(SATURDAY, 60)), service=resting(first, "rec_first")
    )
    there = () if second is None else (AT_TWO, left_at(AT_TWO, after=60))
    told = given(WORLD, *there, counts).when(attesting(resting(second), SATURDAY))
    if refused:
        told.then_refused(LooksTheSame, record="rec_first")
    else:
        told.then(msgspec.structs.replace(attested(ANN, counted(SATURDAY, 60)), service=resting(second)))
