"""`timebank demo --files`, and the files that it takes in."""

import shlex
from pathlib import Path

import pytest

from ledger.demo.showing import COUNTY, FILES
from ledger.exchange.kinds import KINDS
from ledger.exchange.tables import read_table
from tests.cli import make_demo_county
from tests.cli.conftest import EXPECTED, SCRIPT, assert_they_work, refused, run, script, told

pytestmark = pytest.mark.slow


def test_the_files_are_what_their_generator_writes(tmp_path: Path):
    made = make_demo_county.County()
    make_demo_county.write(made, tmp_path)

    assert (tmp_path / "hours.csv").read_bytes() == (COUNTY / "hours.csv").read_bytes()
    for kind, name in FILES.items():
        # Not the bytes: another zlib packs a workbook otherwise.
        columns = KINDS[kind].columns
        assert read_table(tmp_path / name, columns) == read_table(COUNTY / name, columns)
    assert {**made.expected(), "refused": [list(pair) for pair in made.expected()["refused"]]} == EXPECTED


def test_the_files_need_every_letter_of_gb18030():
    content = (COUNTY / "hours.csv").read_bytes()
    assert b"\r\n" in content
    with pytest.raises(UnicodeDecodeError):
        content.decode("gbk")


def test_a_program_gets_one_document(tmp_path: Path):
    found = told("demo", "--files", "--data", tmp_path / "new")

    assert found["data"] == str(tmp_path / "new")
    assert found["imports"]["hours"]["recorded"] == EXPECTED["recorded"]
    first = found["leaderboard"]["items"][0]
    assert found["balance"]["service_minutes"] == EXPECTED["minutes_by_number"][first["number"]]
    assert found["balance"]["volunteer"] == first["id"]
    assert found["contributions"]["items"][0]["service_minutes"] == EXPECTED["minutes_by_town"]["石桥镇"]


def test_the_environment_names_no_place_for_a_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    elsewhere = f"sqlite:///{tmp_path / 'mine' / 'ledger.sqlite'}"
    assert told("demo", "--files", url=elsewhere)["data"] != str(tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_a_folder_that_is_in_use_is_left_alone(tmp_path: Path):
    (tmp_path / "something").write_text("mine")
    assert refused("demo", "--files", "--data", tmp_path, code=2)["code"] == "folder-not-empty"
    assert [path.name for path in tmp_path.iterdir()] == ["something"]


def test_what_it_says_to_type_next_works_as_printed(tmp_path: Path):
    # A folder that a shell would take apart.
    shown = script("demo", "--files", "--data", tmp_path / "a county's folder")
    assert (shown.returncode, shown.stderr) == (0, "")

    commands = [line for line in shown.stdout.splitlines() if shlex.quote(str(SCRIPT)) in line]
    commands = commands or [line for line in shown.stdout.splitlines() if line.startswith("timebank ")]
    assert len(commands) == 6
    assert_they_work(commands)


def test_people_see_the_judging_a_balance_a_board_and_a_contribution(tmp_path: Path):
    said = run("demo", "--files", "--data", tmp_path).stdout
    for text in ("2025-02-30", "277 recorded", "1 ★", "Leaderboard of volunteers, 2025-Q3", "磨坊村"):
        assert text in said
