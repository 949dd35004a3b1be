"""Beginning a ledger, once."""

from pathlib import Path

import pytest

from tests.cli.conftest import refused, run, told

DEFAULTS = {
    "name": None,
    "origin": "timebank",
    "zone": "Asia/Shanghai",
    "language": "en",
    "policy": "standard",
    "position": 2,
}
BANK = "青禾区志愿者银行"


def test_no_options_are_needed(database_url: str):
    assert told("init", url=database_url) == DEFAULTS


def test_twice_is_harmless(database_url: str):
    wanted = ("--origin", "jiaozhou", "--zone", "Asia/Urumqi")
    first = told("init", *wanted, url=database_url)
    assert first == {**DEFAULTS, "origin": "jiaozhou", "zone": "Asia/Urumqi"}
    assert told("init", *wanted, url=database_url) == first
    assert told("init", url=database_url) == first
    assert "open already" in run("init", url=database_url).stdout


@pytest.mark.parametrize(
    ("option", "value"), [("--origin", "other"), ("--zone", "UTC"), ("--lang", "zh"), ("--name", BANK)]
)
def test_a_ledger_is_not_opened_as_another(fresh: Path, option: str, value: str):
    error = refused("init", option, value, "--data", fresh, code=2)
    assert error["code"] == "already-open"
    assert option in error["message"]
    assert told("init", "--data", fresh) == DEFAULTS


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--zone", "Mars/Olympus"),
        ("--zone", "../etc/passwd"),
        ("--origin", "Two Words"),
        ("--policy", "none"),
        ("--lang", "fr"),
        ("--name", "East\nWest"),
    ],
)
def test_what_a_ledger_cannot_be_is_an_error_of_usage(tmp_path: Path, option: str, value: str):
    assert option in refused("init", option, value, "--data", tmp_path, code=2)["message"]
    assert told("init", "--data", tmp_path) == DEFAULTS


def test_a_ledger_is_opened_with_a_public_name_and_a_language(database_url: str):
    wanted = ("--name", BANK, "--lang", "zh")
    first = told("init", *wanted, url=database_url)
    assert first == {**DEFAULTS, "name": BANK, "language": "zh", "position": 3}
    assert told("init", *wanted, url=database_url) == first
    assert told("about", url=database_url)["name"] == BANK


def test_a_ledger_that_is_open_was_named_by_opening_it_again(fresh: Path):
    """It was: the opening was refused, and the name beside it was not."""
    refused("init", "--name", BANK, "--data", fresh, code=2)
    assert told("about", "--data", fresh)["name"] is None


def test_a_folder_that_cannot_be_made_is_the_stores_fault(tmp_path: Path):
    (tmp_path / "file").write_text("")
    assert refused("init", "--data", tmp_path / "file" / "below", code=3)
    assert refused("init", "--data", tmp_path / "file", code=2)
