"""The tree of teams with its minutes, and one team."""

from typing import Any

import pytest

from tests.cli.conftest import ANN, BOB, Counter, County


@pytest.fixture
def teams(counter: Counter) -> Counter:
    """一队 beneath 健康队, and 二队 beneath that; somebody serves for the upper two."""
    counter.told("team", "form", "一队", "--parent", "健康队", "--brand", "科普蜂巢", "--day", "2026-01-01")
    counter.told("team", "form", "二队", "--parent", "一队", "--day", "2026-01-01")
    counter.told("team", "join", BOB, "一队", "--role", "leader", "--from", "2026-01-05")
    counter.attest(ANN, 60, "2026-02-01")
    counter.attest(BOB, 30, "2026-02-01")
    counter.attest(BOB, 5, "2026-03-01")
    return counter


def figures(items: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    names = ("name", "members", "service_minutes", "service_minutes_with_subteams")
    return [tuple(item[name] for name in names) for item in items]


def test_the_tree_of_teams_has_members_and_minutes(teams: Counter):
    found = teams.told("team", "list")
    assert figures(found["items"]) == [("健康队", 1, 60, 95), ("一队", 1, 35, 35), ("二队", 0, 0, 0)]
    march = teams.told("team", "list", "--period", "2026-03")
    assert figures(march["items"]) == [("健康队", 1, 0, 5), ("一队", 1, 5, 5), ("二队", 0, 0, 0)]
    said = teams.run("team", "list", "--period", "2026-03").stdout.splitlines()
    assert [" ".join(line.split()) for line in said[:4]] == [
        "Teams, 2026-03",
        "Team Community Members Service With sub-teams",
        "健康队 柳溪镇 1 0 min 5 min",
        "一队 1 5 min 5 min",
    ]


def test_minutes_of_a_disbanded_team_stay_with_the_one_above(teams: Counter):
    teams.told("team", "disband", "二队")
    teams.told("team", "disband", "一队")
    assert figures(teams.told("team", "list")["items"]) == [("健康队", 1, 60, 95)]
    [(upper, subteams)] = [teams.run("team", "show", "健康队").stdout.split("Sub-teams")]
    assert "Members (1)" in upper
    assert "一队 (disbanded)" in subteams
    assert "二队" not in subteams
    assert "一队 (disbanded)" in teams.run("team", "list", "--ended").stdout


def test_one_team_is_shown_with_its_members_and_those_beneath(teams: Counter):
    shown = teams.told("team", "show", "一队", "--period", "2026-02")
    assert (shown["name"], shown["brand"], shown["field"]) == ("一队", "科普蜂巢", None)
    said = teams.run("team", "show", "一队", "--period", "2026-02").stdout
    assert "健康队" in said
    assert "Service, 2026-02" in said
    assert figures([shown]) == [("一队", 1, 30, 30)]
    [member] = teams.told("team", "members", "一队")["items"]
    assert (member["number"], member["role"], member["since"]) == (BOB, "leader", "2026-01-05")
    assert said.split("Sub-teams")[1].split()[-5:] == ["二队", "0", "0", "min", "0", "min"][-5:]


def test_people_read_a_team_in_words(teams: Counter):
    said = " ".join(teams.run("team", "show", "健康队").stdout.split())
    for part in (
        "健康队 (tea_",
        "Community 柳溪镇 Field health",
        "Service, all time 1 h With sub-teams 1 h 35 min",
        f"Members (1) Number Role Since {ANN} member 2026-01-01",
        "Sub-teams Team Members Service With sub-teams 一队 1 35 min 35 min 二队 0 0 min 0 min",
    ):
        assert part in said
    alone = teams.run("team", "show", "二队").stdout
    assert "Nobody belongs to this team." in alone
    assert "Sub-teams" not in alone


def test_all_teams_at_the_top_have_all_minutes_of_teams(county: County):
    every = county.told("team", "list", "--ended")["items"]
    board = county.told("leaderboard", "--by", "teams", "--period", "all")["items"]
    at_the_top = [item["service_minutes_with_subteams"] for item in every if item["parent"] is None]
    assert sum(at_the_top) == sum(item["minutes"] for item in board) > 0


@pytest.mark.parametrize("words", [("list", "--period", "2026-13"), ("show", "无此队")])
def test_what_is_no_question_is_an_error_of_usage(counter: Counter, words: tuple[str, ...]):
    assert counter.refused("team", *words, code=2)
