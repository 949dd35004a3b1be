"""Which team a volunteer belongs to: one at a time."""

from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain.commands import AlreadyRecorded
from ledger.domain.events import Event, ServiceAttested, TeamAssigned, TeamAssignmentEnded
from ledger.domain.stays import EmptyTime
from ledger.domain.teams import UnknownTeam
from ledger.domain.volunteer_state import AlreadyInATeam, InNoTeam, NotInGoodStanding, NotRegistered, TooEarly
from ledger.domain.volunteers import EndAssignment, NotInThatTeam
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
    Told,
    given,
)
from tests.stories_service import attest, served
from tests.stories_world import (
    ANN,
    EVE,
    GUARD,
    HERONS,
    NEXT_STAY,
    STAY,
    SWIFTS,
    WORLD,
    assign,
    change_team,
    disbanded,
    joined,
    left,
    registered,
    reinstated,
    suspended,
    withdrew,
)

OTHER = "asg_other"


def end(who: str, on: date | None = None, *, stay: str = STAY) -> EndAssignment:
    return EndAssignment(volunteer=who, assignment=stay, day=on)


def team_of(told: Told) -> str | None:
    return told.then_recorded(ServiceAttested).days[0].team


# --- joining --------------------------------------------------------------------------------------------------------


def test_a_volunteer_joins_a_team():
    given(WORLD).when(assign(ANN, HERONS)).then(joined(ANN, HERONS, on=SUNDAY))


def test_a_volunteer_joins_from_one_day_until_another():
    given(WORLD).when(assign(ANN, HERONS, on=MONDAY, until=FRIDAY)).then(
        joined(ANN, HERONS, on=MONDAY, until=FRIDAY)
    )


@pytest.mark.parametrize("until", [MONDAY, NEW_YEAR])
def test_a_stay_has_at_least_one_day(until: date):
    given(WORLD).when(assign(ANN, on=MONDAY, until=until)).then_refused(EmptyTime, until=until.isoformat())


def test_nobody_joins_a_team_that_is_not_active():
    given(WORLD).when(assign(ANN, "tea_none")).then_refused(UnknownTeam)
    given(WORLD, disbanded(HERONS)).when(assign(ANN, HERONS)).then_refused(UnknownTeam, team=HERONS)


def test_only_a_volunteer_joins_a_team_and_not_before_registering():
    given(WORLD).when(assign(EVE)).then_refused(NotRegistered)
    given(WORLD, registered(EVE, on=TUESDAY)).when(assign(EVE, on=MONDAY)).then_refused(TooEarly)


def test_only_a_volunteer_in_good_standing_joins_a_team():
    given(WORLD, suspended(ANN, MONDAY)).when(assign(ANN)).then_refused(NotInGoodStanding)
    given(WORLD, withdrew(ANN, MONDAY)).when(assign(ANN)).then_refused(NotInGoodStanding)
    given(WORLD, suspended(ANN, MONDAY), reinstated(ANN, FRIDAY)).when(assign(ANN)).then(
        joined(ANN, on=SUNDAY)
    )
    given(WORLD, withdrew(ANN, TUESDAY)).when(assign(ANN, on=MONDAY)).then(joined(ANN, on=MONDAY))


def test_the_id_of_a_stay_is_used_once():
    given(WORLD, joined(ANN), left(ANN, on=MONDAY)).when(assign(ANN, SWIFTS)).then_refused(
        AlreadyRecorded, id=STAY
    )


# --- one at a time --------------------------------------------------------------------------------------------------


def test_nobody_belongs_to_two_teams_at_a_time():
    given(WORLD, joined(ANN, HERONS)).when(assign(ANN, SWIFTS, stay=OTHER)).then_refused(
        AlreadyInATeam, team=HERONS
    )


def test_nobody_belongs_to_one_team_twice_at_a_time():
    given(WORLD, joined(ANN, HERONS)).when(assign(ANN, HERONS, stay=OTHER)).then_refused(AlreadyInATeam)


def test_a_stay_ends_before_the_next_begins():
    given(WORLD, joined(ANN), left(ANN, on=FRIDAY)).when(
        assign(ANN, SWIFTS, on=THURSDAY, stay=OTHER)
    ).then_refused(AlreadyInATeam)
    given(WORLD, joined(ANN), left(ANN, on=FRIDAY)).when(assign(ANN, SWIFTS, on=FRIDAY, stay=OTHER)).then(
        joined(ANN, SWIFTS, on=FRIDAY, stay=OTHER)
    )


def test_a_stay_recorded_later_fits_before_one_recorded_earlier():
    late = joined(ANN, HERONS, on=THURSDAY)
    given(WORLD, late).when(assign(ANN, SWIFTS, on=MONDAY, until=THURSDAY, stay=OTHER)).then(
        joined(ANN, SWIFTS, on=MONDAY, until=THURSDAY, stay=OTHER)
    )
    given(WORLD, late).when(assign(ANN, SWIFTS, on=MONDAY, until=FRIDAY, stay=OTHER)).then_refused(
        AlreadyInATeam
    )
    given(WORLD, late).when(assign(ANN, SWIFTS, on=MONDAY, stay=OTHER)).then_refused(AlreadyInATeam)


def test_a_stay_that_ended_on_its_first_day_stands_in_nobodys_way():
    """It did: a stay without a day, such as one recorded in error, kept the days around it from another team."""
    given(WORLD, joined(ANN, HERONS, on=WEDNESDAY), left(ANN, on=WEDNESDAY)).when(
        assign(ANN, SWIFTS, on=MONDAY, until=FRIDAY, stay=OTHER)
    ).then(joined(ANN, SWIFTS, on=MONDAY, until=FRIDAY, stay=OTHER))


# --- leaving --------------------------------------------------------------------------------------------------------


def test_a_volunteer_leaves_a_team():
    given(WORLD, joined(ANN)).when(end(ANN)).then(left(ANN))
    given(WORLD, joined(ANN, on=MONDAY)).when(end(ANN, MONDAY)).then(left(ANN, on=MONDAY))


def test_who_may_not_serve_may_leave():
    given(WORLD, joined(ANN), withdrew(ANN, MONDAY)).when(end(ANN, TUESDAY)).then(left(ANN, on=TUESDAY))


def test_nobody_leaves_a_team_that_they_are_not_in():
    given(WORLD).when(end(ANN)).then_refused(NotInThatTeam, assignment=STAY)
    given(WORLD, joined(ANN, on=TUESDAY)).when(end(ANN, MONDAY)).then_refused(NotInThatTeam)
    given(WORLD, joined(ANN, on=MONDAY, until=FRIDAY)).when(end(ANN, FRIDAY)).then_refused(NotInThatTeam)


def test_nobody_leaves_by_somebody_elses_stay():
    given(WORLD, joined(ANN, stay=OTHER)).when(end(ANN, stay=STAY)).then_refused(NotInThatTeam)


def test_an_end_recorded_twice_is_refused_the_second_time():
    ended = given(WORLD, joined(ANN), left(ANN, on=WEDNESDAY))
    ended.when(end(ANN, WEDNESDAY)).then_refused(NotInThatTeam)
    ended.when(end(ANN, FRIDAY)).then_refused(NotInThatTeam)


def test_an_end_may_turn_out_to_have_been_earlier():
    given(WORLD, joined(ANN), left(ANN, on=WEDNESDAY)).when(end(ANN, TUESDAY)).then(left(ANN, on=TUESDAY))
    earlier = joined(ANN), left(ANN, on=WEDNESDAY), left(ANN, on=TUESDAY)
    assert team_of(given(WORLD, *earlier).when(attest(ANN, served(MONDAY, 30)))) == HERONS
    assert team_of(given(WORLD, *earlier).when(attest(ANN, served(TUESDAY, 30)))) is None


# --- changing -------------------------------------------------------------------------------------------------------


def next_stay(on: date = SUNDAY, until: date | None = None) -> TeamAssigned:
    return joined(ANN, SWIFTS, on=on, until=until, stay=NEXT_STAY)


def test_a_volunteer_changes_teams_in_one_step():
    given(WORLD, joined(ANN)).when(change_team(ANN)).then(left(ANN), next_stay())
    given(WORLD, joined(ANN)).when(change_team(ANN, on=TUESDAY, until=FRIDAY)).then(
        left(ANN, on=TUESDAY), next_stay(TUESDAY, FRIDAY)
    )


def test_service_counts_for_the_new_team_from_the_day_of_the_change():
    changed = given(WORLD, joined(ANN), left(ANN, on=WEDNESDAY), next_stay(WEDNESDAY))
    assert team_of(changed.when(attest(ANN, served(TUESDAY, 30)))) == HERONS
    assert team_of(changed.when(attest(ANN, served(WEDNESDAY, 30)))) == SWIFTS


def test_who_is_in_no_team_on_the_day_changes_none():
    given(WORLD).when(change_team(ANN)).then_refused(InNoTeam, volunteer=ANN, day=SUNDAY.isoformat())
    given(WORLD, joined(ANN), left(ANN, on=FRIDAY)).when(change_team(ANN, on=FRIDAY)).then_refused(InNoTeam)
    given(WORLD, joined(ANN, on=TUESDAY)).when(change_team(ANN, on=MONDAY)).then_refused(InNoTeam)


def test_nobody_changes_to_the_team_they_are_in():
    given(WORLD, joined(ANN, HERONS)).when(change_team(ANN, HERONS)).then_refused(AlreadyInATeam, team=HERONS)


def test_a_change_meets_no_later_stay():
    later = joined(ANN, HERONS, on=MONDAY, until=THURSDAY), joined(ANN, GUARD, on=FRIDAY, stay=OTHER)
    given(WORLD, *later).when(change_team(ANN, on=TUESDAY)).then_refused(AlreadyInATeam, team=GUARD)
    given(WORLD, *later).when(change_team(ANN, on=TUESDAY, until=FRIDAY)).then(
        left(ANN, on=TUESDAY), next_stay(TUESDAY, FRIDAY)
    )


def test_a_team_is_changed_as_one_is_joined():
    """The same conditions hold as for joining."""
    given(WORLD).when(change_team(EVE)).then_refused(NotRegistered)
    given(WORLD, joined(ANN)).when(change_team(ANN, on=NEW_YEAR - timedelta(days=1))).then_refused(TooEarly)
    given(WORLD, joined(ANN), suspended(ANN, MONDAY)).when(change_team(ANN)).then_refused(NotInGoodStanding)
    given(WORLD, joined(ANN)).when(change_team(ANN, "tea_none")).then_refused(UnknownTeam)
    given(WORLD, joined(ANN), disbanded(SWIFTS)).when(change_team(ANN)).then_refused(UnknownTeam, team=SWIFTS)
    given(WORLD, joined(ANN)).when(change_team(ANN, stay=STAY)).then_refused(AlreadyRecorded, id=STAY)
    given(WORLD, joined(ANN)).when(change_team(ANN, on=MONDAY, until=MONDAY)).then_refused(EmptyTime)


# --- any order ------------------------------------------------------------------------------------------------------

WEEK = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY, TOMORROW]
stays = st.tuples(
    st.sampled_from([HERONS, SWIFTS]), st.sampled_from(WEEK), st.none() | st.integers(1, 5), st.booleans()
)


@for_all(st.lists(stays, max_size=8))
def test_however_stays_are_recorded_nobody_is_in_two_teams_on_a_day(
    wanted: list[tuple[str, date, int | None, bool]],
):
    facts: list[Event] = []
    for number, (team, day, length, ending) in enumerate(wanted):
        until = None if length is None else day + timedelta(days=length)
        stay = f"asg_stay{number}"
        facts += given(WORLD, *facts).when(assign(ANN, team, day, until=until, stay=stay)).events
        if ending and number:
            facts += given(WORLD, *facts).when(end(ANN, day, stay=f"asg_stay{number - 1}")).events
    for day in WEEK:
        teams = teams_on(day, facts)
        assert len(teams) <= 1
        told = given(WORLD, *facts).when(attest(ANN, served(day, 30)), today=TOMORROW)
        assert team_of(told) == (teams[0] if teams else None)


def teams_on(day: date, facts: list[Event]) -> list[str]:
    """The teams of which an assignment holds on a day: begun, not run out, and not ended."""
    ends = [fact for fact in facts if isinstance(fact, TeamAssignmentEnded) and fact.on <= day]
    ended = {fact.assignment for fact in ends}
    return [
        fact.team
        for fact in facts
        if isinstance(fact, TeamAssigned)
        and fact.on <= day
        and (fact.until is None or day < fact.until)
        and fact.assignment not in ended
    ]
