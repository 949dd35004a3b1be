"""A log moved from one place to another at the command line."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ANN, BOB, Counter, refused, run, told

pytestmark = pytest.mark.slow


@pytest.fixture
def moved(counter: Counter, tmp_path: Path) -> dict[str, Any]:
    """A counter's bundle, its key, and what was signed."""
    counter.attest(ANN, 90)
    counter.told("transfer", ANN, BOB, 30)
    signed = counter.told("audit", "sign")
    (tmp_path / "key").write_text(counter.told("audit", "key")["verifier_key"])
    manifest = counter.told("audit", "bundle", tmp_path / "bundle")
    return {**manifest, **signed}


def test_a_log_goes_to_a_new_place_and_on_from_there(
    moved: dict[str, Any], counter: Counter, tmp_path: Path, postgres_url: str
):
    key = ("--key", tmp_path / "key")
    expected = {
        "origin": "timebank",
        "position": moved["size"],
        "root": moved["root"],
        "checkpoints": 1,
        "verified": True,
        "dry_run": False,
    }
    new = tmp_path / "new"
    dry = told("import", "log", tmp_path / "bundle", *key, "--dry-run", "--data", new)
    assert dry == {**expected, "dry_run": True}
    assert not new.exists()
    assert told("import", "log", tmp_path / "bundle", *key, "--data", new) == expected
    assert told("import", "log", tmp_path / "bundle", *key, url=postgres_url) == expected
    shutil.copy(counter.folder / "checkpoint-key.pem", new)
    assert told("audit", "sign", "--data", new)["checkpoint"] == moved["checkpoint"]
    assert {one["fault"] for one in told("audit", "verify", "--data", new)["items"]} == {None}
    # Numbers are in the directory, which may be put beside it.
    assert refused("balance", ANN, "--data", new, code=2)["code"] == "not-found"
    shutil.copy(counter.folder / "directory.sqlite", new)
    assert told("balance", ANN, "--data", new) == counter.told("balance", ANN)


def test_what_came_in_is_told_in_words(moved: dict[str, Any], tmp_path: Path):
    said = run("import", "log", tmp_path / "bundle", "--data", tmp_path / "new")
    assert said.exit_code == 0
    assert said.stdout.splitlines() == [
        f"{moved['size']} events of timebank, root {moved['root']}",
        "1 checkpoint; --key verifies who signed",
        "No names, phones or volunteer numbers: they are in the directory, which no bundle holds.",
    ]


def test_a_place_in_use_is_refused_and_left_alone(
    moved: dict[str, Any], counter: Counter, fresh: Path, tmp_path: Path
):
    for folder in (counter.folder, fresh):
        (folder / "directory.sqlite").rename(folder / "lost.sqlite")
        error = refused("import", "log", tmp_path / "bundle", "--data", folder, code=3)
        assert error["code"] == "not-empty"
        # Made anew, the directory would let everybody be registered twice.
        assert not (folder / "directory.sqlite").exists()


def test_a_bad_bundle_makes_nothing_and_tells_each_line(moved: dict[str, Any], tmp_path: Path):
    events = tmp_path / "bundle" / "events.jsonl"
    lines = events.read_text("utf-8").splitlines()
    for number in (2, 5):
        lines[number - 1] = "\x1b[2J"
    events.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    error = refused("import", "log", tmp_path / "bundle", "--data", tmp_path / "new", code=1)
    assert (error["code"], error["message"]) == (
        "bad-bundle",
        "2 lines cannot be taken; nothing was recorded",
    )
    assert [problem["line"] for problem in error["problems"]] == [2, 5]
    said = run("import", "log", tmp_path / "bundle", "--data", tmp_path / "new").stderr
    assert said.startswith("Error: 2 lines cannot be taken; nothing was recorded\n  line 2: ")
    assert not (tmp_path / "new").exists()


def test_what_is_no_bundle_or_key_is_told(moved: dict[str, Any], tmp_path: Path):
    place = ("--data", tmp_path / "new")
    assert refused("import", "log", tmp_path, *place, code=2)["code"] == "unusable-folder"
    assert refused("import", "log", tmp_path / "none", *place, code=2)["code"] == "usage"
    for key in ("a+b+c", tmp_path / "none"):
        error = refused("import", "log", tmp_path / "bundle", "--key", key, *place, code=2)
        assert error["code"] == "bad-key"
    assert not (tmp_path / "new").exists()


def test_a_message_about_a_bundle_steers_no_terminal(moved: dict[str, Any], tmp_path: Path):
    """The origin in a manifest is anybody's text until the events were read."""
    manifest = tmp_path / "bundle" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('timebank"', 'x\\u001b[31m"'), "utf-8")
    told_of = run("import", "log", tmp_path / "bundle", "--data", tmp_path / "new").stderr
    assert "not one of the ledger x\\x1b[31m" in told_of
    assert "\x1b" not in told_of


def test_what_is_not_there_is_told_by_its_name(moved: dict[str, Any], tmp_path: Path):
    """And by no number of the system's."""
    (tmp_path / "empty").mkdir()
    for words, reason in (
        ((tmp_path / "empty",), f"Error: {tmp_path}/empty/manifest.json: No such file or directory"),
        ((tmp_path / "bundle", "--key", tmp_path / "none"), f"{tmp_path}/none: No such file or directory"),
        ((tmp_path / "bundle", "--key", tmp_path / "bundle"), f"{tmp_path}/bundle: Is a directory"),
    ):
        result = run("import", "log", *words, "--data", tmp_path / "new")
        assert (result.exit_code, reason in result.stderr) == (2, True), result.stderr
