"""`timebank projections follow`, and what `list` says of the views that are followed."""

import json
import os
import re
import shutil
import signal
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from ledger.bootstrap import STAFF, open_for_writing
from ledger.domain.policies import AdoptPolicy
from ledger.domain.policy import PRESETS
from ledger.settings import read_settings
from ledger.store.codec import Recorded
from projections.policies import Policies
from projections.registry import Views
from tests.cli.conftest import refused, run, told
from tests.programs import Program

pytestmark = pytest.mark.slow

NAMES = [view.name for view in Views().all()]


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def once(*words: object, url: str = "", code: int = 0) -> list[dict[str, Any]]:
    """The lines of `follow --once --json`."""
    result = run("projections", "follow", "--once", "--json", *words, url=url)
    assert result.exit_code == code, result.output
    return lines(result.stdout)


def grow(folder: Path) -> None:
    """Two facts more in the log."""
    with open_for_writing(read_settings(folder, {})) as ledger:
        for year in (2030, 2031):
            adopt = AdoptPolicy(policy=PRESETS["standard"], effective=date(year, 1, 1))
            ledger.bank.handle(adopt, by=STAFF)


@contextmanager
def following(folder: Path, *words: str) -> Generator[Program]:
    """A follower in a process of its own, which has caught up."""
    process = Program("projections", "follow", "--json", "--data", folder, *words)
    try:
        assert [json.loads(process.stdout.readline())["name"] for _ in NAMES] == NAMES
        yield process
    finally:
        process.kill()


def test_once_catches_up_and_ends(fresh: Path):
    assert once("--data", fresh) == [
        {"name": name, "position": 2, "head": 2, "lag": 0, "broken_at": None, "error": None} for name in NAMES
    ]
    said = run("projections", "follow", "--once", "teams", "--data", fresh)
    assert said.exit_code == 0
    assert said.stdout.splitlines() == [
        "View   Position  Head  Lag  Error",
        "teams         2     2    0",
    ]


def test_the_lag_of_followed_views_is_listed(fresh: Path):
    assert told("projections", "list", "--data", fresh)["followed"] == []
    once("balances", "policies", "--data", fresh)
    grow(fresh)
    listed = told("projections", "list", "--data", fresh)
    assert {item["lag"] for item in listed["items"]} == {0}
    assert [(item["name"], item["position"], item["lag"]) for item in listed["followed"]] == [
        ("policies", 2, 2),
        ("balances", 2, 2),
    ]
    said = run("projections", "list", "--data", fresh).stdout.splitlines()
    assert said[len(NAMES) + 1] == "Followed"
    assert said[-1].split() == ["balances", "2", "4", "2"]


def test_views_are_followed_into_a_folder_or_a_database(fresh: Path, tmp_path: Path, postgres_url: str):
    for into in (tmp_path / "there", f"sqlite:///{tmp_path / 'views.db'}", postgres_url):
        asked = ("projections", "list", "--data", fresh, "--into", into)
        assert refused(*asked, code=2)["code"] == "nothing-followed"
        once("teams", "--data", fresh, "--into", into)
        assert [item["name"] for item in told(*asked)["followed"]] == ["teams"]
    assert (tmp_path / "there" / "followed.sqlite").exists()
    assert told("projections", "list", "--data", fresh)["followed"] == []


def test_a_ledger_on_postgresql_is_followed_beside_itself(postgres_url: str):
    told("init", url=postgres_url)
    assert {item["lag"] for item in once(url=postgres_url)} == {0}
    assert [item["name"] for item in told("projections", "list", url=postgres_url)["followed"]] == NAMES
    assert all(item["agrees"] for item in told("projections", "check", url=postgres_url)["items"])


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_it_follows_until_somebody_asks_it_to_end(fresh: Path, asked: signal.Signals):
    with following(fresh, "--poll", "0.05") as process:
        grow(fresh)
        # The two facts may be seen one by one.
        while (item := json.loads(process.stdout.readline()))["position"] < 4 or item["name"] != NAMES[-1]:
            assert item["lag"] == 0
        process.send_signal(asked)
        said, complaints = process.communicate()
        assert (process.wait(), said, complaints) == (0, "", "")


def test_a_wish_to_end_is_heard_when_the_step_is_done(fresh: Path, monkeypatch: pytest.MonkeyPatch):
    def fold(view: Policies, connection: Connection, batch: Sequence[Recorded]) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        whole_fold(view, connection, batch)

    whole_fold = Policies.fold
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(Policies, "fold", fold)
    ended = run("projections", "follow", "--json", "--data", fresh)
    assert ended.exit_code == 0
    assert [item["position"] for item in lines(ended.stdout)] == [2, *[0] * (len(NAMES) - 1)]
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_wish_made_twice_ends_it_in_the_middle(fresh: Path, monkeypatch: pytest.MonkeyPatch):
    def fold(*_: object) -> None:
        for _again in range(2):
            os.kill(os.getpid(), signal.SIGTERM)
            # The interpreter handles a signal between two instructions.
            time.sleep(0.01)

    monkeypatch.setattr(Policies, "fold", fold)
    assert run("projections", "follow", "--data", fresh).exit_code == 0
    followed = told("projections", "list", "--data", fresh)["followed"]
    assert {item["position"] for item in followed} == {0}


def test_it_ends_at_once_however_seldom_it_looks(fresh: Path):
    with following(fresh, "--poll", "3600") as process:
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_an_idle_follower_costs_next_to_nothing(fresh: Path):
    def ticks(process: Program) -> int:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    if not Path("/proc/self/stat").exists():
        pytest.skip("no /proc to read the time from")
    with following(fresh) as process:
        before = ticks(process)
        time.sleep(3)
        # A share of 5 % of one processor, many times what it takes.
        assert ticks(process) - before <= 0.05 * 3 * os.sysconf("SC_CLK_TCK")


def test_a_second_follower_is_refused_and_told_who_is_the_first(fresh: Path, tmp_path: Path):
    with following(fresh) as process:
        error = refused("projections", "follow", "--once", "--data", fresh, code=3)
        assert error["code"] == "store-held"
        assert f"held by process {process.pid} (__main__.py projections follow)" in error["message"]
        assert once("--data", fresh, "--into", tmp_path / "elsewhere")
        grow(fresh)
    assert {item["position"] for item in once("--data", fresh)} == {4}


def test_a_view_that_breaks_is_told_and_leaves_with_1(fresh: Path, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise ValueError("no such thing")

    monkeypatch.setattr("projections.policies.Policies.fold", broken)
    items = once("--data", fresh, code=1)
    assert [(item["position"], item["broken_at"], item["error"]) for item in items[:1]] == [
        (1, 2, "ValueError: no such thing")
    ]
    assert {item["position"] for item in items[1:]} == {2}
    assert "ValueError: no such thing" in run("projections", "list", "--data", fresh).stdout
    # With nothing left to follow it ends by itself.
    ended = run("projections", "follow", "policies", "--poll", "0.01", "--json", "--data", fresh)
    assert (ended.exit_code, [item["broken_at"] for item in lines(ended.stdout)]) == (1, [2])


def test_another_ledger_is_refused(fresh: Path, tmp_path: Path):
    once("--data", fresh, "--into", tmp_path / "place")
    other = tmp_path / "other"
    told("init", "--data", other)
    asked = ("--data", other, "--into", tmp_path / "place")
    error = refused("projections", "follow", "--once", *asked, code=3)
    assert error["code"] == "other-ledger"
    assert re.search("this is another ledger, or was put back from a backup", error["message"])
    listed = told("projections", "list", *asked)["followed"]
    assert {item["error"] for item in listed} == {"followed a log with another fact at position 2"}


def test_a_ledger_put_back_from_a_backup_is_refused(fresh: Path):
    backup = fresh / "backup.sqlite"
    shutil.copy(fresh / "ledger.sqlite", backup)
    grow(fresh)
    once("--data", fresh)
    shutil.copy(backup, fresh / "ledger.sqlite")
    asked = ("projections", "follow", "--once", "--data", fresh)
    assert "up to position 4, and this one ends at 2" in refused(*asked, code=3)["message"]
    grow(fresh)
    assert "with another fact at position 4" in refused(*asked, code=3)["message"]


def test_what_cannot_be_followed_is_an_error(fresh: Path, tmp_path: Path):
    asked = ("projections", "follow", "--once", "--data")
    assert refused(*asked, fresh, "teems", code=2)["code"] == "unknown-view"
    for seconds in ("0", "nan", "inf"):
        assert refused(*asked, fresh, "--poll", seconds, code=2)["code"] == "usage"
    assert refused(*asked, tmp_path / "none", code=3)["code"] == "no-ledger"
    assert refused(*asked, fresh, "--into", "mysql://host/name", code=3)["code"] == "store-error"
    into = f"sqlite:///{fresh / 'directory.sqlite'}"
    assert "there is a ledger" in refused(*asked, fresh, "--into", into, code=3)["message"]
    assert told("projections", "check", "--data", fresh)
