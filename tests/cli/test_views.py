"""`timebank projections`: where views stand, whether they are right, and making them anew."""

import sqlite3
from pathlib import Path

import pytest

from projections.registry import Views
from tests.cli.conftest import County, refused, run, told

NAMES = [view.name for view in Views().all()]


@pytest.fixture
def opened(fresh: Path) -> Path:
    return fresh


def spoil(folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / "ledger.sqlite") as connection:
        connection.execute(statement)


def test_every_view_is_listed_at_the_head(county: County):
    items = county.told("projections", "list")["items"]
    assert [item["name"] for item in items] == NAMES
    assert set(items[0]) == {"name", "position", "head", "lag", "broken_at", "error"}
    assert all(item["position"] == item["head"] and item["lag"] == 0 for item in items)
    assert all(item["broken_at"] is None and item["error"] is None for item in items)
    assert len(county.said("projections", "list").splitlines()) == len(NAMES) + 1


def test_the_lag_of_a_view_is_listed(opened: Path):
    spoil(opened, "UPDATE projection SET position = 1 WHERE name = 'leaderboards'")
    spoil(opened, "DELETE FROM projection WHERE name = 'teams'")
    items = told("projections", "list", "--data", opened)["items"]
    assert {item["name"]: item["lag"] for item in items if item["lag"]} == {"teams": 2, "leaderboards": 1}
    line = run("projections", "list", "--data", opened).stdout.splitlines()[NAMES.index("leaderboards") + 1]
    assert line.split() == ["leaderboards", "1", "2", "1"]


@pytest.mark.slow
def test_a_check_that_agrees_leaves_with_0(county: County):
    items = county.told("projections", "check")["items"]
    assert [item["name"] for item in items] == ["log", *NAMES]
    assert all(item["agrees"] and item["problem"] == "" for item in items)
    assert "agrees with the log" in county.said("projections", "check")


@pytest.mark.slow
def test_a_check_that_differs_leaves_with_1_until_rebuilt(opened: Path):
    spoil(opened, "UPDATE policy SET effective = '2020-01-01'")

    items = told("projections", "check", "--data", opened, code=1)["items"]
    assert [item["name"] for item in items if not item["agrees"]] == ["policies"]
    assert run("projections", "check", "--data", opened).exit_code == 1

    rebuilt = told("projections", "rebuild", "policies", "--data", opened)["items"]
    assert [(item["name"], item["same"], item["problem"]) for item in rebuilt] == [("policies", False, "")]
    assert told("projections", "check", "--data", opened)


def test_a_broken_view_is_listed_and_refuses_to_be_read(opened: Path):
    spoil(opened, "UPDATE projection SET broken_at = 2, error = 'ValueError: x' WHERE name = 'leaderboards'")

    item = next(
        one for one in told("projections", "list", "--data", opened)["items"] if one["name"] == "leaderboards"
    )
    assert (item["broken_at"], item["error"]) == (2, "ValueError: x")
    asked = ("leaderboard", "--by", "teams", "--period", "all", "--data", opened)
    assert refused(*asked, code=3)["code"] == "view-unavailable"
    assert told("projections", "rebuild", "--data", opened)
    assert told(*asked)["items"] == []


def test_a_view_of_another_release_is_said_to_be_so(opened: Path):
    spoil(opened, "UPDATE projection SET version = 0 WHERE name = 'balances'")
    listed = run("projections", "list", "--data", opened).stdout
    assert "is not built for this release" in listed


def test_all_views_or_those_named_are_rebuilt(opened: Path):
    items = told("projections", "rebuild", "--data", opened)["items"]
    assert [item["name"] for item in items] == NAMES
    assert all(item["same"] for item in items)
    some = told("projections", "rebuild", "teams", "balances", "--data", opened)["items"]
    assert {item["name"] for item in some} == {"teams", "balances"}
    assert "the same as before" in run("projections", "rebuild", "--data", opened).stdout


@pytest.mark.slow
def test_a_view_that_cannot_be_rebuilt_leaves_with_1_and_the_others_are(
    opened: Path, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise ValueError("no such thing")

    monkeypatch.setattr("projections.policies.Policies.fold", broken)
    items = told("projections", "rebuild", "--data", opened, code=1)["items"]
    assert [item["name"] for item in items if item["problem"]] == ["policies"]
    assert "ValueError: no such thing" in items[0]["problem"]
    assert "cannot be rebuilt" in run("projections", "rebuild", "--data", opened).stdout


def test_an_unknown_view_is_an_error_of_usage(opened: Path):
    error = refused("projections", "rebuild", "teems", "--data", opened, code=2)
    assert error["code"] == "unknown-view"
    assert "teams" in error["message"]


def test_a_damaged_log_is_told_and_nothing_falls_over(opened: Path):
    with sqlite3.connect(opened / "ledger.sqlite") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE event SET data = '{' WHERE position = 1")

    items = told("projections", "check", "--data", opened, code=1)["items"]
    assert "position 1" in items[0]["problem"]
    assert refused("balance", "x", "--data", opened, code=3)["code"] == "unreadable-event"
    assert refused("init", "--data", opened, code=3)["code"] == "unreadable-event"
