"""A ledger's public name is shown where people read of it, and what is signed or compared holds its origin."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import run, told

BANK = "青禾区志愿者银行"


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """The folder of a ledger that has a name, and one signed checkpoint."""
    folder = tmp_path / "named"
    assert run("init", "--name", BANK, "--origin", "qinghe", "--data", folder).exit_code == 0
    assert run("audit", "sign", "--data", folder).exit_code == 0
    return folder


@pytest.mark.parametrize("language", ["en", "zh"])
def test_people_read_the_name(named: Path, tmp_path: Path, language: str):
    new = tmp_path / language
    for words in (
        ("about",),
        ("audit", "head"),
        ("audit", "recompute"),
        ("audit", "bundle", new / "bundle"),
        ("export", "hledger", tmp_path / f"{language}.journal"),
        ("backup", new / "backup"),
    ):
        new.mkdir(exist_ok=True)
        said = run(*words, "--lang", language, "--data", named)
        assert said.exit_code == 0, said.output
        assert BANK in said.stdout, words
        assert "qinghe" in said.stdout, words
    back = run("restore", new / "backup", "--lang", language, "--data", new / "restored")
    assert f"{BANK} (qinghe)" in back.stdout


def test_people_read_the_name_over_a_report_of_a_month_which_holds_the_origin_alone(named: Path):
    assert run("period", "close", "2026-02", "--data", named).exit_code == 0
    asked = ("period", "report", "2026-02", "--data", named)
    assert re.search(rf"\n +账本 +{BANK} \(qinghe\)\n", run(*asked, "--lang", "zh").stdout)
    assert re.search(rf"\n +Ledger +{BANK} \(qinghe\)\n", run(*asked, "--lang", "en").stdout)
    assert BANK not in run(*asked, "--json").stdout


def test_exports_tell_the_name_as_of_their_position(named: Path, tmp_path: Path):
    assert run("ledger", "rename", "Qinghe", "--data", named).exit_code == 0
    for at, name in ((3, BANK), (4, "Qinghe")):
        file = tmp_path / f"{at}.beancount"
        assert run("export", "beancount", file, "--at", at, "--data", named).exit_code == 0
        text = file.read_text("utf-8")
        assert f'option "title" "{name}"' in text
        assert "; origin: qinghe\n" in text


def test_programs_were_told_the_origin_alone(named: Path, tmp_path: Path):
    for words in (
        ("audit", "recompute"),
        ("audit", "bundle", tmp_path / "bundle"),
        ("export", "beancount", tmp_path / "books.beancount"),
        ("backup", tmp_path / "backup"),
    ):
        found = told(*words, "--data", named)
        assert (found["name"], found["origin"]) == (BANK, "qinghe"), words
    back = told("restore", tmp_path / "backup", "--data", tmp_path / "restored")
    assert (back["name"], back["origin"]) == (BANK, "qinghe")
    for file in ("bundle", "backup"):
        assert BANK not in (tmp_path / file / "manifest.json").read_text("utf-8")


def test_what_is_signed_holds_the_origin_alone(named: Path, tmp_path: Path):
    assert BANK not in run("audit", "checkpoint", "latest", "--data", named).stdout
    assert told("audit", "bundle", tmp_path / "bundle", "--data", named)["origin"] == "qinghe"
    assert run("audit", "verify", "--data", named).exit_code == 0


def test_the_same_rename_under_its_key_is_recorded_once(named: Path):
    again = [told("ledger", "rename", "Qinghe", "--key", "k", "--data", named) for _ in range(2)]
    assert again[0]["position"] == again[1]["position"] == 4
