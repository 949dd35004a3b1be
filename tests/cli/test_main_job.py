"""The main job by the commands alone: a county's files in, its figures out, on either database."""

import pytest

from ledger.cli.demo_files import COUNTY, FILES
from tests.cli.conftest import EXPECTED, import_county, run, told

pytestmark = pytest.mark.slow


def test_every_figure_of_the_county_comes_out_right(database_url: str):
    imports = import_county(url=database_url)

    hours = imports["hours"]
    assert {name: hours[name] for name in ("rows", "recorded", "unchanged", "conflict", "refused")} == {
        name: EXPECTED[name] for name in ("rows", "recorded", "unchanged", "conflict", "refused")
    }
    assert imports["roster"]["recorded"] == EXPECTED["volunteers"]

    def minutes(by: str, *words: str) -> dict[str, int]:
        found = told("leaderboard", "--by", by, "--period", "all", *words, url=database_url)
        return {item["number" if by == "volunteers" else "name"]: item["minutes"] for item in found["items"]}

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


def test_the_same_files_again_change_nothing(database_url: str):
    first = import_county(url=database_url)
    before = told("projections", "list", url=database_url)

    for kind, name in FILES.items():
        again = told("import", kind, COUNTY / name, url=database_url, code=int(kind in ("roster", "hours")))
        assert again["recorded"] == 0
        assert again["unchanged"] == first[kind]["recorded"] + first[kind]["unchanged"]
        assert (again["conflict"], again["refused"]) == (first[kind]["conflict"], first[kind]["refused"])
    assert told("projections", "list", url=database_url) == before


@pytest.mark.parametrize("words", [("balance", "QH2025000017"), ("leaderboard", "--by", "teams")])
def test_data_wins_over_the_environment(county, words: tuple[str, ...], tmp_path):
    period = ("--period", "all") if words[0] == "leaderboard" else ()
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    assert run(*words, *period, "--data", county.folder, url=elsewhere).exit_code == 0
    assert run(*words, *period, url=elsewhere).exit_code == 3
