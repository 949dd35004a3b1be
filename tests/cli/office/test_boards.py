"""Leaderboards and contributions as the command line asks for them."""

from pathlib import Path

import pytest

from tests.cli.conftest import EXPECTED, County, refused, run, told

FIRST_PAGE = 50


def test_a_board_holds_its_places(county: County):
    found = county.told("leaderboard", "--by", "volunteers", "--period", "2025-Q3", "--limit", 3)

    assert found["next_cursor"] is not None
    assert [item["rank"] for item in found["items"]] == [1, 2, 3]
    assert set(found["items"][0]) == {"rank", "id", "name", "number", "minutes"}
    assert found["items"][0]["number"] == "QH2025000017"


def test_without_a_limit_every_row_is_told(county: County):
    asked = ("leaderboard", "--by", "volunteers", "--period", "all")
    assert len(county.lines(*asked)) == EXPECTED["volunteers"]
    assert len(county.told(*asked)["items"]) == FIRST_PAGE < EXPECTED["volunteers"]
    assert len(county.said("leaderboard", "--by", "volunteers", "--period", "all").splitlines()) == 62


def test_villages_are_ranked_unless_another_level_is_named(county: County):
    found = county.told("leaderboard", "--by", "communities", "--period", "2025")
    by_id = {item["id"]: item["minutes"] for item in found["items"]}
    assert by_id == {
        county.communities[path]: served for path, served in EXPECTED["minutes_by_village"].items()
    }


def test_within_a_town_its_villages_teams_and_service_are_ranked(county: County):
    def within(by: str, *words: str) -> list[dict[str, object]]:
        return county.lines("leaderboard", "--by", by, "--period", "all", "--within", "石桥镇", *words)

    assert {item["name"] for item in within("communities")} == {"石桥社区", "东桥村", "西桥村", "磨坊村"}
    assert [item["name"] for item in within("communities", "--level", "town")] == ["石桥镇"]
    assert {item["name"] for item in within("teams")} <= {"石桥镇支队", "石桥镇健康分队"}
    assert (
        sum(int(str(item["minutes"])) for item in within("volunteers"))
        == EXPECTED["minutes_by_town"]["石桥镇"]
    )


@pytest.mark.parametrize(
    ("by", "called", "words"),
    [("volunteers", "number", ()), ("teams", "name", ()), ("communities", "name", ("--level", "town"))],
)
def test_a_place_stands_among_the_rows_of_the_board(county: County, by: str, called: str, words: tuple[str]):
    asked = ("leaderboard", "--by", by, "--period", "2025")
    board = county.lines(*asked, *words)
    whom = board[1]
    found = county.told(*asked, "--around", whom[called])
    assert (found["own"], found["members"]) == (whom, len(board))
    assert all(one in board for one in (*found["above"], *found["below"]))
    assert found["above"][-1]["minutes"] > whom["minutes"] > found["below"][0]["minutes"]
    said = county.said(*asked, "--around", whom["id"]).splitlines()
    assert said[0] == f"The place of {whom[called]} among {by}, 2025"
    assert said[-1] == f"Rank 2 of {len(board)}."


def test_a_place_of_the_past_and_within_a_town(county: County):
    first = county.told("leaderboard", "--by", "volunteers", "--period", "all", "--within", "石桥镇")[
        "items"
    ][0]
    asked = ("leaderboard", "--by", "volunteers", "--period", "all", "--around", first["number"])
    assert county.told(*asked, "--within", "石桥镇")["own"] == first
    past = county.told(*asked, "--as-of", "2025-12-31")
    assert past["own"]["number"] == first["number"]


def test_who_is_not_on_the_board_is_told_so(county: County):
    asked = ("leaderboard", "--by", "volunteers", "--period", "1999", "--around", "QH2025000017")
    assert county.told(*asked)["own"] is None
    assert "QH2025000017 has no service on this board of 0 members." in county.said(*asked)


@pytest.mark.parametrize("words", [("--limit", "3"), ("--level", "town")])
def test_one_place_has_neither_limit_nor_level(county: County, words: tuple[str, str]):
    asked = ("leaderboard", "--by", "communities", "--period", "all", "--around", "石桥镇")
    assert "--around" in refused(*asked, *words, "--data", county.folder, code=2)["message"]


def test_an_ambiguous_name_is_refused_with_its_candidates(county: County):
    error = refused("contributions", "荷塘村", "--period", "all", "--data", county.folder, code=2)

    assert error["code"] == "ambiguous"
    assert [(one["name"], one["level"]) for one in error["candidates"]] == [("荷塘村", "village")] * 2
    assert {one["parent"] for one in error["candidates"]} == {"柳溪镇", "云岭街道"}
    for one in error["candidates"]:
        assert one["id"] in error["message"]
        assert county.told("contributions", one["id"], "--period", "all")["items"][0]["name"] == "荷塘村"


def test_candidates_were_told_in_the_order_of_random_ids(tmp_path: Path):
    towns = [f"{name}镇" for name in "甲乙丙丁戊己庚辛"]
    rows = ["名称,上级,层级", "清河县,,区县"]
    rows += [f"{town},清河县,镇街" for town in towns]
    rows += [f"东村,{town},村社区" for town in towns]
    file = tmp_path / "communities.csv"
    file.write_text("\n".join(rows) + "\n", "utf-8")
    place = ("--data", tmp_path / "bank")
    told("init", *place)
    told("import", "communities", file, *place)

    error = refused("contributions", "东村", "--period", "all", *place, code=2)

    assert [one["parent"] for one in error["candidates"]] == sorted(towns)


def test_two_of_one_name_are_told_apart(county: County):
    said = county.said("leaderboard", "--by", "communities", "--period", "2025")
    assert f"荷塘村 ({county.communities['柳溪镇 荷塘村']})" in said
    assert f"({county.communities['石桥镇 磨坊村']})" not in said


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("--by", "teams", "--period", "2025-13"), "--period"),
        (("--by", "teams", "--period", "2025-Q5"), "--period"),
        (("--by", "teams"), "--period"),
        (("--period", "all"), "--by"),
        (("--by", "towns", "--period", "all"), "--by"),
        (("--by", "teams", "--period", "all", "--limit", "0"), "--limit"),
        (("--by", "teams", "--period", "all", "--level", "town"), "--level"),
        (("--by", "communities", "--period", "all", "--level", "city"), "--level"),
        (("--by", "teams", "--period", "all", "--within", "无此镇"), "--within"),
        (("--by", "teams", "--period", "all", "--around", "无此队"), "--around"),
        (("--by", "volunteers", "--period", "all", "--around", "nobody"), "--around"),
    ],
)
def test_what_is_no_question_is_an_error_of_usage(county: County, words: tuple[str, ...], option: str):
    assert option in refused("leaderboard", *words, "--data", county.folder, code=2)["message"]


def test_a_limit_of_any_size_is_taken(county: County):
    found = county.told("leaderboard", "--by", "teams", "--period", "all", "--limit", 2**70)
    assert len(county.lines("leaderboard", "--by", "teams", "--period", "all", "--limit", 2)) == 2
    assert len(found["items"]) == len(EXPECTED["minutes_by_team"])


def test_contributions_tell_every_community_or_one_with_those_beneath(county: County):
    every = county.told("contributions", "--period", "2025")["items"]
    assert [item["level"] for item in every] == ["county"] + ["town"] * 3 + ["village"] * 12
    assert set(every[0]) == {
        *("id", "name", "level", "parent", "people", "visits", "service_minutes", "hosted_minutes"),
        *("by_programme", "by_month", "held"),
    }

    town = county.told("contributions", "石桥镇", "--period", "2025")["items"]
    assert [item["name"] for item in town] == ["石桥镇", "东桥村", "石桥社区", "磨坊村", "西桥村"]
    assert town[0]["service_minutes"] == EXPECTED["minutes_by_town"]["石桥镇"]


def test_a_period_without_service_is_said_in_words(county: County):
    assert "Nobody has served" in county.said("leaderboard", "--by", "teams", "--period", "1999")
    assert county.told("leaderboard", "--by", "teams", "--period", "1999")["items"] == []
    said = county.said("contributions", "石桥镇", "--period", "1999")
    assert "石桥镇" in said
    assert run("contributions", "--period", "1999", "--data", county.folder).exit_code == 0
