"""Figures at the command line by the two clocks: days of service up to one, and what was known at a moment."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import ANN, Counter

LATER = ("--activity", "回访")


@pytest.fixture(scope="module")
def served(laid_out_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """Ann served on two days of February; the second was recorded later: only to be looked at."""
    counter = Counter(Path(shutil.copytree(laid_out_once, tmp_path_factory.mktemp("served") / "bank")))
    counter.attest(ANN, 60, "2026-02-01")
    counter.attest(ANN, 90, "2026-02-20", *LATER)
    return counter


def test_a_balance_is_told_as_of_a_day_and_as_it_was_known(served: Counter):
    head = served.head()
    now, then = served.told("balance", ANN), served.told("balance", ANN, "--known-at", head - 1)
    early = served.told("balance", ANN, "--as-of", "2026-02-19")
    none = served.told("balance", ANN, "--as-of", "2026-02-19", "--known-at", head - 2)

    assert [one["service_minutes"] for one in (now, then, early, none)] == [150, 60, 60, 0]
    assert [one["credit_minutes"] for one in (now, then, early, none)] == [150, 60, 60, 0]
    assert now["position"] == then["position"] == head
    shown = served.run("balance", ANN, "--as-of", "2026-02-19", "--known-at", head - 1).stdout
    assert f"2026-02-19, position {head - 1}" in shown


def test_a_statement_as_of_a_day_ends_with_the_balance_of_that_day(counter: Counter):
    counter.attest(ANN, 90, "2026-02-20")
    counter.attest(ANN, 60, "2026-02-01", *LATER)
    (line,) = counter.told("statement", ANN, "--as-of", "2026-02-01")["items"]
    assert (line["line"], line["service_minutes"], line["service_balance"]) == (2, 60, 60)
    assert ", as of 2026-02-01" in counter.run("statement", ANN, "--as-of", "2026-02-01").stdout


@pytest.mark.parametrize("by", ["volunteers", "teams", "communities"])
@pytest.mark.parametrize("within", [(), ("--within", "柳溪镇")])
def test_a_board_is_told_by_both_clocks(served: Counter, by: str, within: tuple[str, ...]):
    question = ("leaderboard", "--by", by, "--period", "2026-02", *within)
    known = (*question, "--known-at", served.head() - 1)
    assert [item["minutes"] for item in served.told(*question)["items"]] == [150]
    assert [item["minutes"] for item in served.told(*known)["items"]] == [60]
    assert [item["minutes"] for item in served.told(*question, "--as-of", "2026-02-19")["items"]] == [60]
    assert served.told(*known, "--as-of", "2026-01-31")["items"] == []
    assert f"known at position {served.head() - 1}" in served.run(*known).stdout


def test_contributions_are_told_by_both_clocks(served: Counter):
    question = ("contributions", "荷塘村", "--period", "2026")
    (now,) = served.told(*question)["items"]
    (then,) = served.told(*question, "--known-at", served.head() - 1)["items"]
    (early,) = served.told(*question, "--as-of", "2026-02-19")["items"]
    assert (now["service_minutes"], now["visits"], now["people"]) == (150, 2, 1)
    assert (then["service_minutes"], then["visits"], then["by_month"]) == (60, 1, {"2026-02": 60})
    assert (early["service_minutes"], early["visits"], early["by_month"]) == (60, 1, {"2026-02": 60})


def test_teams_are_told_by_both_clocks(served: Counter):
    known = ("--known-at", served.head() - 1)
    (now,), (then,) = (served.told("team", "list", *more)["items"] for more in ((), known))
    assert (now["service_minutes"], then["service_minutes"], then["members"]) == (150, 60, now["members"])
    shown = served.told("team", "show", "健康队", "--as-of", "2026-02-19")
    assert (shown["service_minutes"], shown["members"]) == (60, now["members"])
    assert "Members (1)" in served.run("team", "show", "健康队", "--as-of", "2026-02-19").stdout
    assert served.told("team", "show", "健康队", "--as-of", "2025-12-31")["members"] == 0
    before = served.run("team", "show", "健康队", "--as-of", "2025-12-31").stdout
    assert "Nobody belongs to this team." in before
    assert served.refused("team", "show", "健康队", "--known-at", 2, code=2)["code"] == "not-found"


def test_a_day_is_known_at_its_end_and_a_time_at_that_minute(served: Counter):
    for moment in ("2026-01-01", "2026-01-01T09:00", "2026-01-01T00:00:00Z", "0"):
        assert served.told("balance", ANN, "--known-at", moment)["service_minutes"] == 0


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("9999", "invalid-request"),
        ("2999-01-01", "invalid-request"),
        ("9999-12-31", "invalid-request"),
        ("soon", "invalid-request"),
        ("2026-01-01T25:00", "invalid-input"),
        ("99999999999999999999", "invalid-request"),
        ("-1", "invalid-request"),
    ],
)
def test_a_moment_that_has_not_come_or_is_none_is_refused(served: Counter, moment: str, code: str):
    error = served.refused("balance", ANN, f"--known-at={moment}", code=2)
    assert error["code"] == code
    assert "--known-at" in error["message"]
