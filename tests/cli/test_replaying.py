"""Replaying and comparing at the command line."""

import json
import os
import signal
from pathlib import Path

import pytest

from tests.cli.conftest import ANN, Counter, run, told


@pytest.fixture
def served(counter: Counter) -> Counter:
    counter.attest(ANN, 60)
    counter.attest(ANN, 90, "2026-02-02", "--activity", "回访")
    return counter


def test_a_replay_is_a_ledger_that_can_be_asked(served: Counter, tmp_path: Path):
    volunteer = served.told("balance", ANN)["volunteer"]
    folder, before = tmp_path / "replay", served.head() - 1
    assert served.told("audit", "replay", folder, "--to", before)["position"] == before
    found = told("balance", volunteer, "--data", folder)
    assert (found["service_minutes"], found["position"]) == (60, before)
    assert "without a number" in run("balance", volunteer, "--data", folder).stdout
    assert all(item["agrees"] for item in told("projections", "check", "--data", folder)["items"])
    assert list(tmp_path.glob("replay?*")) == []

    assert served.refused("audit", "replay", folder, code=2)["code"] == "unusable-folder"
    whole = tmp_path / "whole"
    assert "Replayed up to position" in served.run("audit", "replay", whole).stdout
    assert told("balance", volunteer, "--data", whole)["service_minutes"] == 150
    nowhere = tmp_path / "none"
    assert served.refused("audit", "replay", nowhere, "--to", "9999", code=2)["code"] == "not-yet"


def test_a_comparison_tells_views_rows_and_facts(served: Counter):
    head = served.head()
    found = served.told("audit", "diff", head - 1, head, "--view", "balances")
    [view] = found["views"]
    changed = next(row for row in view["rows"] if row["table"] == "balance")
    assert (changed["before"]["service_minutes"], changed["after"]["service_minutes"]) == (60, 150)
    [fact] = found["facts"]
    assert (changed["by"], fact["position"], fact["type"]) == ([head], head, "service-attested")

    summary = served.run("audit", "diff", head - 1, head).stdout.splitlines()
    assert summary[0] == f"From position {head - 1} to {head}"
    assert ["balances", "0", "2", "0", "1"] in [line.split() for line in summary]
    rows = served.run("audit", "diff", head - 1, head, "--view", "balances").stdout
    wanted = ["balance", ANN, "service_minutes", "60", "150", str(head), "service-attested"]
    assert wanted in [line.split() for line in rows.splitlines()]
    assert "No view changed." in served.run("audit", "diff", head, head).stdout


def test_a_comparison_that_cannot_be_made_is_refused(served: Counter):
    assert served.refused("audit", "diff", 3, 2, code=2)["code"] == "not-in-order"
    assert served.refused("audit", "diff", 1, 2, "--view", "dreams", code=2)["code"] == "unknown-view"
    assert "'--view'" in served.run("audit", "diff", 1, 2, "--view", "dreams").stderr
    assert served.refused("audit", "diff", "soon", 2, code=2)["code"] == "invalid-input"


def test_moments_may_be_days(served: Counter):
    result = run("audit", "diff", "2026-01-01", served.head(), "--json", "--data", served.folder)
    assert json.loads(result.stdout)["before"] == 0


@pytest.mark.parametrize("what", ["replay", "bundle"])
def test_a_folder_that_was_told_to_end_leaves_nothing(
    what: str, counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A bundle that was cut off lay about, and neither told so nor let another one take its place."""
    counter.told("audit", "sign")
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", lambda _: os.kill(os.getpid(), signal.SIGTERM))
        assert counter.run("audit", what, tmp_path / "new").exit_code == 130
    assert [path.name for path in tmp_path.iterdir()] == ["bank"]
    counter.told("audit", what, tmp_path / "new")
