"""The tree of communities."""

import pytest

from ledger.domain.commands import AlreadyRecorded
from ledger.domain.communities import (
    CloseCommunity,
    CommunityInUse,
    MergeCommunity,
    RenameCommunity,
    ReparentCommunity,
    UnknownCommunity,
    WrongLevel,
)
from ledger.domain.events import Event, Level
from ledger.domain.trees import NameTaken, OwnAncestor
from tests.scenario import MONDAY, SUNDAY, TOMORROW, given
from tests.stories_world import (
    HILLS,
    MILL,
    ORCHARD,
    PLACES,
    SHIRE,
    VALE,
    closed,
    establish,
    established,
    merged,
    renamed,
    reparented,
)

BROOK, MOOR = "com_brook", "com_moor"

ended = pytest.mark.parametrize("end", [closed(MILL), merged(MILL, into=ORCHARD)], ids=["closed", "merged"])


# --- establishing ---------------------------------------------------------------------------------------------------


def test_a_tree_grows_from_a_county():
    given().when(establish(SHIRE, "Shire", Level.COUNTY, under=None)).then(
        established(SHIRE, "Shire", Level.COUNTY, under=None, on=SUNDAY)
    )


def test_a_village_stands_beneath_a_town_from_today():
    given(PLACES).when(establish(BROOK, "Brook")).then(established(BROOK, "Brook", on=SUNDAY))


def test_a_community_holds_from_the_day_that_is_said():
    given(PLACES).when(establish(BROOK, "Brook", on=MONDAY)).then(established(BROOK, "Brook", on=MONDAY))


def test_a_village_may_stand_beneath_its_county():
    given(PLACES).when(establish(BROOK, "Brook", under=SHIRE)).then(
        established(BROOK, "Brook", under=SHIRE, on=SUNDAY)
    )


@pytest.mark.parametrize("level", [Level.TOWN, Level.VILLAGE])
def test_only_a_county_has_nothing_above_it(level: Level):
    refusal = given(PLACES).when(establish(BROOK, "Brook", level, under=None)).then_refused(WrongLevel)
    assert refusal.sentence() == f"A {level} cannot belong to the top of the tree."


@pytest.mark.parametrize(
    ("level", "under"),
    [(Level.COUNTY, SHIRE), (Level.COUNTY, MILL), (Level.TOWN, VALE), (Level.VILLAGE, MILL)],
)
def test_a_community_stands_beneath_a_higher_one_only(level: Level, under: str):
    given(PLACES).when(establish(BROOK, "Brook", level, under=under)).then_refused(WrongLevel)


def test_a_level_is_told_in_the_language_of_who_asked():
    refusal = given(PLACES).when(establish(BROOK, "Brook", under=MILL)).then_refused(WrongLevel)
    assert refusal.sentence("en") == "A village cannot belong to Mill."
    assert refusal.sentence("zh") == "层级不符：社区（村）不能归入Mill。"


def test_nothing_stands_beneath_a_community_that_never_was():
    given(PLACES).when(establish(BROOK, "Brook", under=MOOR)).then_refused(UnknownCommunity, community=MOOR)


def test_nothing_stands_beneath_a_closed_community():
    given(PLACES, closed(HILLS)).when(establish(BROOK, "Brook", under=HILLS)).then_refused(UnknownCommunity)


def test_no_community_is_established_beneath_itself():
    given(PLACES).when(establish(BROOK, "Brook", under=BROOK)).then_refused(UnknownCommunity)


def test_a_community_is_established_once():
    given(PLACES).when(establish(MILL, "Brook")).then_refused(AlreadyRecorded, id=MILL)


@ended
def test_the_id_of_an_ended_community_is_never_used_again(end: Event):
    given(PLACES, end).when(establish(MILL, "Brook")).then_refused(AlreadyRecorded, id=MILL)


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Mill", "MILL", "Ｍｉｌｌ", " M ill "])
def test_no_two_siblings_have_one_name_however_it_is_spelt(name: str):
    given(PLACES).when(establish(BROOK, name)).then_refused(NameTaken, holder=MILL)


def test_two_tops_of_trees_have_two_names():
    given(PLACES).when(establish(BROOK, "shire", Level.COUNTY, under=None)).then_refused(
        NameTaken, holder=SHIRE
    )


def test_cousins_may_share_a_name():
    given(PLACES).when(establish(BROOK, "Mill", under=HILLS)).then(
        established(BROOK, "Mill", under=HILLS, on=SUNDAY)
    )


@pytest.mark.parametrize(
    "change",
    [renamed(MILL, "Watermill"), reparented(MILL, under=HILLS), closed(MILL), merged(MILL, into=ORCHARD)],
    ids=["renamed", "gone elsewhere", "closed", "merged"],
)
def test_a_name_that_nobody_bears_any_more_is_free(change: Event):
    given(PLACES, change).when(establish(BROOK, "Mill")).then(established(BROOK, "Mill", on=SUNDAY))


def test_a_community_takes_another_name():
    given(PLACES).when(RenameCommunity(community=MILL, name="Watermill")).then(renamed(MILL, "Watermill"))


def test_a_community_may_spell_its_own_name_another_way():
    given(PLACES).when(RenameCommunity(community=MILL, name="MILL")).then(renamed(MILL, "MILL"))


def test_nobody_takes_the_name_of_a_sibling():
    given(PLACES).when(RenameCommunity(community=MILL, name="orchard")).then_refused(
        NameTaken, holder=ORCHARD
    )


def test_a_new_name_is_kept_from_the_siblings_too():
    given(PLACES, renamed(MILL, "Watermill")).when(establish(BROOK, "watermill")).then_refused(
        NameTaken, holder=MILL
    )


def test_a_name_can_be_seen():
    given(PLACES).when(RenameCommunity(community=MILL, name="  ")).then_malformed("name")
    given(PLACES).when(RenameCommunity(community=MILL, name="Mill\u202e")).then_malformed("name")


# --- going elsewhere ------------------------------------------------------------------------------------------------


def test_a_village_goes_to_another_town():
    given(PLACES).when(ReparentCommunity(community=MILL, parent=HILLS, day=MONDAY)).then(
        reparented(MILL, under=HILLS, on=MONDAY)
    )


def test_a_community_is_not_put_beneath_itself():
    given(PLACES).when(ReparentCommunity(community=VALE, parent=VALE)).then_refused(OwnAncestor, id=VALE)


def test_a_community_is_not_put_beneath_what_lies_beneath_it():
    given(PLACES).when(ReparentCommunity(community=SHIRE, parent=MILL)).then_refused(OwnAncestor, id=SHIRE)


def test_a_town_does_not_go_beneath_a_town():
    given(PLACES).when(ReparentCommunity(community=VALE, parent=HILLS)).then_refused(WrongLevel)


def test_a_name_goes_along_and_must_be_free_there():
    namesake = established(BROOK, "ORCHARD", under=HILLS)
    given(PLACES, namesake).when(ReparentCommunity(community=ORCHARD, parent=HILLS)).then_refused(
        NameTaken, holder=BROOK
    )


def test_a_community_takes_what_lies_beneath_it_along():
    given(PLACES, established(MOOR, "Moor", Level.COUNTY, under=None), reparented(VALE, under=MOOR)).when(
        ReparentCommunity(community=MOOR, parent=MILL)
    ).then_refused(OwnAncestor, id=MOOR)


# --- merging --------------------------------------------------------------------------------------------------------


def test_a_village_becomes_part_of_another():
    given(PLACES).when(MergeCommunity(community=MILL, into=ORCHARD)).then(merged(MILL, into=ORCHARD))


def test_a_community_does_not_merge_with_itself():
    given(PLACES).when(MergeCommunity(community=MILL, into=MILL)).then_refused(OwnAncestor, id=MILL)


def test_only_equals_merge():
    given(PLACES).when(MergeCommunity(community=MILL, into=HILLS)).then_refused(WrongLevel)
    given(PLACES).when(MergeCommunity(community=HILLS, into=MILL)).then_refused(WrongLevel)


def test_what_lay_beneath_a_merged_town_lies_beneath_the_other():
    gone = merged(VALE, into=HILLS)
    given(PLACES, gone).when(establish(BROOK, "Mill", under=HILLS)).then_refused(NameTaken, holder=MILL)
    given(PLACES, gone).when(CloseCommunity(community=HILLS)).then_refused(CommunityInUse)


def test_towns_whose_villages_share_a_name_do_not_merge():
    namesake = established(BROOK, "ＭＩＬＬ", under=HILLS)
    given(PLACES, namesake).when(MergeCommunity(community=VALE, into=HILLS)).then_refused(
        NameTaken, holder=BROOK
    )


def test_a_merger_does_not_wake_what_was_closed_beneath():
    given(PLACES, closed(MILL), established(BROOK, "Mill", under=HILLS)).when(
        MergeCommunity(community=VALE, into=HILLS)
    ).then(merged(VALE, into=HILLS))


# --- ending ---------------------------------------------------------------------------------------------------------


def test_a_community_with_nothing_beneath_it_is_closed():
    given(PLACES).when(CloseCommunity(community=MILL, day=TOMORROW)).then(closed(MILL, on=TOMORROW))


def test_a_community_with_others_beneath_it_is_not_closed():
    given(PLACES).when(CloseCommunity(community=VALE)).then_refused(CommunityInUse, community="Vale")


def test_a_town_is_closed_once_its_villages_are_gone():
    given(PLACES, closed(MILL), reparented(ORCHARD, under=HILLS)).when(CloseCommunity(community=VALE)).then(
        closed(VALE)
    )


@ended
def test_an_ended_community_is_changed_no_more(end: Event):
    for command in (
        RenameCommunity(community=MILL, name="Watermill"),
        ReparentCommunity(community=MILL, parent=HILLS),
        MergeCommunity(community=MILL, into=ORCHARD),
        CloseCommunity(community=MILL),
        MergeCommunity(community=ORCHARD, into=MILL),
    ):
        given(PLACES, end).when(command).then_refused(UnknownCommunity, community=MILL)


def test_a_community_that_never_was_is_not_changed():
    for command in (
        RenameCommunity(community=BROOK, name="Brook"),
        ReparentCommunity(community=BROOK, parent=HILLS),
        ReparentCommunity(community=MILL, parent=BROOK),
        MergeCommunity(community=BROOK, into=MILL),
        CloseCommunity(community=BROOK),
    ):
        given(PLACES).when(command).then_refused(UnknownCommunity, community=BROOK)
