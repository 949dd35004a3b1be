"""Backups at the command line: what an office types on a good day, and on the day its disk is lost."""

import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from ledger.bootstrap import open_for_writing
from ledger.cli import main
from ledger.settings import CHECKPOINT_KEY_FILE, ERASURES_FILE, read_settings
from tests.cli.conftest import ANN, BOB, Counter, refused, run, told
from tests.postgres import Cluster

pytestmark = pytest.mark.slow


@pytest.fixture
def elsewhere(postgres: Cluster) -> Iterator[str]:
    with postgres.database() as url:
        yield url


def test_a_served_ledger_is_backed_up_and_comes_back(counter: Counter, tmp_path: Path):
    checkpoint = tmp_path / "june.checkpoint"
    checkpoint.write_text(counter.told("audit", "sign")["checkpoint"], "utf-8")
    with open_for_writing(read_settings(counter.folder, {})):
        manifest = counter.told("backup", tmp_path / "monday")
    assert manifest == {
        "name": None,
        **json.loads((tmp_path / "monday" / "manifest.json").read_text("utf-8")),
    }
    assert (manifest["volunteers"], manifest["checkpoint"]) == (2, manifest["position"])
    assert not list((tmp_path / "monday").glob("*.pem"))
    again = Counter(tmp_path / "again")
    found = again.told("restore", tmp_path / "monday", "--checkpoint", checkpoint)
    assert found == {
        **{name: manifest[name] for name in ("name", "origin", "position", "root", "checkpoint", "taken")},
        "erased_again": 0,
    }
    assert again.told("volunteer", "show", ANN) == counter.told("volunteer", "show", ANN)
    # Without its key it neither verifies nor signs on, and makes no other one; with it, all is well.
    for words in ("verify", "sign"):
        assert again.refused("audit", words, code=3)["code"] == "no-key"
    shutil.copy(counter.folder / "checkpoint-key.pem", again.folder)
    assert {one["fault"] for one in again.told("audit", "verify")["items"]} == {None}
    assert again.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in again.folder.glob("*.sqlite")} == {0o600}


def test_a_ledger_moves_from_a_file_to_postgresql_and_back(counter: Counter, elsewhere: str, tmp_path: Path):
    counter.told("volunteer", "erase", BOB, "--yes")
    counter.told("backup", tmp_path / "one")
    told("restore", tmp_path / "one", url=elsewhere)
    two = told("backup", tmp_path / "two", url=elsewhere)
    again = Counter(tmp_path / "again")
    assert again.told("restore", tmp_path / "two")["root"] == two["root"]
    assert again.told("volunteer", "show", ANN) == counter.told("volunteer", "show", ANN)
    assert again.told("erasures") == counter.told("erasures") == told("erasures", url=elsewhere)
    assert refused("restore", tmp_path / "one", url=elsewhere, code=3)["code"] == "ledger-there"


def test_with_its_keys_a_ledger_signs_on(counter: Counter, tmp_path: Path):
    counter.told("audit", "sign")
    counter.told("token", "issue", "--role", "auditor")
    counter.told("backup", tmp_path / "monday", "--keys")
    again = Counter(tmp_path / "again")
    again.told("restore", tmp_path / "monday")
    again.told("team", "form", "新队", "--community", "柳溪镇")
    again.told("audit", "sign")
    for name in ("token-key.pem", "checkpoint-key.pem"):
        assert (again.folder / name).read_bytes() == (counter.folder / name).read_bytes()
        assert (again.folder / name).stat().st_mode & 0o777 == 0o600


def test_the_erased_stay_erased_when_an_older_backup_comes_back(counter: Counter, tmp_path: Path):
    counter.told("backup", tmp_path / "monday")
    ann, bob = (counter.told("volunteer", "show", one)["id"] for one in (ANN, BOB))
    before = counter.told("volunteer", "erase", ANN, "--dry-run")
    assert before == {"volunteer": ann, "erased": True, "dry_run": True}
    assert counter.told("volunteer", "show", ANN)["name"] == "张三"
    assert counter.told("volunteer", "erase", ANN, "--yes")["erased"]
    assert not counter.told("volunteer", "erase", ann, "--yes")["erased"]
    # The list, as it is printed and as it lies beside the ledger, is kept elsewhere; then the disk is lost.
    printed = tmp_path / "erasures.list"
    printed.write_text(counter.run("erasures").stdout, "utf-8")
    assert printed.read_bytes() == (counter.folder / "erasures.txt").read_bytes()
    shutil.rmtree(counter.folder)
    again = Counter(tmp_path / "again")
    assert again.told("restore", tmp_path / "monday", "--erasures", printed)["erased_again"] == 1
    assert again.told("volunteer", "show", ann)["name"] is None
    assert again.told("volunteer", "show", bob)["name"] == "李四"
    assert (again.folder / "erasures.txt").read_bytes() == printed.read_bytes()
    # Who comes back is somebody new.
    again.told("volunteer", "register", "--number", ANN, "--name", "张三", "--community", "荷塘村")
    assert again.told("volunteer", "show", ANN)["id"] != ann


def test_without_a_newer_list_it_is_told_who_may_be_back(counter: Counter, tmp_path: Path):
    taken = counter.told("backup", tmp_path / "monday")["taken"]
    said = run("restore", tmp_path / "monday", "--data", tmp_path / "again").stdout
    assert f"Whoever was erased after {taken} is known again" in said
    nobody = tmp_path / "nobody"
    nobody.touch()
    said = run("restore", tmp_path / "monday", "--erasures", nobody, "--data", tmp_path / "third").stdout
    assert "known again" not in said


def test_a_list_of_its_own_place_is_kept_and_read(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    counter.told("backup", tmp_path / "monday")
    own = tmp_path / "own" / "list"
    monkeypatch.setenv(ERASURES_FILE, str(own))
    # Whom no list can name is not erased.
    error = counter.refused("volunteer", "erase", ANN, "--yes", code=3)
    assert (error["code"], "cannot be written" in error["message"]) == ("bad-erasures", True)
    assert counter.told("volunteer", "show", ANN)["name"] == "张三"
    own.parent.mkdir()
    ann = counter.told("volunteer", "erase", ANN, "--yes")["volunteer"]
    assert own.read_text("utf-8").startswith(f"{ann} ")
    again = Counter(tmp_path / "again")
    assert again.told("restore", tmp_path / "monday")["erased_again"] == 1
    assert own.read_text("utf-8").count(ann) == 1
    third = Counter(tmp_path / "third")
    assert "known again" not in third.run("restore", tmp_path / "monday").stdout


def test_a_backup_that_was_told_to_end_leaves_nothing(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monday, again = tmp_path / "monday", Counter(tmp_path / "again")
    counter.told("backup", monday)
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", lambda _: os.kill(os.getpid(), signal.SIGTERM))
        for result in (counter.run("backup", tmp_path / "tuesday"), again.run("restore", monday)):
            assert result.exit_code == 130
    assert {path.name for path in tmp_path.iterdir()} == {"bank", "monday"}
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    again.told("restore", monday)


def test_where_no_list_can_be_kept_nothing_is_restored(
    counter: Counter, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    counter.told("backup", tmp_path / "monday")
    monkeypatch.setenv(ERASURES_FILE, str(tmp_path / "nowhere" / "list"))
    for place, url in ((("--data", tmp_path / "again"), ""), ((), elsewhere)):
        error = refused("restore", tmp_path / "monday", *place, url=url, code=3)
        assert (error["code"], "cannot be written" in error["message"]) == ("bad-erasures", True)
    assert not (tmp_path / "again").exists()
    monkeypatch.delenv(ERASURES_FILE)
    told("restore", tmp_path / "monday", url=elsewhere)


def test_nobody_is_erased_whom_nobody_agreed_to(counter: Counter):
    words = ["volunteer", "erase", ANN, "--data", str(counter.folder)]
    result = CliRunner().invoke(main, words, input="n\n")
    assert result.exit_code == 130
    assert counter.told("volunteer", "show", ANN)["name"] == "张三"
    result = CliRunner().invoke(main, words, input="y\n")
    assert (result.exit_code, "the log keeps the id alone" in result.stdout) == (0, True)


def test_a_chinese_terminal_is_asked_in_chinese_whether_to_erase(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    words = ["volunteer", "erase", ANN, "--data", str(counter.folder)]
    result = CliRunner().invoke(main, words, input="好\nn\n")
    asked, wrong, asked_again, told = result.stderr.splitlines()
    assert asked.startswith(f"确定永久清除 {ANN} (vol_")
    assert asked.endswith(") 的个人信息？ [y/N]: 好")
    assert (wrong, asked_again) == ("错误：请输入 y 或 n", f"{asked.removesuffix('好')}n")
    assert (result.exit_code, told) == (130, "错误：已中断。")


def test_what_cannot_be_backed_up_or_restored_is_told(counter: Counter, tmp_path: Path):
    monday, again = tmp_path / "monday", Counter(tmp_path / "again")
    counter.told("backup", monday)
    assert counter.refused("backup", monday, code=2)["code"] == "unusable-folder"
    assert refused("backup", tmp_path / "x", "--data", tmp_path / "none", code=3)["code"] == "no-ledger"
    assert counter.refused("restore", monday, code=3)["code"] == "ledger-there"
    wrong = tmp_path / "wrong"
    wrong.write_text("张三\n", "utf-8")
    assert again.refused("restore", monday, "--erasures", wrong, code=3)["code"] == "bad-erasures"
    assert again.refused("restore", monday, "--checkpoint", wrong, code=2)["code"] == "no-checkpoint"
    events = monday / "events.jsonl"
    events.write_text(events.read_text("utf-8").replace("stf_office", "stf_clerk1", 1), "utf-8")
    error = again.refused("restore", monday, code=1)
    assert (error["code"], error["message"][:35]) == ("bad-backup", "nothing is restored. events.jsonl: ")
    assert again.refused("restore", tmp_path, code=1)["code"] == "bad-backup"
    # Nothing half done lies about.
    assert {path.name for path in tmp_path.iterdir()} == {"bank", "monday", "wrong"}


def test_a_link_to_a_folder_is_followed(counter: Counter, tmp_path: Path):
    """It was renamed over the link, which no system allows."""
    (tmp_path / "disk").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "disk")
    counter.told("backup", link)
    assert (tmp_path / "disk" / "manifest.json").exists()
    place = tmp_path / "place"
    place.symlink_to(tmp_path / "other")
    assert Counter(place).told("restore", link)["position"] == counter.head()
    assert link.is_symlink()
    assert place.is_symlink()


def test_nothing_takes_the_place_of_a_mount(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Path, "is_mount", lambda _: True)
    error = counter.refused("backup", tmp_path / "disk", code=2)
    assert error["message"] == f"{tmp_path}/disk: nothing can take the place of a mount; name a folder in it"


def test_what_is_said_of_keys_is_so(
    counter: Counter, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Where none was found, or none had a place to go, they were told of as if they were there."""

    def keys(*words: object, url: str = "") -> str:
        said = run(*words, url=url).stdout
        return next(line.split(maxsplit=1)[1] for line in said.splitlines() if line.startswith("  Keys"))

    place = ("--data", counter.folder)
    assert keys("backup", tmp_path / "one", *place, "--keys").startswith("none is where")
    counter.told("token", "issue", "--role", "auditor")
    assert keys("backup", tmp_path / "two", *place, "--keys").startswith("token-key.pem: ")
    back = "put checkpoint-key.pem back from where you keep it, to sign on"
    again = ("--data", tmp_path / "again")
    assert keys("restore", tmp_path / "two", *again) == f"token-key.pem is in its place; {back}"
    counter.told("audit", "sign")
    both = "checkpoint-key.pem and token-key.pem: whoever has this folder has them"
    assert keys("backup", tmp_path / "three", *place, "--keys") == both
    monkeypatch.delenv(CHECKPOINT_KEY_FILE, raising=False)
    found = keys("restore", tmp_path / "three", url=elsewhere)
    assert found.startswith("checkpoint-key.pem stays in the backup, as nobody said where it goes; ")
