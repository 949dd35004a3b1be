"""The figures that offices report, as the command line tells them."""

import pytest

from tests.cli.conftest import ANN, BOB, EXPECTED, Counter, County


def test_a_town_reports_what_is_beneath_it(county: County):
    found = county.told("report", "石桥镇", "--period", "2025")
    [town, *_] = county.told("contributions", "石桥镇", "--period", "2025")["items"]
    for figure in ("people", "visits", "service_minutes"):
        assert found[figure] == town[figure] > 0
    assert (found["community"], found["period"]) == (town["id"], "2025")
    assert county.said("report", "石桥镇", "--period", "2025").startswith("Report of 石桥镇, 2025\n")
    assert found["day"] == "2025-12-31"


def test_without_a_community_the_whole_ledger_is_told(county: County):
    found = county.told("report", "--period", "all")
    assert found["community"] is None
    assert found["volunteers"] == len(EXPECTED["minutes_by_number"])
    assert found["service_minutes"] == sum(EXPECTED["minutes_by_number"].values())
    assert sum(found["teams_by_field"].values()) == len(county.told("team", "list")["items"])


def test_people_read_the_figures_in_words(counter: Counter):
    counter.attest(ANN, 90, "2026-02-01")
    counter.told("post", "take", BOB, "cadre", "--community", "荷塘村", "--day", "2026-01-05")
    counter.told("volunteer", "withdraw", BOB, "--day", "2026-02-10")
    said = counter.run("report", "柳溪镇", "--period", "2026-02").stdout.splitlines()
    assert [" ".join(line.split()) for line in said] == [
        "Report of 柳溪镇, 2026-02",
        "Figure Number",
        "Volunteers on 2026-02-28 1",
        "Volunteers who served 1",
        "Visits 1",
        "Service 1 h 30 min",
        "Activities held 0",
        "Participants 0",
        "Materials 0",
        "Reached online 0",
        "Venues renewed 0",
        "",
        "What Kind Number",
        "Teams by field health 1",
        "Teams by brand none named 1",
        "Posts held cadre 1",
    ]
    whole = counter.run("report", "--period", "all").stdout
    assert whole.startswith("Report of the whole ledger, all time\n")


def test_a_community_with_nothing_to_count_by_kind_has_one_table(counter: Counter):
    assert "Kind" not in counter.run("report", "荷塘村", "--period", "2026").stdout


@pytest.mark.parametrize("words", [("--period", "2026-13"), (), ("无此村", "--period", "all")])
def test_what_is_no_question_is_an_error_of_usage(counter: Counter, words: tuple[str, ...]):
    assert counter.refused("report", *words, code=2)
