"""Communities, teams and volunteers as an office keeps them."""

import sqlite3

import pytest

from ledger.domain.events import AgeBand, Level
from ledger.people.directory import Directory
from tests.cli.conftest import ANN, BOB, Counter, run


def test_a_community_has_the_level_below_its_parent_s(counter: Counter):
    counter.told("community", "establish", "北县")
    items = {one["name"]: one["level"] for one in counter.told("community", "list")["items"]}
    assert items == {"青禾县": "county", "柳溪镇": "town", "荷塘村": "village", "北县": "county"}
    error = counter.refused("community", "establish", "小荷", "--parent", "荷塘村")
    assert error["code"] == "wrong-level"
    direct = counter.fact("community", "establish", "直管村", "--parent", "青禾县", "--level", "village")
    assert direct["level"] == "village"


def test_the_tree_of_communities_changes(counter: Counter):
    for name, parent in (("云岭镇", "青禾县"), ("东桥村", "云岭镇")):
        counter.told("community", "establish", name, "--parent", parent)
    counter.told("community", "rename", "荷塘村", "新荷村")
    counter.told("community", "move", "新荷村", "云岭镇")
    counter.told("community", "merge", "东桥村", "新荷村")
    counter.told("community", "close", "柳溪镇")
    tree = [line.rstrip() for line in counter.run("community", "list").stdout.splitlines()[1:]]
    assert [line.split()[0] for line in tree] == ["青禾县", "云岭镇", "新荷村"]
    assert tree[2].startswith("    新荷村")
    ended = [one["name"] for one in counter.told("community", "list", "--ended")["items"] if one["ended"]]
    assert set(ended) == {"东桥村", "柳溪镇"}
    assert "(ended)" in counter.run("community", "list", "--ended").stdout


def test_a_taken_name_is_refused_in_words_with_the_name_said_once(counter: Counter):
    result = counter.run("community", "establish", "荷塘村", "--parent", "柳溪镇")
    assert result.exit_code == 1
    assert result.stderr.count("荷塘村") == 1
    assert "is there already (com_" in result.stderr


def test_teams_are_formed_moved_and_disbanded(counter: Counter):
    counter.told("team", "form", "一队", "--parent", "健康队", "--brand", "科普蜂巢")
    counter.told("team", "form", "二队")
    counter.told("team", "move", "二队", "健康队")
    counter.told("team", "rename", "二队", "三队")
    counter.told("team", "disband", "一队")
    said = counter.run("team", "list").stdout.splitlines()
    assert said[0] == "Teams, all time"
    assert said[2].split() == ["健康队", "柳溪镇", "1", "0", "min", "0", "min"]
    assert said[3].startswith("  三队")
    assert [one["brand"] for one in counter.told("team", "list", "--ended")["items"]] == [
        None,
        "科普蜂巢",
        None,
    ]
    assert "一队 (disbanded)" in counter.run("team", "list", "--ended").stdout
    assert counter.refused("team", "disband", "健康队")["code"] == "team-in-use"


def test_an_ambiguous_team_is_refused_with_its_candidates(counter: Counter):
    counter.told("team", "form", "总队")
    for parent in ("健康队", "总队"):
        counter.told("team", "form", "一队", "--parent", parent)
    error = counter.refused("team", "disband", "一队", code=2)
    assert error["code"] == "ambiguous"
    assert [one["parent"] for one in error["candidates"]] == ["健康队", "总队"]
    counter.told("team", "disband", error["candidates"][0]["id"])
    assert counter.fact("team", "disband", "一 队")["team"] == error["candidates"][1]["id"]
    assert counter.refused("team", "disband", "一队", code=2)["code"] == "ambiguous"
    assert counter.refused("team", "disband", "无此队", code=2)["code"] == "not-found"


def test_a_team_is_split_in_two(counter: Counter):
    counter.told("team", "form", "新队")
    error = counter.refused("team", "join", ANN, "新队")
    assert error["code"] == "already-in-a-team"
    assert "健康队" in error["message"]
    words = ("team", "switch", ANN, "新队", "--role", "leader", "--until", "2999-01-01")
    facts = counter.told(*words)["events"]
    assert [fact["type"] for fact in facts] == ["team-assignment-ended", "team-assigned"]
    [member] = counter.told("team", "members", "新队")["items"]
    assert (member["number"], member["name"], member["role"]) == (ANN, "张三", "leader")
    assert (member["until"], member["standing"]) == ("2999-01-01", "active")
    assert "Nobody belongs" in counter.run("team", "members", "健康队").stdout
    assert "张三" in counter.run("team", "members", "新队").stdout


def test_switching_teams_is_tried_out_first_and_recorded_once_under_a_key(counter: Counter):
    counter.told("team", "form", "新队")
    words = ("team", "switch", ANN, "新队", "--day", "2026-02-01")
    assert len(counter.dry(*words)["events"]) == 2
    first = counter.told(*words, "--key", "a")
    again = counter.told(*words, "--key", "a")
    assert ("replayed" in first, again["replayed"]) == (False, True)
    assert again["events"] == first["events"]
    assert {fact["on"] for fact in first["events"]} == {"2026-02-01"}
    assert counter.refused("team", "switch", ANN, "新队")["code"] == "already-in-a-team"
    assert counter.refused("team", "switch", BOB, "新队")["code"] == "in-no-team"


def test_who_left_comes_back_by_joining(counter: Counter):
    counter.told("team", "leave", ANN)
    counter.told("team", "join", ANN, "健康队", "--role", "leader")
    assert [one["role"] for one in counter.told("team", "members", "健康队")["items"]] == ["leader"]


def test_who_is_in_no_team_leaves_none(counter: Counter):
    assert counter.refused("team", "leave", BOB)["code"] == "in-no-team"


def test_leaving_again_under_a_key_is_the_same_request(counter: Counter):
    first = counter.told("team", "leave", ANN, "--key", "a")
    again = counter.told("team", "leave", ANN, "--key", "a")
    assert ("replayed" in first, again["replayed"]) == (False, True)
    assert again["events"] == first["events"]
    assert counter.refused("team", "leave", ANN, "--key", "b")["code"] == "not-in-that-team"


def test_who_registers_is_in_the_directory_by_name_and_in_the_log_by_id(counter: Counter):
    words = (
        "volunteer",
        "register",
        "--number",
        " ＱＨ3",
        "--name",
        "王五",
        "--phone",
        "13900000139",
        "--community",
    )
    fact = counter.fact(*words, "荷塘村")
    shown = counter.told("volunteer", "show", "QH3")
    assert (shown["name"], shown["id"]) == ("王五", fact["volunteer"])
    assert "13900000139" not in str(shown)
    with sqlite3.connect(counter.folder / "ledger.sqlite") as log:
        assert "王五" not in str(log.execute("SELECT data FROM event").fetchall())
    assert counter.told("volunteer", "show", "ｑh3\ufe0f")["id"] == fact["volunteer"]
    error = counter.refused(*["qh3" if word == " ＱＨ3" else word for word in words], "荷塘村")
    assert error["code"] == "number-taken"
    assert fact["volunteer"] not in str(error)


def test_a_registration_under_a_key_is_recorded_once_and_is_nobody_else_s(counter: Counter):
    words = ("volunteer", "register", "--number", "QH3", "--community", "荷塘村", "--team", "健康队")
    first, again = (counter.told(*words, "--name", "王五", "--key", "a") for _ in range(2))
    assert again == {**first, "replayed": True}
    assert counter.refused(*words, "--name", "王六", "--key", "a")["code"] == "key-reused"
    assert counter.told("volunteer", "show", "QH3")["name"] == "王五"


def test_a_registration_that_was_refused_leaves_an_entry_that_the_next_adopts(counter: Counter):
    words = ("volunteer", "register", "--number", "QH3", "--community", "荷塘村")
    counter.told("community", "establish", "南县")
    town = counter.fact("community", "establish", "关镇", "--parent", "南县")["community"]
    counter.told("community", "close", town)
    closed = ("volunteer", "register", "--number", "QH3", "--name", "王五", "--community", town)
    assert counter.refused(*closed)["code"] == "unknown-community"
    with sqlite3.connect(counter.folder / "directory.sqlite") as directory:
        query = "SELECT volunteer, name FROM volunteer WHERE number = 'QH3'"
        [(volunteer, name)] = directory.execute(query)
        assert name == "王五"
        assert counter.fact(*words, "--name", "王六")["volunteer"] == volunteer
        assert directory.execute(query).fetchall() == [(volunteer, "王六")]


def test_a_dry_run_writes_nobody_into_the_directory(counter: Counter, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Directory, "put", lambda *_: pytest.fail("somebody was written"))
    counter.dry("volunteer", "register", "--number", "QH3", "--name", "王五", "--community", "荷塘村")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--number", " "),
        ("--number", "3.30212E+17"),
        ("--number", "无"),
        ("--number", "#N/A"),
        ("--name", "a" * 201),
        ("--phone", "1\u202e2"),
    ],
)
def test_what_nobody_is_called_is_an_error_of_usage(counter: Counter, option: str, value: str):
    given = {"--number": "QH3", "--name": "王五", "--community": "荷塘村", option: value}
    words = [word for pair in given.items() for word in pair]
    assert option in counter.refused("volunteer", "register", *words, code=2)["message"]


def test_standing_and_community_change(counter: Counter):
    counter.told("community", "establish", "东桥村", "--parent", "柳溪镇")
    counter.told("volunteer", "move", ANN, "东桥村")
    counter.told("volunteer", "suspend", ANN, "--reason", "complaint")
    assert counter.told("volunteer", "show", ANN)["standing"] == "suspended"
    assert "东桥村 (com_" in counter.run("volunteer", "show", ANN).stdout
    error = counter.refused("volunteer", "suspend", ANN, "--reason", "complaint")
    assert (error["code"], error["standing"]) == ("standing-unchanged", "suspended")
    counter.told("volunteer", "reinstate", ANN)
    counter.told("volunteer", "withdraw", ANN)
    assert counter.told("volunteer", "show", ANN)["standing"] == "withdrawn"


def test_whoever_lived_in_a_merged_community_is_shown_in_the_other(counter: Counter):
    counter.told("community", "establish", "东桥村", "--parent", "柳溪镇")
    into = counter.fact("community", "merge", "荷塘村", "东桥村")["into"]
    assert counter.told("volunteer", "show", ANN)["home"] == into


def test_a_volunteer_is_shown_with_what_is_noted(counter: Counter):
    counter.told("volunteer", "age-band", ANN, "minor-with-consent")
    for skill in ("first-aid", "driving"):
        counter.told("volunteer", "skill", ANN, skill)
    counter.told("volunteer", "skill-end", ANN, "driving")
    shown = counter.told("volunteer", "show", ANN)
    assert (shown["age_band"], shown["skills"]) == ("minor-with-consent", ["first-aid"])
    said = counter.run("volunteer", "show", ANN).stdout
    for text in ("张三", "荷塘村 (com_", "健康队 (tea_", "active", "first-aid"):
        assert text in said
    assert "none noted" in counter.run("volunteer", "show", BOB).stdout
    for nobody in ("QH9", "vol_none"):
        error = counter.refused("volunteer", "show", nobody, code=2)
        assert (error["code"], f"no volunteer {nobody}" in error["message"]) == ("not-found", True)


@pytest.mark.parametrize(
    "words",
    [
        ("community", "rename", "荷塘村", "新村"),
        ("team", "form", "新队"),
        ("team", "leave", ANN),
        ("volunteer", "withdraw", ANN),
        ("volunteer", "skill", ANN, "first-aid", "--until", "2999-01-01"),
    ],
    ids=" ".join,
)
def test_a_dry_run_records_nothing(counter: Counter, words: tuple[str, ...]):
    assert len(counter.dry(*words)["events"]) == 1
    assert "Nothing was." in counter.run(*words, "--dry-run").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("volunteer", "suspend", ANN, "--reason", "No good"),
        ("volunteer", "withdraw", ANN, "--day", "tomorrow"),
        ("volunteer", "age-band", ANN, "old"),
        ("team", "form", "\u202e"),
        ("team", "join", ANN, "无此队"),
        ("community", "move", "荷塘村", "无此镇"),
    ],
    ids=repr,
)
def test_what_cannot_be_read_is_an_error_of_usage(counter: Counter, words: tuple[str, ...]):
    assert counter.refused(*words, code=2)


def test_the_words_to_choose_from_are_the_domain_s():
    said = run("volunteer", "age-band", "-h").stdout
    assert all(band in said for band in AgeBand)
    said = run("community", "establish", "-h").stdout
    assert all(level in said for level in Level)


def test_who_a_volunteer_is_is_told_anew(counter: Counter):
    typed = ("--number", "QH77", "--name", "李秀英", "--remark", "会手语")
    before = counter.head()

    assert counter.told("volunteer", "person", ANN, *typed, "--dry-run")["dry_run"]
    assert counter.told("volunteer", "show", ANN)["number"] == ANN
    taken = counter.refused("volunteer", "person", ANN, "--number", BOB, "--name", "李秀英")
    assert taken["code"] == "number-taken"
    assert "李秀英" in counter.run("volunteer", "person", ANN, *typed).stdout

    assert counter.told("volunteer", "show", "QH77")["name"] == "李秀英"
    assert counter.refused("volunteer", "person", ANN, *typed, code=2)["code"] == "not-found"
    error = counter.refused("volunteer", "person", "QH77", "--number", "QH77", "--name", " ", code=2)
    assert "--name" in error["message"]
    assert counter.head() == before
