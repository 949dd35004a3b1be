"""A volunteer's community and standing, day by day."""

from datetime import date

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain.communities import UnknownCommunity
from ledger.domain.events import Event, ServiceAttested, VolunteerMoved
from ledger.domain.stays import EmptyTime
from ledger.domain.teams import UnknownTeam
from ledger.domain.volunteer_state import NotInGoodStanding, NotRegistered, TooEarly
from ledger.domain.volunteers import (
    AlreadyRegistered,
    AlreadyThere,
    MoveVolunteer,
    ReinstateVolunteer,
    StandingUnchanged,
    SuspendVolunteer,
    WithdrawVolunteer,
)
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
    given,
)
from tests.stories_service import attest, served
from tests.stories_world import (
    ANN,
    EVE,
    HERONS,
    MILL,
    ORCHARD,
    PLACES,
    RULES,
    VALE,
    WORLD,
    closed,
    disbanded,
    joined,
    merged,
    moved,
    place,
    register,
    registered,
    reinstated,
    suspended,
    withdrew,
)

NEVER = "com_never"


def suspend(who: str, on: date | None = None) -> SuspendVolunteer:
    return SuspendVolunteer(volunteer=who, reason="conduct", day=on)


def reinstate(who: str, on: date | None = None) -> ReinstateVolunteer:
    return ReinstateVolunteer(volunteer=who, day=on)


def withdraw(who: str, on: date | None = None) -> WithdrawVolunteer:
    return WithdrawVolunteer(volunteer=who, day=on)


def move(who: str, to: str, on: date | None = None) -> MoveVolunteer:
    return MoveVolunteer(volunteer=who, community=to, day=on)


# --- registering ----------------------------------------------------------------------------------------------------


def test_somebody_registers_in_a_community_today():
    given(PLACES).when(register(EVE)).then(registered(EVE, on=SUNDAY))


def test_somebody_was_registered_on_an_earlier_day():
    given(PLACES).when(register(EVE, ORCHARD, on=MONDAY)).then(registered(EVE, ORCHARD, on=MONDAY))


def test_somebody_registers_in_a_community_of_any_level():
    given(PLACES).when(register(EVE, VALE)).then(registered(EVE, VALE, on=SUNDAY))


def test_somebody_registers_once():
    given(PLACES, registered(EVE)).when(register(EVE, ORCHARD)).then_refused(AlreadyRegistered, volunteer=EVE)


def test_who_withdrew_does_not_register_again():
    given(PLACES, registered(EVE), withdrew(EVE, on=MONDAY)).when(register(EVE)).then_refused(
        AlreadyRegistered
    )


def test_nobody_registers_in_a_community_that_is_not_there():
    given(PLACES).when(register(EVE, NEVER)).then_refused(UnknownCommunity, community=NEVER)
    given(PLACES, closed(MILL)).when(register(EVE, MILL)).then_refused(UnknownCommunity)
    given(PLACES, merged(MILL, into=ORCHARD)).when(register(EVE, MILL)).then_refused(UnknownCommunity)


def test_somebody_registers_and_joins_a_team_at_once():
    given(PLACES).when(register(EVE, on=MONDAY, team=place(HERONS, until=SUNDAY))).then(
        registered(EVE, on=MONDAY), joined(EVE, HERONS, on=MONDAY, until=SUNDAY)
    )


def test_who_cannot_join_the_team_is_not_registered_either():
    given(PLACES).when(register(EVE, team=place("tea_none"))).then_refused(UnknownTeam)
    given(PLACES, disbanded(HERONS)).when(register(EVE, team=place(HERONS))).then_refused(UnknownTeam)
    given(PLACES).when(register(EVE, on=MONDAY, team=place(until=MONDAY))).then_refused(EmptyTime)


@pytest.mark.parametrize(
    "command",
    [move(EVE, ORCHARD), suspend(EVE), reinstate(EVE), withdraw(EVE)],
    ids=lambda command: type(command).__name__,
)
def test_nothing_happens_to_who_is_not_registered(command: MoveVolunteer):
    given(WORLD).when(command).then_refused(NotRegistered, volunteer=EVE)


@pytest.mark.parametrize(
    "command",
    [move(EVE, ORCHARD, MONDAY), suspend(EVE, MONDAY), reinstate(EVE, MONDAY), withdraw(EVE, MONDAY)],
    ids=lambda command: type(command).__name__,
)
def test_nothing_happens_to_somebody_before_they_registered(command: MoveVolunteer):
    given(WORLD, registered(EVE, on=TUESDAY)).when(command).then_refused(
        TooEarly, day="2026-03-02", registered="2026-03-03"
    )


# --- moving ---------------------------------------------------------------------------------------------------------


def test_a_volunteer_moves():
    given(WORLD).when(move(ANN, ORCHARD)).then(moved(ANN, to=ORCHARD))
    given(WORLD).when(move(ANN, ORCHARD, TOMORROW)).then(moved(ANN, to=ORCHARD, on=TOMORROW))


def test_a_volunteer_moves_on_the_day_of_registration():
    given(WORLD).when(move(ANN, ORCHARD, NEW_YEAR)).then(moved(ANN, to=ORCHARD, on=NEW_YEAR))


def test_nobody_moves_to_where_they_are():
    given(WORLD).when(move(ANN, MILL)).then_refused(AlreadyThere, community=MILL)
    given(WORLD, moved(ANN, to=ORCHARD, on=MONDAY)).when(move(ANN, ORCHARD)).then_refused(AlreadyThere)


def test_somebody_moves_back():
    given(WORLD, moved(ANN, to=ORCHARD, on=MONDAY)).when(move(ANN, MILL)).then(moved(ANN, to=MILL))


def test_nobody_moves_to_where_a_merger_brought_them():
    together = merged(MILL, into=ORCHARD, on=MONDAY)
    given(WORLD, together).when(move(ANN, ORCHARD)).then_refused(AlreadyThere, community=ORCHARD)


def test_before_a_merger_the_move_is_one():
    together = merged(MILL, into=ORCHARD, on=TUESDAY)
    given(WORLD, together).when(move(ANN, ORCHARD, MONDAY)).then(moved(ANN, to=ORCHARD, on=MONDAY))


def test_nobody_moves_to_a_community_that_is_not_there():
    given(WORLD).when(move(ANN, NEVER)).then_refused(UnknownCommunity)
    given(WORLD, closed(ORCHARD)).when(move(ANN, ORCHARD)).then_refused(UnknownCommunity)


def test_where_somebody_is_goes_by_the_day_and_not_by_when_it_was_recorded():
    late = moved(ANN, to=ORCHARD, on=FRIDAY), moved(ANN, to=VALE, on=TUESDAY)
    story = given(WORLD, *late)
    story.when(move(ANN, MILL, MONDAY)).then_refused(AlreadyThere)
    story.when(move(ANN, VALE, THURSDAY)).then_refused(AlreadyThere)
    story.when(move(ANN, ORCHARD, SUNDAY)).then_refused(AlreadyThere)


DAYS = [NEW_YEAR, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY]


@for_all(
    st.lists(
        st.builds(moved, st.just(ANN), to=st.sampled_from([MILL, ORCHARD, VALE]), on=st.sampled_from(DAYS))
    )
)
def test_of_all_moves_the_latest_day_counts_and_of_one_day_the_last_recorded(moves: list[VolunteerMoved]):
    for day in DAYS:
        past = [move for move in moves if move.on <= day]
        latest = max((move.on for move in past), default=None)
        home = next((move.community for move in reversed(past) if move.on == latest), MILL)
        record = given(WORLD, *moves).when(attest(ANN, served(day, 30))).then_recorded(ServiceAttested)
        assert record.days[0].community == home


# --- standing -------------------------------------------------------------------------------------------------------


def test_a_volunteer_is_suspended_reinstated_and_withdraws():
    given(WORLD).when(suspend(ANN)).then(suspended(ANN))
    given(WORLD, suspended(ANN, MONDAY)).when(reinstate(ANN)).then(reinstated(ANN))
    given(WORLD, suspended(ANN, MONDAY), reinstated(ANN, TUESDAY)).when(suspend(ANN)).then(suspended(ANN))
    given(WORLD).when(withdraw(ANN)).then(withdrew(ANN))
    given(WORLD, suspended(ANN, MONDAY)).when(withdraw(ANN)).then(withdrew(ANN))


def test_a_standing_is_changed_from_one_that_allows_it():
    for story, command in (
        (given(WORLD), reinstate(ANN)),
        (given(WORLD, suspended(ANN, MONDAY)), suspend(ANN)),
        (given(WORLD, withdrew(ANN, MONDAY)), suspend(ANN)),
        (given(WORLD, withdrew(ANN, MONDAY)), reinstate(ANN)),
        (given(WORLD, withdrew(ANN, MONDAY)), withdraw(ANN)),
    ):
        story.when(command).then_refused(StandingUnchanged, volunteer=ANN)


def test_a_standing_is_told_in_the_language_of_who_asked():
    refusal = given(WORLD, suspended(ANN, MONDAY)).when(suspend(ANN)).then_refused(StandingUnchanged)
    assert refusal.sentence("en") == "vol_ann is suspended; this changes nothing."
    assert refusal.sentence("zh") == "vol_ann 的状态为暂停服务，无需变更。"
    refusal = given(WORLD, withdrew(ANN, MONDAY)).when(attest(ANN, served(TUESDAY, 30)))
    told = refusal.then_refused(NotInGoodStanding)
    assert told.sentence("en") == "vol_ann was withdrawn on 2026-03-03."
    assert told.sentence("zh") == "vol_ann 在 2026-03-03 的状态为已退出，不能办理。"


def test_a_standing_goes_by_the_day():
    story = given(WORLD, suspended(ANN, TUESDAY), reinstated(ANN, FRIDAY))
    story.when(suspend(ANN, MONDAY)).then(suspended(ANN, MONDAY))
    story.when(suspend(ANN, THURSDAY)).then_refused(StandingUnchanged, standing="suspended")
    story.when(suspend(ANN, FRIDAY)).then(suspended(ANN, FRIDAY))


def test_a_suspension_may_be_over_on_the_day_it_began():
    given(WORLD, suspended(ANN, MONDAY)).when(reinstate(ANN, MONDAY)).then(reinstated(ANN, MONDAY))
    given(WORLD, suspended(ANN, MONDAY), reinstated(ANN, MONDAY)).when(suspend(ANN)).then(suspended(ANN))


def test_a_withdrawal_dated_before_a_suspension_is_not_undone_by_it():
    """It was: from the suspension's day on somebody who had withdrawn counted as suspended, and was reinstated."""
    story = given(WORLD, suspended(ANN, THURSDAY), withdrew(ANN, TUESDAY))
    story.when(reinstate(ANN, FRIDAY)).then_refused(StandingUnchanged, standing="withdrawn")
    story.when(attest(ANN, served(FRIDAY, 30))).then_refused(NotInGoodStanding, standing="withdrawn")


@pytest.mark.parametrize(
    ("fact", "first_day"),
    [(suspended(ANN, WEDNESDAY), WEDNESDAY), (withdrew(ANN, WEDNESDAY), WEDNESDAY)],
    ids=["suspended", "withdrawn"],
)
def test_who_is_not_in_good_standing_serves_no_more_from_that_day(fact: Event, first_day: date):
    story = given(WORLD, fact)
    assert story.when(attest(ANN, served(TUESDAY, 30))).events
    story.when(attest(ANN, served(first_day, 30))).then_refused(NotInGoodStanding, day="2026-03-04")
    story.when(attest(ANN, served(FRIDAY, 30))).then_refused(NotInGoodStanding)


def test_who_was_suspended_and_reinstated_serves_again():
    story = given(WORLD, suspended(ANN, TUESDAY), reinstated(ANN, THURSDAY))
    story.when(attest(ANN, served(WEDNESDAY, 30))).then_refused(NotInGoodStanding)
    assert story.when(attest(ANN, served(THURSDAY, 30))).events


def test_service_across_midnight_into_a_suspension_is_refused_whole():
    given(WORLD, suspended(ANN, WEDNESDAY)).when(
        attest(ANN, served(TUESDAY, 30), served(WEDNESDAY, 30))
    ).then_refused(NotInGoodStanding, day="2026-03-04")


def test_who_is_registered_from_tomorrow_is_known_today():
    given(PLACES, RULES, registered(EVE, on=TOMORROW)).when(register(EVE)).then_refused(AlreadyRegistered)
