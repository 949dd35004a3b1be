"""The main job by the commands alone: a county's files in, its figures out, on either database."""

from typing import Any

import pytest

from ledger.demo.showing import COUNTY, FILES
from tests.cli.conftest import EXPECTED, import_county, lines, run, told

pytestmark = pytest.mark.slow


def test_every_figure_of_the_county_comes_out_right(database_url: str):
    imports = import_county(url=database_url)

    hours = imports["hours"]
    assert {name: hours[name] for name in ("rows", "recorded", "unchanged", "conflict", "refused")} == {
        name: EXPECTED[name] for name in ("rows", "recorded", "unchanged", "conflict", "refused")
    }
    assert imports["roster"]["recorded"] == EXPECTED["volunteers"]

    def minutes(by: str, *words: str) -> dict[str, int]:
        found = lines("leaderboard", "--by", by, "--period", "all", *words, url=database_url)
        return {item["number" if by == "volunteers" else "name"]: item["minutes"] for item in found}

    assert minutes("volunteers") == EXPECTED["minutes_by_number"]
    assert minutes("teams") == EXPECTED["minutes_by_team"]
    assert minutes("communities", "--level", "town") == EXPECTED["minutes_by_town"]
    assert minutes("communities", "--level", "county") == {"青禾县": EXPECTED["service_minutes_total"]}

    county = told("contributions", "青禾县", "--period", "2025", url=database_url)["items"][0]
    assert county["service_minutes"] == EXPECTED["service_minutes_total"]
    assert (county["people"], county["visits"]) == (EXPECTED["volunteers"], EXPECTED["recorded"])
    assert county["by_programme"] == EXPECTED["minutes_by_programme"]
    for quarter, served in EXPECTED["minutes_by_quarter"].items():
        found = told("contributions", "青禾县", "--period", quarter, url=database_url)["items"][0]
        assert found["service_minutes"] == sum(found["by_month"].values()) == served

    for number, served in EXPECTED["minutes_by_number"].items():
        if number.endswith(("7", "3")):
            assert told("balance", number, url=database_url)["service_minutes"] == served
    assert all(item["agrees"] for item in told("projections", "check", url=database_url)["items"])
    assert_the_same_files_again_change_nothing(database_url, imports)


def assert_the_same_files_again_change_nothing(database_url: str, first: dict[str, Any]) -> None:
    before = told("projections", "list", url=database_url)
    for kind, name in FILES.items():
        again = told("import", kind, COUNTY / name, url=database_url, code=int(kind in ("roster", "hours")))
        assert again["recorded"] == 0
        assert again["unchanged"] == first[kind]["recorded"] + first[kind]["unchanged"]
        assert (again["conflict"], again["refused"]) == (first[kind]["conflict"], first[kind]["refused"])
    assert told("projections", "list", url=database_url) == before


def test_an_office_s_counter_works_on_either_database(database_url: str):
    def say(*words: object) -> Any:
        return told(*words, url=database_url)

    since = ("--day", "2026-01-01")
    say("init")
    say("community", "establish", "青禾县", *since)
    say("team", "form", "健康队", "--community", "青禾县")
    joining = ("--community", "青禾县", "--team", "健康队", *since)
    say("volunteer", "register", "--number", "QH1", "--name", "张三", *joining)
    described = ("--activity", "慰问", "--place", "敬老院", "--content", "慰问", "--unit", "健康队")
    served = ("--day", "2026-02-01", "--minutes", 90, "--in-charge", "王五")
    [reported] = say("record", "report", "QH1", *described, *served)["events"]
    say("record", "approve", reported["service"]["record"], "--by", "stf_clerk")
    say("donate", "QH1", "青禾县", 10)
    say("offer", "publish", "大米", "--price", 30, "--stock", 1)
    say("redeem", "QH1", "大米", "--dry-run")
    say("redeem", "QH1", "大米")
    assert say("redemption", "expire", "--due")["items"] == []
    assert say("balance", "QH1")["credit_minutes"] == 50
    assert [one["number"] for one in say("team", "members", "健康队")["items"]] == ["QH1"]
    assert [one["role"] for one in say("volunteer", "show", "QH1")["assignments"]] == ["member"]
    assert [one["state"] for one in say("record", "list")["items"]] == ["approved"]
    assert all(item["agrees"] for item in say("projections", "check")["items"])


@pytest.mark.parametrize("words", [("balance", "QH2025000017"), ("leaderboard", "--by", "teams")])
def test_data_wins_over_the_environment(county, words: tuple[str, ...], tmp_path):
    period = ("--period", "all") if words[0] == "leaderboard" else ()
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    assert run(*words, *period, "--data", county.folder, url=elsewhere).exit_code == 0
    assert run(*words, *period, url=elsewhere).exit_code == 3
