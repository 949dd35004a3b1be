"""Which title a community or a team bears, and when."""

from datetime import date

import pytest
from hypothesis import given as for_all

from ledger.domain.commands import AlreadyRecorded, InvalidInput
from ledger.domain.communities import UnknownCommunity
from ledger.domain.designations import AlreadyDesignated
from ledger.domain.money import MOST_FEN
from ledger.domain.stays import DoesNotHold, EmptyTime
from ledger.domain.teams import UnknownTeam
from tests.scenario import FRIDAY, MONDAY, NEW_YEAR, SATURDAY, SUNDAY, THURSDAY, TUESDAY, WEDNESDAY, given
from tests.stays import Kind, Wish, wishes_for
from tests.stories_appointments import TITLE, designate, designated, designation_ended, end_designation
from tests.stories_world import HERONS, MILL, ORCHARD, SWIFTS, WORLD, closed, disbanded

OTHER = "des_other"


def test_a_community_bears_a_title():
    given(WORLD).when(designate(MILL)).then(designated(MILL, on=SUNDAY))


def test_a_team_bears_a_title_for_a_time():
    given(WORLD).when(designate(None, "Demonstration team", MONDAY, team=HERONS, until=FRIDAY)).then(
        designated(None, "Demonstration team", MONDAY, team=HERONS, until=FRIDAY)
    )


def test_one_community_or_one_team_bears_a_title():
    given(WORLD).when(designate(None)).then_refused(InvalidInput, field="team")
    given(WORLD).when(designate(MILL, team=HERONS)).then_refused(InvalidInput, field="team")


@pytest.mark.parametrize("until", [MONDAY, NEW_YEAR])
def test_a_designation_has_at_least_one_day(until: date):
    given(WORLD).when(designate(on=MONDAY, until=until)).then_refused(EmptyTime, until=until.isoformat())


def test_an_open_community_or_an_active_team_bears_a_title():
    given(WORLD).when(designate("com_none")).then_refused(UnknownCommunity)
    given(WORLD, closed(MILL)).when(designate(MILL)).then_refused(UnknownCommunity, community=MILL)
    given(WORLD).when(designate(None, team="tea_none")).then_refused(UnknownTeam)
    given(WORLD, disbanded(HERONS)).when(designate(None, team=HERONS)).then_refused(UnknownTeam, team=HERONS)


@pytest.mark.parametrize("fen", [0, 1, 20_000_000, MOST_FEN])
def test_funding_is_in_whole_fen(fen: int):
    given(WORLD).when(designate(funding_fen=fen)).then(designated(on=SUNDAY, funding_fen=fen))


@pytest.mark.parametrize("fen", [-1, MOST_FEN + 1])
def test_funding_is_bounded(fen: int):
    given(WORLD).when(designate(funding_fen=fen)).then_malformed("funding_fen")


def test_the_id_of_a_designation_is_used_once():
    given(WORLD, designated(ORCHARD)).when(designate(MILL)).then_refused(AlreadyRecorded, id=TITLE)
    given(WORLD, designated(), designation_ended()).when(designate()).then_refused(AlreadyRecorded, id=TITLE)


def test_a_title_is_borne_once_at_a_time():
    given(WORLD, designated()).when(designate(title=OTHER)).then_refused(
        AlreadyDesignated, bearer=MILL, name="Pilot community"
    )
    team = designated(None, "Pilot", team=HERONS)
    given(WORLD, team).when(designate(None, "Pilot", team=HERONS, title=OTHER)).then_refused(
        AlreadyDesignated, bearer=HERONS
    )


def test_a_title_is_borne_once_at_a_time_however_it_is_spelt():
    given(WORLD, designated()).when(designate(name="PILOT  community", title=OTHER)).then_refused(
        AlreadyDesignated
    )


def test_a_title_ends_before_it_is_granted_again():
    ended = given(WORLD, designated(), designation_ended(on=FRIDAY))
    ended.when(designate(on=THURSDAY, title=OTHER)).then_refused(AlreadyDesignated)
    ended.when(designate(on=FRIDAY, title=OTHER)).then(designated(on=FRIDAY, title=OTHER))


def test_other_titles_are_borne_at_the_same_time():
    given(WORLD, designated()).when(designate(name="Model community", title=OTHER)).then(
        designated(name="Model community", on=SUNDAY, title=OTHER)
    )


def test_a_designation_ends():
    given(designated()).when(end_designation()).then(designation_ended())
    team = designated(None, on=MONDAY, team=SWIFTS, until=SATURDAY)
    given(team).when(end_designation(MONDAY)).then(designation_ended(None, on=MONDAY, team=SWIFTS))


def test_a_designation_ends_whatever_became_of_its_bearer():
    assert [line.about for line in end_designation().boundary()] == [f"designation:{TITLE}"]


def test_a_designation_that_does_not_hold_is_not_ended():
    given().when(end_designation()).then_refused(DoesNotHold, id=TITLE, day=SUNDAY.isoformat())
    given(designated(on=TUESDAY)).when(end_designation(MONDAY)).then_refused(DoesNotHold)
    given(designated(on=MONDAY, until=FRIDAY)).when(end_designation(FRIDAY)).then_refused(DoesNotHold)


def test_a_designation_ends_once_but_may_turn_out_to_have_ended_earlier():
    ended = given(designated(), designation_ended(on=WEDNESDAY))
    ended.when(end_designation(WEDNESDAY)).then_refused(DoesNotHold)
    ended.when(end_designation(FRIDAY)).then_refused(DoesNotHold)
    ended.when(end_designation(TUESDAY)).then(designation_ended(on=TUESDAY))


# --- any order ------------------------------------------------------------------------------------------------------

TITLES = Kind(
    begin=lambda wish, title: designate(MILL, wish.what, wish.since, until=wish.until, title=title),
    end=lambda title, day: end_designation(day, title=title),
    identifier="designation",
    what="name",
)


@for_all(wishes_for("Pilot", "Model"))
def test_however_designations_are_recorded_no_title_is_borne_twice_on_a_day(wishes: list[Wish]):
    TITLES.play(wishes)
