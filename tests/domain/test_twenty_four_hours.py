"""Nobody serves more than 24 hours a day."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain.events import CountedService, ServiceReversed
from ledger.domain.records import DayFull
from tests.scenario import MONDAY, TOMORROW, TUESDAY, WEDNESDAY, Told, given, noon
from tests.stories_service import (
    approve,
    approved,
    attest,
    attested,
    counted,
    like,
    reported,
    reverse,
    reversed_,
    served,
)
from tests.stories_world import ANN, BOB, WORLD

FULL = 1_440


def test_a_day_holds_24_hours():
    given(WORLD).when(attest(ANN, served(MONDAY, FULL))).then(attested(ANN, counted(MONDAY, FULL)))


def test_a_day_holds_no_minute_more():
    most = attested(ANN, counted(MONDAY, 1_400), record="rec_most")
    given(WORLD, most).when(attest(ANN, served(MONDAY, 40))).then(
        like("rec_most", attested(ANN, counted(MONDAY, 40)))
    )
    given(WORLD, most).when(attest(ANN, served(MONDAY, 41))).then_refused(
        DayFull, day="2026-03-02", wanted=1_441
    )


def test_a_full_day_is_told_as_people_say_it():
    most = attested(ANN, counted(MONDAY, FULL), record="rec_most")
    refusal = given(WORLD, most).when(attest(ANN, served(MONDAY, 90))).then_refused(DayFull)
    assert "2026-03-02 would hold 25 h 30 min" in refusal.sentence("en")
    assert "2026-03-02 的服务时长将达 25小时30分" in refusal.sentence("zh")


def test_what_was_approved_fills_the_day_too():
    most = approved(ANN, counted(MONDAY, FULL), record="rec_most")
    given(WORLD, most).when(attest(ANN, served(MONDAY, 1))).then_refused(DayFull)
    given(WORLD, most, reported(ANN, served(MONDAY, 1))).when(approve()).then_refused(DayFull)


def test_what_was_only_reported_does_not_fill_the_day():
    command = approve("rec_second")
    second = reported(ANN, served(MONDAY, FULL), record="rec_second")
    given(WORLD, second).when(command).then(approved(ANN, counted(MONDAY, FULL), record="rec_second"))


def test_a_record_that_found_its_day_full_may_be_approved_later():
    most = attested(ANN, counted(MONDAY, FULL), record="rec_most")
    waiting = given(WORLD, most, reported(ANN, served(MONDAY, 60)), reversed_(most))
    waiting.when(approve()).then(approved(ANN, counted(MONDAY, 60)))


def test_what_was_taken_back_leaves_room_for_as_much():
    most = attested(ANN, counted(MONDAY, 1_000), record="rec_most")
    some = attested(ANN, counted(MONDAY, 440), record="rec_some")
    story = given(WORLD, most, some, reversed_(some))
    story.when(attest(ANN, served(MONDAY, 440))).then(like("rec_most", attested(ANN, counted(MONDAY, 440))))
    story.when(attest(ANN, served(MONDAY, 441))).then_refused(DayFull)


def test_service_across_midnight_fills_each_day_with_its_own_minutes():
    night = attested(ANN, counted(MONDAY, 120), counted(TUESDAY, 300), record="rec_night")
    story = given(WORLD, night)
    as_much = like("rec_night", attested(ANN, counted(TUESDAY, 1_140)))
    story.when(attest(ANN, served(TUESDAY, 1_140))).then(as_much)
    story.when(attest(ANN, served(TUESDAY, 1_141))).then_refused(DayFull, day="2026-03-03")
    as_much = like("rec_night", attested(ANN, counted(MONDAY, 1_320)))
    given(WORLD, night).when(attest(ANN, served(MONDAY, 1_320))).then(as_much)
    given(WORLD, night).when(attest(ANN, served(MONDAY, 1_321))).then_refused(DayFull, day="2026-03-02")


def test_service_across_midnight_is_refused_whole_when_one_of_its_days_is_full():
    most = attested(ANN, counted(TUESDAY, FULL), record="rec_most")
    given(WORLD, most).when(attest(ANN, served(MONDAY, 60), served(TUESDAY, 1))).then_refused(
        DayFull, day="2026-03-03"
    )
    given(WORLD, most, reported(ANN, served(MONDAY, 60), served(TUESDAY, 1))).when(approve()).then_refused(
        DayFull, day="2026-03-03"
    )


def test_taking_back_a_night_makes_room_on_both_days():
    night = attested(ANN, counted(MONDAY, FULL), counted(TUESDAY, FULL), record="rec_night")
    given(WORLD, night, reversed_(night)).when(attest(ANN, served(MONDAY, FULL), served(TUESDAY, FULL))).then(
        attested(ANN, counted(MONDAY, FULL), counted(TUESDAY, FULL))
    )


def test_everybody_has_24_hours_of_their_own():
    with pytest.raises(AssertionError, match="does not depend on"):
        given(WORLD, attested(BOB, counted(MONDAY, FULL), record="rec_bob")).when(
            attest(ANN, served(MONDAY, 60))
        )


def test_a_day_is_a_day_of_the_ledgers_zone():
    sixteen_utc = datetime(2026, 3, 8, 16, 0, tzinfo=UTC)
    told = given(WORLD).when(attest(ANN, served(TOMORROW, 60)), now=sixteen_utc)
    told.then(attested(ANN, counted(TOMORROW, 60)))


@pytest.mark.parametrize(
    ("day", "hours"), [(date(1986, 5, 4), 23), (date(1991, 9, 15), 25)], ids=["23 hours", "25 hours"]
)
def test_a_day_on_which_clocks_change_holds_24_too(day: date, hours: int):
    assert noon(day + timedelta(days=1)) - noon(day - timedelta(days=1)) == timedelta(hours=24 + hours)
    given(WORLD).when(attest(ANN, served(day, FULL))).then(attested(ANN, counted(day, FULL)))
    most = attested(ANN, counted(day, FULL), record="rec_most")
    given(WORLD, most).when(attest(ANN, served(day, 1))).then_refused(DayFull)


nights = st.sampled_from([(MONDAY,), (TUESDAY,), (MONDAY, TUESDAY), (TUESDAY, WEDNESDAY)])
minutes = st.integers(1, FULL)


@for_all(st.lists(st.tuples(nights, minutes, minutes, st.none() | st.integers(0, 9)), max_size=10))
def test_whatever_is_recorded_and_taken_back_no_day_holds_more(
    wanted: list[tuple[tuple[date, ...], int, int, int | None]],
):
    facts: list[CountedService] = []
    for number, (night, before, after, back) in enumerate(wanted):
        days = [served(day, some) for day, some in zip(night, (before, after), strict=False)]
        touching = [fact for fact in facts if {day.day for day in fact.days} & set(night)]
        # As another service, whatever it looks like.
        command = msgspec.structs.replace(attest(ANN, *days, record=f"rec_no{number}"), again=True)
        told = given(WORLD, *touching).when(command)
        assert bool(told.events) == all(held(facts, day.day) + day.minutes <= FULL for day in days)
        facts += counting(told)
        if back is not None and back < number:
            its_own = [fact for fact in facts if fact.service.record == f"rec_no{back}"]
            facts += counting(given(*its_own).when(reverse(f"rec_no{back}")))
        assert all(held(facts, day) <= FULL for day in (MONDAY, TUESDAY, WEDNESDAY))


def counting(told: Told) -> list[CountedService]:
    return [event for event in told.events if isinstance(event, CountedService)]


def held(facts: list[CountedService], day: date) -> int:
    """The minutes of a day that count: attested, and not taken back."""
    back = {fact.service.record for fact in facts if isinstance(fact, ServiceReversed)}
    return sum(
        one.minutes
        for fact in facts
        if fact.service.record not in back
        for one in fact.days
        if one.day == day
    )
