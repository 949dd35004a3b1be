"""The tree of teams."""

import pytest

from ledger.domain.commands import AlreadyRecorded
from ledger.domain.communities import UnknownCommunity
from ledger.domain.events import Event
from ledger.domain.teams import DisbandTeam, FormTeam, RenameTeam, ReparentTeam, TeamInUse, UnknownTeam
from ledger.domain.trees import NameTaken, OwnAncestor
from tests.scenario import MONDAY, SUNDAY, TOMORROW, given
from tests.stories_world import (
    GUARD,
    HERONS,
    MILL,
    PLACES,
    SWIFTS,
    closed,
    disbanded,
    formed,
    team_renamed,
    team_reparented,
)

OWLS = "tea_owls"


# --- forming --------------------------------------------------------------------------------------------------------


def test_a_team_needs_nothing_but_a_name():
    given().when(FormTeam(team=OWLS, name="Owls")).then(formed(OWLS, "Owls", on=SUNDAY))


def test_a_team_has_a_community_a_field_and_a_brand():
    given(PLACES).when(
        FormTeam(
            team=OWLS,
            name="Owls",
            parent=GUARD,
            community=MILL,
            field="astronomy",
            brand="Science Honeycomb",
            day=MONDAY,
        )
    ).then(
        formed(
            OWLS,
            "Owls",
            under=GUARD,
            community=MILL,
            field="astronomy",
            brand="Science Honeycomb",
            on=MONDAY,
        )
    )


def test_a_team_is_formed_once():
    given(PLACES).when(FormTeam(team=HERONS, name="Owls")).then_refused(AlreadyRecorded, id=HERONS)


def test_the_id_of_a_disbanded_team_is_never_used_again():
    given(PLACES, disbanded(HERONS)).when(FormTeam(team=HERONS, name="Owls")).then_refused(AlreadyRecorded)


def test_a_team_is_formed_in_an_open_community():
    given(PLACES, closed(MILL)).when(FormTeam(team=OWLS, name="Owls", community=MILL)).then_refused(
        UnknownCommunity
    )


def test_a_team_is_formed_beneath_an_active_one():
    given(PLACES).when(FormTeam(team=OWLS, name="Owls", parent="tea_none")).then_refused(UnknownTeam)
    given(PLACES, disbanded(HERONS)).when(FormTeam(team=OWLS, name="Owls", parent=HERONS)).then_refused(
        UnknownTeam, team=HERONS
    )


def test_no_team_is_formed_beneath_itself():
    given(PLACES).when(FormTeam(team=OWLS, name="Owls", parent=OWLS)).then_refused(UnknownTeam)


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["herons", "ＨＥＲＯＮＳ", "Her ons"])
def test_no_two_teams_of_one_team_have_one_name(name: str):
    given(PLACES).when(FormTeam(team=OWLS, name=name, parent=GUARD)).then_refused(NameTaken, holder=HERONS)
    given(PLACES).when(RenameTeam(team=SWIFTS, name=name)).then_refused(NameTaken, holder=HERONS)


def test_teams_of_different_teams_may_share_a_name():
    given(PLACES).when(FormTeam(team=OWLS, name="Herons", parent=SWIFTS)).then(
        formed(OWLS, "Herons", under=SWIFTS, on=SUNDAY)
    )


@pytest.mark.parametrize(
    "change",
    [team_renamed(HERONS, "Storks"), team_reparented(HERONS, under=SWIFTS), disbanded(HERONS)],
    ids=["renamed", "gone elsewhere", "disbanded"],
)
def test_the_name_of_a_team_that_bears_it_no_more_is_free(change: Event):
    given(PLACES, change).when(FormTeam(team=OWLS, name="Herons", parent=GUARD)).then(
        formed(OWLS, "Herons", under=GUARD, on=SUNDAY)
    )


def test_a_team_takes_another_name():
    given(PLACES).when(RenameTeam(team=HERONS, name="Storks")).then(team_renamed(HERONS, "Storks"))


def test_a_team_may_spell_its_own_name_another_way():
    given(PLACES).when(RenameTeam(team=HERONS, name="HERONS")).then(team_renamed(HERONS, "HERONS"))


# --- going elsewhere, and ending ------------------------------------------------------------------------------------


def test_a_team_goes_under_another():
    given(PLACES).when(ReparentTeam(team=HERONS, parent=SWIFTS, day=MONDAY)).then(
        team_reparented(HERONS, under=SWIFTS, on=MONDAY)
    )


def test_a_team_is_not_put_beneath_itself():
    given(PLACES).when(ReparentTeam(team=GUARD, parent=GUARD)).then_refused(OwnAncestor, id=GUARD)


def test_a_team_is_not_put_beneath_what_lies_beneath_it():
    given(PLACES, formed(OWLS, "Owls", under=HERONS)).when(
        ReparentTeam(team=GUARD, parent=OWLS)
    ).then_refused(OwnAncestor, id=GUARD)


def test_the_name_of_a_team_must_be_free_where_it_goes():
    given(PLACES, formed(OWLS, "swifts", under=HERONS)).when(
        ReparentTeam(team=SWIFTS, parent=HERONS)
    ).then_refused(NameTaken, holder=OWLS)


def test_a_team_with_nothing_beneath_it_is_disbanded():
    given(PLACES).when(DisbandTeam(team=HERONS, day=TOMORROW)).then(disbanded(HERONS, on=TOMORROW))


def test_a_team_with_teams_beneath_it_is_not_disbanded():
    given(PLACES).when(DisbandTeam(team=GUARD)).then_refused(TeamInUse, team="Guard")
    given(PLACES, disbanded(HERONS)).when(DisbandTeam(team=GUARD)).then_refused(TeamInUse)
    given(PLACES, disbanded(HERONS), disbanded(SWIFTS)).when(DisbandTeam(team=GUARD)).then(disbanded(GUARD))


def test_a_team_that_is_not_active_is_changed_no_more():
    for command in (
        RenameTeam(team=HERONS, name="Storks"),
        ReparentTeam(team=HERONS, parent=SWIFTS),
        ReparentTeam(team=SWIFTS, parent=HERONS),
        DisbandTeam(team=HERONS),
    ):
        given(PLACES, disbanded(HERONS)).when(command).then_refused(UnknownTeam, team=HERONS)
        given().when(command).then_refused(UnknownTeam)
