"""Communities and teams, row by row: what stands where, and what cannot."""

import random
from datetime import date

import pytest

from ledger.domain.communities import CloseCommunity
from ledger.domain.events import CommunityEstablished, TeamFormed
from ledger.exchange import communities
from ledger.exchange.found import Note
from ledger.exchange.tables import Row, Table
from tests.exchange.office import TEAMS, TOWNS, Office, quiet, said

COUNTY = ("某县", "", "区县")
TOWN = ("东镇", "某县", "镇街")
VILLAGE = ("东村", "东镇", "村社区")
TOP = ("总队", "", "")
TEAM = ("东队", "总队", "东镇")


def tree(office: Office) -> dict[str, str | None]:
    """Each community's name, and its parent's."""
    names = office.names()
    desk = office.ledger.desk(by="stf_office", source="office", dry_run=True)
    return {one.name: names[one.parent] if one.parent else None for one in desk.communities}


def close(office: Office, name: str) -> None:
    community = next(identifier for identifier, called in office.names().items() if called == name)
    office.ledger.bank.handle(CloseCommunity(community=community), by="stf_office")


# Communities.


def test_communities_stand_where_the_file_says_for_all_time(bare_office: Office):
    assert said(bare_office.communities(COUNTY, TOWN, VILLAGE)) == {"recorded": 3}
    assert tree(bare_office) == {"某县": None, "东镇": "某县", "东村": "东镇"}
    established = bare_office.facts(CommunityEstablished)
    assert {event.on for event in established} == {date(1, 1, 1)}
    assert len({event.cause.batch for event in established}) == 1


@pytest.mark.parametrize("seed", range(5))
def test_a_parent_may_stand_further_down(bare_office: Office, seed: int):
    rows = random.Random(seed).sample(TOWNS, k=len(TOWNS))
    assert said(bare_office.communities(*rows)) == {"recorded": len(TOWNS)}
    assert said(bare_office.communities(*rows[::-1])) == {"unchanged": len(TOWNS)}


def test_a_remark_under_the_header_became_the_county(bare_office: Office):
    report = bare_office.communities(("注：本表由各镇填报", "", ""), COUNTY, TOWN)
    assert said(report) == {"recorded": 2}
    assert report.notes == [Note(line=2, text="注：本表由各镇填报")]
    assert said(bare_office.communities(("另一县", "", ""))) == {}


def test_a_root_whose_level_says_nothing_is_refused(bare_office: Office):
    row = {"name": "某县", "parent": "", "level": "", "remark": "县"}
    assert said(bare_office.send("communities", row)) == {"refused": [[1, "level"]]}


def test_a_remark_in_the_tree_of_teams_became_a_team(township: Office):
    report = township.teams(("注：按镇填报", "", ""), *TEAMS, ("填表人：某甲", "", ""))
    assert said(report) == {"recorded": 3}
    assert [(one.line, one.text) for one in report.notes] == [(2, "注：按镇填报"), (6, "填表人：某甲")]


def test_levels_have_more_than_one_name(bare_office: Office):
    rows = [
        ("某县", "", "县"),
        ("东镇", "某县", " 乡镇 "),
        ("东村", "东镇", "村（社区）"),
        ("西村", "东镇", "社区"),
    ]
    assert said(bare_office.communities(*rows)) == {"recorded": 4}


def test_one_name_under_two_parents_is_two_communities(bare_office: Office):
    assert said(bare_office.communities(*TOWNS)) == {"recorded": len(TOWNS)}
    assert list(bare_office.names().values()).count("中心村") == 2


def test_a_village_may_have_its_towns_name(bare_office: Office):
    rows = [("东镇", "东镇", "村社区"), COUNTY, ("东村", "东镇", "村社区"), TOWN]
    assert said(bare_office.communities(*rows)) == {"recorded": 4}
    assert said(bare_office.communities(*rows, ("新村", "东镇", "村社区"))) == {"recorded": 1, "unchanged": 4}


def test_names_are_the_same_after_nfkc(bare_office: Office):
    rows = [COUNTY, ("Ａ 镇", "某县", "镇街"), ("a镇", " 某\u3000县", "镇街"), ("1村", "ａ镇", "村社区")]
    assert said(bare_office.communities(*rows)) == {"recorded": 3, "unchanged": 1}


def test_a_community_on_another_level_than_recorded_is_a_conflict(bare_office: Office):
    others = [
        ("东镇", "某县", "村社区"),
        ("东镇", "某县", "区县"),
        ("东镇", "某县", "片区"),
        ("某县", "", "镇街"),
    ]
    report = bare_office.communities(COUNTY, TOWN, *others, TOWN)
    assert said(report) == {"recorded": 2, "unchanged": 1, "conflict": [3, 4, 5, 6]}
    assert said(bare_office.communities(*others, TOWN)) == {"unchanged": 1, "conflict": [1, 2, 3, 4]}


def test_the_first_of_two_rows_stands_though_it_had_to_wait(bare_office: Office):
    report = bare_office.communities(("东村", "东镇", "村社区"), COUNTY, TOWN, ("东村", "东镇", "镇街"))
    assert said(report) == {"recorded": 3, "conflict": [4]}
    assert said(bare_office.teams(("甲队", "乙队", ""), TOP, ("乙队", "总队", ""), ("甲队", "总队", ""))) == {
        "recorded": 3,
        "conflict": [4],
    }


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("孤村", "无此镇", "村社区"), "parent"),
        (("西镇", "西镇", "镇街"), "parent"),
        (("新镇", "东镇", "镇街"), "level"),
        (("另一县", "", "区县"), "parent"),
        (("东村", "", "区县"), "parent"),
        (("片区", "某县", "片区"), "level"),
        (("片区", "某县", ""), "level"),
        (("组", "东村", "村社区"), "level"),
        (("县", "某县", "区县"), "level"),
        (("", "某县", "镇街"), "name"),
        (("西\u200b镇", "某县", "镇街"), "name"),
        (("西" * 201, "某县", "镇街"), "name"),
        (("西\0镇", "某县", "镇街"), "name"),
        (("西村", "中心", "村社区"), "parent"),
    ],
)
def test_what_cannot_stand_there_is_refused_and_stops_nobody(
    bare_office: Office, row: tuple[str, str, str], field: str
):
    rows = [COUNTY, TOWN, VILLAGE, ("中心村", "东镇", "村社区")]
    assert said(bare_office.communities(*rows[:3], row, rows[3])) == {"recorded": 4, "refused": [[4, field]]}


def test_a_root_on_a_lower_level_is_none(bare_office: Office):
    assert said(bare_office.communities(("东镇", "", "镇街"), COUNTY)) == {
        "recorded": 1,
        "refused": [[1, "level"]],
    }


def test_a_ring_of_parents_is_refused_with_all_beneath_it(bare_office: Office):
    ring = [("甲镇", "乙村", "镇街"), ("乙村", "甲镇", "村社区"), ("丙村", "甲镇", "村社区")]
    report = bare_office.communities(ring[0], COUNTY, *ring[1:], TOWN)
    assert said(report) == {"recorded": 2, "refused": [[1, "parent"], [3, "parent"], [4, "parent"]]}


def test_whoever_stands_beneath_a_refused_row_is_refused(bare_office: Office):
    report = bare_office.communities(("东村", "东镇", "村社区"), COUNTY, ("东镇", "某县", "片区"))
    assert said(report) == {"recorded": 1, "refused": [[1, "parent"], [3, "level"]]}
    assert said(bare_office.communities(VILLAGE, TOWN)) == {"recorded": 2}


def test_a_parent_that_two_are_called_is_ambiguous(bare_office: Office):
    report = bare_office.communities(COUNTY, ("某县", "某县", "镇街"), ("新村", "某县", "村社区"))
    assert said(report) == {"recorded": 2, "refused": [[3, "parent"]]}
    assert report.problems[0].reason.startswith("2 of this name are known")


def test_a_closed_community_is_no_parent_and_its_name_is_free(bare_office: Office):
    bare_office.communities(COUNTY, TOWN)
    close(bare_office, "东镇")
    assert said(bare_office.communities(VILLAGE)) == {"refused": [[1, "parent"]]}
    assert said(bare_office.communities(VILLAGE, TOWN)) == {"recorded": 2}


def test_rows_are_judged_by_what_was_recorded_not_by_what_was_asked(bare_office: Office):
    bare_office.communities(COUNTY, TOWN)
    report = bare_office.communities(
        ("新村", "东镇", "镇街"), ("新村", "东镇", "村社区"), ("新村", "东镇", "镇街")
    )
    assert said(report) == {"recorded": 1, "conflict": [3], "refused": [[1, "level"]]}


def test_what_another_did_meanwhile_is_seen_when_the_log_decides(bare_office: Office):
    bare_office.communities(COUNTY, TOWN)
    desk = bare_office.ledger.desk(by="stf_office", source="office", dry_run=False)
    close(bare_office, "东镇")
    cells: dict[str, str] = dict(zip(("name", "parent", "level"), VILLAGE, strict=True))
    table = Table([Row(number, number + 1, cells, {}) for number in (1, 2)], ())
    report = communities.import_communities(desk, table, quiet)
    assert said(report) == {"refused": [[1, "parent"], [2, "parent"]]}


def test_more_communities_than_a_batch_takes(bare_office: Office):
    villages = [(f"{number}村", f"{number % 20}镇", "村社区") for number in range(1_000)]
    towns = [(f"{number}镇", "某县", "镇街") for number in range(20)]
    rows = [*villages, *towns, COUNTY]
    assert said(bare_office.communities(*rows, dry_run=True)) == {"recorded": len(rows)}
    assert said(bare_office.communities(*rows)) == {"recorded": len(rows)}
    assert said(bare_office.communities(*rows)) == {"unchanged": len(rows)}


# Teams.


@pytest.fixture
def township(bare_office: Office) -> Office:
    """An office that has communities, and no teams yet."""
    bare_office.communities(*TOWNS, ("东镇", "东镇", "村社区"))
    return bare_office


def test_teams_stand_where_the_file_says_for_all_time(township: Office):
    assert said(township.teams(*TEAMS)) == {"recorded": len(TEAMS)}
    top, east, _ = township.facts(TeamFormed)
    assert (top.parent, top.community, top.on) == (None, None, date(1, 1, 1))
    assert (east.parent, township.names()[east.community or ""]) == (top.team, "东镇")


def test_a_parent_team_may_stand_further_down(township: Office):
    rows = [("东队一组", "东队", "东镇"), TEAM, TOP]
    assert said(township.teams(*rows)) == {"recorded": 3}
    assert said(township.teams(*rows)) == {"unchanged": 3}


def test_a_team_may_have_a_town_and_no_parent(township: Office):
    assert said(township.teams(TOP, TEAM, ("镇队", "", "东镇"))) == {"recorded": 3}


def test_a_team_said_otherwise_is_a_conflict(township: Office):
    others = [("东队", *said) for said in (("总队", "西镇"), ("总队", ""), ("西队", "东镇"), ("", ""))]
    others += [("东队", *said) for said in (("总队", "无此镇"), ("无此队", "东镇"), ("东队", "东镇"))]
    conflicts = list(range(4, len(others) + 4))
    assert said(township.teams(*TEAMS, *others, TEAM)) == {
        "recorded": 3,
        "unchanged": 1,
        "conflict": conflicts,
    }


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("孤队", "无此队", ""), "parent"),
        (("自己队", "自己队", ""), "parent"),
        (("错队", "总队", "无此镇"), "town"),
        (("错队", "总队", "中心村"), "town"),
        (("", "总队", "东镇"), "name"),
        (("错\u200b队", "总队", ""), "name"),
    ],
)
def test_a_team_that_cannot_stand_there_is_refused_and_stops_nobody(
    township: Office, row: tuple[str, str, str], field: str
):
    assert said(township.teams(TOP, row, TEAM)) == {"recorded": 2, "refused": [[2, field]]}


def test_a_second_root_of_the_teams_is_refused(township: Office):
    rows = [TOP, ("另一总队", "", ""), TEAM, ("西队", "另一总队", "西镇")]
    assert said(township.teams(*rows)) == {"recorded": 2, "refused": [[2, "parent"], [4, "parent"]]}


def test_a_team_that_named_itself_leaves_its_name_free(township: Office):
    rows = [TOP, ("西队", "总队", "西镇"), ("东队", "东队", ""), TEAM]
    assert said(township.teams(*rows[:3])) == {"recorded": 2, "refused": [[3, "parent"]]}
    assert said(township.teams(*rows)) == {"recorded": 1, "unchanged": 2, "conflict": [3]}


def test_a_ring_of_teams_is_refused(township: Office):
    rows = [TOP, ("甲队", "丙队", ""), ("乙队", "甲队", ""), ("丙队", "乙队", ""), TEAM]
    assert said(township.teams(*rows)) == {
        "recorded": 2,
        "refused": [[2, "parent"], [3, "parent"], [4, "parent"]],
    }


def test_whoever_let_a_ring_go_first_is_judged_after_it(township: Office):
    rows = [TOP, ("甲队", "乙队", ""), ("乙队", "甲队", ""), ("甲队", "总队", "")]
    assert said(township.teams(*rows)) == {"recorded": 3, "conflict": [2]}
