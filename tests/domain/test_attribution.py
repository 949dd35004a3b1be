"""Minutes count for the volunteer's community and team on the day of service, under the policy of that day."""

from datetime import date

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain.events import CountedDay, CountedService
from ledger.domain.policy import Policy
from tests.scenario import (
    FRIDAY,
    MONDAY,
    NEW_YEAR,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Told,
    given,
)
from tests.stories_service import approve, attest, counted, reported, served
from tests.stories_world import (
    ANN,
    EVE,
    HERONS,
    HILLS,
    MILL,
    ORCHARD,
    PEOPLE,
    PLACES,
    RULES,
    SWIFTS,
    VALE,
    WORLD,
    adopted,
    established,
    joined,
    left,
    merged,
    moved,
    policy,
    registered,
    reparented,
)

BROOK = "com_brook"
OTHER = "asg_other"


def days_of(told: Told) -> tuple[CountedDay, ...]:
    (event,) = told.events
    assert isinstance(event, CountedService)
    return event.days


def homes_of(told: Told) -> list[str]:
    return [day.community for day in days_of(told)]


def teams_of(told: Told) -> list[str | None]:
    return [day.team for day in days_of(told)]


# --- community ------------------------------------------------------------------------------------------------------


def test_minutes_count_for_the_community_of_the_day():
    story = given(WORLD, moved(ANN, to=ORCHARD, on=WEDNESDAY))
    assert homes_of(story.when(attest(ANN, served(TUESDAY, 60)))) == [MILL]
    assert homes_of(story.when(attest(ANN, served(WEDNESDAY, 60)))) == [ORCHARD]


def test_a_night_across_which_somebody_moves_counts_for_both():
    night = served(TUESDAY, 60), served(WEDNESDAY, 60)
    story = given(WORLD, moved(ANN, to=ORCHARD, on=WEDNESDAY))
    assert homes_of(story.when(attest(ANN, *night))) == [MILL, ORCHARD]


def test_an_approval_after_a_move_counts_for_the_community_of_the_day():
    story = given(WORLD, reported(ANN, served(MONDAY, 60)), moved(ANN, to=ORCHARD, on=WEDNESDAY))
    assert homes_of(story.when(approve(), today=SATURDAY)) == [MILL]


def test_a_move_recorded_late_counts_from_its_day():
    late = moved(ANN, to=ORCHARD, on=FRIDAY), moved(ANN, to=VALE, on=TUESDAY)
    story = given(WORLD, *late)
    for day, home in (
        (MONDAY, MILL),
        (TUESDAY, VALE),
        (THURSDAY, VALE),
        (FRIDAY, ORCHARD),
        (SUNDAY, ORCHARD),
    ):
        assert homes_of(story.when(attest(ANN, served(day, 60)))) == [home]


def test_of_two_moves_on_one_day_the_later_recorded_counts():
    story = given(WORLD, moved(ANN, to=ORCHARD, on=TUESDAY), moved(ANN, to=VALE, on=TUESDAY))
    assert homes_of(story.when(attest(ANN, served(TUESDAY, 60)))) == [VALE]


def test_who_lived_in_a_merged_community_counts_for_the_other_from_that_day():
    story = given(WORLD, merged(MILL, into=ORCHARD, on=WEDNESDAY))
    assert homes_of(story.when(attest(ANN, served(TUESDAY, 60)))) == [MILL]
    assert homes_of(story.when(attest(ANN, served(WEDNESDAY, 60)))) == [ORCHARD]


def test_mergers_follow_one_another():
    story = given(
        WORLD,
        established(BROOK, "Brook"),
        merged(MILL, into=ORCHARD, on=TUESDAY),
        merged(ORCHARD, into=BROOK, on=FRIDAY),
    )
    for day, home in ((MONDAY, MILL), (TUESDAY, ORCHARD), (THURSDAY, ORCHARD), (FRIDAY, BROOK)):
        assert homes_of(story.when(attest(ANN, served(day, 60)))) == [home]


def test_a_merger_dated_before_the_one_that_led_there_counts_at_once():
    story = given(
        WORLD,
        established(BROOK, "Brook"),
        merged(MILL, into=ORCHARD, on=FRIDAY),
        merged(ORCHARD, into=BROOK, on=TUESDAY),
    )
    for day, home in ((MONDAY, MILL), (THURSDAY, MILL), (FRIDAY, BROOK)):
        assert homes_of(story.when(attest(ANN, served(day, 60)))) == [home]


def test_who_moved_away_is_not_in_the_merger():
    story = given(WORLD, moved(ANN, to=ORCHARD, on=MONDAY), merged(MILL, into=VALE, on=TUESDAY))
    assert homes_of(story.when(attest(ANN, served(FRIDAY, 60)))) == [ORCHARD]


def test_a_community_that_goes_elsewhere_keeps_its_people():
    story = given(WORLD, reparented(MILL, under=HILLS, on=MONDAY))
    assert homes_of(story.when(attest(ANN, served(FRIDAY, 60)))) == [MILL]


# --- before the day of registration ---------------------------------------------------------------------------------


def test_service_before_registration_counts_as_on_that_day():
    story = given(
        PLACES,
        RULES,
        registered(EVE, ORCHARD, on=WEDNESDAY),
        joined(EVE, HERONS, on=WEDNESDAY),
        moved(EVE, to=VALE, on=FRIDAY),
        left(EVE, on=FRIDAY),
    )
    for day in (NEW_YEAR, TUESDAY, WEDNESDAY, THURSDAY):
        told = story.when(attest(EVE, served(day, 60)))
        assert (homes_of(told), teams_of(told)) == ([ORCHARD], [HERONS])
        assert [one.day for one in days_of(told)] == [day]


def test_a_merger_by_the_day_of_registration_holds_for_service_before_it_too():
    """It did not: the merger was looked up by the day of service, the community by the day of registration."""
    story = given(
        PLACES,
        RULES,
        registered(EVE, ORCHARD, on=WEDNESDAY),
        merged(ORCHARD, into=MILL, on=TUESDAY),
    )
    assert homes_of(story.when(attest(EVE, served(MONDAY, 60)))) == [MILL]


# --- team -----------------------------------------------------------------------------------------------------------


def test_minutes_count_for_the_team_of_the_day():
    story = given(
        WORLD,
        joined(ANN, HERONS, on=TUESDAY, until=THURSDAY),
        joined(ANN, SWIFTS, on=FRIDAY, stay=OTHER),
        left(ANN, SWIFTS, on=SUNDAY, stay=OTHER),
    )
    for day, team in (
        (MONDAY, None),
        (TUESDAY, HERONS),
        (WEDNESDAY, HERONS),
        (THURSDAY, None),
        (FRIDAY, SWIFTS),
        (SATURDAY, SWIFTS),
        (SUNDAY, None),
    ):
        assert teams_of(story.when(attest(ANN, served(day, 60)))) == [team]


def test_a_night_across_which_somebody_changes_teams_counts_for_both():
    night = served(TUESDAY, 60), served(WEDNESDAY, 60)
    story = given(WORLD, joined(ANN, HERONS, until=WEDNESDAY), joined(ANN, SWIFTS, on=WEDNESDAY, stay=OTHER))
    assert teams_of(story.when(attest(ANN, *night))) == [HERONS, SWIFTS]


def test_an_approval_after_leaving_counts_for_the_team_of_the_day():
    story = given(WORLD, joined(ANN, HERONS), reported(ANN, served(MONDAY, 60)), left(ANN, on=WEDNESDAY))
    assert teams_of(story.when(approve(), today=SATURDAY)) == [HERONS]


# --- policy ---------------------------------------------------------------------------------------------------------

DOUBLE = policy("double", credits_an_hour=120)
HALF = policy("half", 3, credits_an_hour=30)


def test_credits_are_those_of_the_policy_in_force_on_the_day():
    story = given(WORLD, adopted(DOUBLE, WEDNESDAY))
    assert days_of(story.when(attest(ANN, served(TUESDAY, 60)))) == (counted(TUESDAY, 60),)
    assert days_of(story.when(attest(ANN, served(WEDNESDAY, 60)))) == (
        counted(WEDNESDAY, 60, earning=120, under=DOUBLE),
    )


def test_a_night_across_which_the_policy_changes_earns_by_both():
    night = served(TUESDAY, 60), served(WEDNESDAY, 60)
    assert days_of(given(WORLD, adopted(DOUBLE, WEDNESDAY)).when(attest(ANN, *night))) == (
        counted(TUESDAY, 60),
        counted(WEDNESDAY, 60, earning=120, under=DOUBLE),
    )


def test_an_approval_earns_by_the_policy_of_the_day_of_service():
    story = given(WORLD, reported(ANN, served(TUESDAY, 60)), adopted(DOUBLE, WEDNESDAY))
    assert days_of(story.when(approve(), today=SUNDAY)) == (counted(TUESDAY, 60),)


def test_service_before_registration_earns_by_the_policy_of_its_own_day():
    story = given(PLACES, RULES, adopted(DOUBLE, TUESDAY), registered(EVE, on=WEDNESDAY))
    assert [day.credits for day in days_of(story.when(attest(EVE, served(MONDAY, 60))))] == [60]


def test_a_policy_recorded_late_counts_from_its_day():
    story = given(WORLD, adopted(HALF, FRIDAY), adopted(DOUBLE, TUESDAY))
    for day, credits in ((MONDAY, 60), (TUESDAY, 120), (THURSDAY, 120), (FRIDAY, 30)):
        assert [one.credits for one in days_of(story.when(attest(ANN, served(day, 60))))] == [credits]


def test_of_two_policies_for_one_day_the_later_adopted_is_in_force():
    story = given(PLACES, PEOPLE, adopted(HALF, MONDAY), adopted(DOUBLE, MONDAY))
    assert [day.policy for day in days_of(story.when(attest(ANN, served(MONDAY, 60))))] == ["double"]


@pytest.mark.parametrize(("minutes", "credits"), [(1, 0), (2, 1), (59, 29), (60, 30), (61, 30)])
def test_credits_are_rounded_down_day_by_day(minutes: int, credits: int):
    story = given(PLACES, PEOPLE, adopted(HALF))
    night = served(MONDAY, minutes), served(TUESDAY, minutes)
    assert [day.credits for day in days_of(story.when(attest(ANN, *night)))] == [credits, credits]


def test_a_policy_may_grant_no_credits():
    none = policy("none", credits_an_hour=0)
    told = given(PLACES, PEOPLE, adopted(none)).when(attest(ANN, served(MONDAY, 60)))
    assert days_of(told) == (counted(MONDAY, 60, earning=0, under=none),)


# --- any order ------------------------------------------------------------------------------------------------------

effective_days = st.sampled_from([date.min, NEW_YEAR, MONDAY, WEDNESDAY, FRIDAY, SUNDAY])
policies = st.sampled_from([DOUBLE, HALF, policy("same", 2)])


@for_all(st.lists(st.tuples(policies, effective_days), min_size=1))
def test_the_policy_of_a_day_is_the_last_adopted_of_the_latest_date_up_to_it(
    adoptions: list[tuple[Policy, date]],
):
    facts = [adopted(what, effective) for what, effective in [(DOUBLE, date.min), *adoptions]]
    for day in (MONDAY, TUESDAY, WEDNESDAY, SUNDAY):
        past = [fact for fact in facts if fact.effective <= day]
        latest = max(fact.effective for fact in past)
        expected = next(fact.policy for fact in reversed(past) if fact.effective == latest)
        (counts,) = days_of(given(PLACES, PEOPLE, *facts).when(attest(ANN, served(day, 61))))
        assert (counts.policy, counts.policy_version) == (expected.name, expected.version)
        assert counts.credits == 61 * expected.rate.credits // expected.rate.served
