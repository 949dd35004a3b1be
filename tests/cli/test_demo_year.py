"""`timebank demo`: a year of a county, the same for the same seed."""

import hashlib
import json
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ledger.bootstrap import open_for_reading, read_settings
from ledger.store import log as logs
from tests.cli.conftest import SCRIPT, refused, run, script, told

pytestmark = pytest.mark.slow

SMALL = ("--volunteers", 320, "--activities", 12)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A year of few people and activities."""
    return told("demo", *SMALL, "--data", tmp_path_factory.mktemp("year") / "county")


def digest(folder: str) -> str:
    """Of every row of the log."""
    found = hashlib.sha256()
    with (
        open_for_reading(read_settings(Path(folder), {})) as ledger,
        ledger.log.store.snapshot() as connection,
    ):
        for rows in logs.batches(connection, 0, logs.head(connection)):
            for row in rows:
                found.update(json.dumps(row).encode())
    return found.hexdigest()


def test_a_year_holds_everything_that_may_happen(year: dict[str, Any]):
    with (
        open_for_reading(read_settings(Path(year["data"]), {})) as ledger,
        ledger.log.store.snapshot() as connection,
    ):
        rows = [row for some in logs.batches(connection, 0, logs.head(connection)) for row in some]
    kinds = {row.type for row in rows}
    assert len(rows) == year["facts"] + 2
    assert kinds >= {
        *("community-established", "team-formed", "volunteer-registered", "team-assigned", "post-taken"),
        *("venue-opened", "venue-updated", "activity-published", "activity-reported", "shift-published"),
        *("volunteer-signed-up", "volunteer-waitlisted", "sign-up-promoted", "sign-up-withdrawn"),
        *("volunteer-checked-in", "volunteer-checked-out", "service-reported", "service-approved"),
        *("offer-published", "redemption-placed", "redemption-fulfilled", "credits-transferred"),
        *(
            "credits-donated",
            "credits-granted",
            "volunteer-moved",
            "volunteer-suspended",
            "team-assignment-ended",
        ),
    }


def test_no_name_or_number_of_anybody_is_in_the_log(year: dict[str, Any]):
    with open_for_reading(read_settings(Path(year["data"]), {})) as ledger:
        [item, *_] = year["leaderboard"]["items"]
        known = ledger.directory.by_id([item["id"]])[item["id"]]
        with ledger.log.store.snapshot() as connection:
            text = "".join(
                row.data for some in logs.batches(connection, 0, logs.head(connection)) for row in some
            )
    assert known.number.startswith("QH20")
    assert known.number not in text
    assert known.phone not in text


def test_every_view_is_what_the_log_says(year: dict[str, Any]):
    checked = told("projections", "check", "--data", year["data"])
    assert {one["agrees"] for one in checked["items"]} == {True}


def test_the_same_seed_tells_the_same_year_to_the_byte(year: dict[str, Any], tmp_path: Path):
    # In a process of its own: there chance hashes strings in another way.
    again = script("demo", *SMALL, "--data", tmp_path / "again", "--json")
    assert again.returncode == 0, again.stderr
    assert digest(str(tmp_path / "again")) == digest(year["data"])
    other = told("demo", *SMALL, "--seed", 1, "--data", tmp_path / "other")
    assert digest(other["data"]) != digest(year["data"])


def test_people_see_a_tour_whose_commands_work_as_printed(tmp_path: Path):
    shown = script("demo", *SMALL, "--data", tmp_path / "a county's folder")
    assert (shown.returncode, shown.stderr) == (0, "")
    for text in (
        "320 volunteers",
        "Leaderboard of volunteers, 2026-Q2",
        "Contributions, 2026-Q2",
        "Statement of",
    ):
        assert text in shown.stdout
    commands = [
        line
        for line in shown.stdout.splitlines()
        if shlex.quote(str(SCRIPT)) in line or line.startswith("timebank ")
    ]
    assert len(commands) == 6
    for command in commands:
        done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), command
        assert done.stdout


def test_a_folder_that_is_in_use_is_left_alone(tmp_path: Path):
    (tmp_path / "something").write_text("mine")
    assert refused("demo", "--data", tmp_path, code=2)["code"] == "folder-not-empty"


@pytest.mark.parametrize("words", [("--volunteers", 299), ("--activities", 0), ("--seed", -1)])
def test_sizes_are_bounded(words: tuple[object, ...], tmp_path: Path):
    assert run("demo", *words, "--data", tmp_path / "new").exit_code == 2
