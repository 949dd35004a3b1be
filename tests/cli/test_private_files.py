"""What commands leave in files is their owner's alone, whatever the umask; what is open to others is told."""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.folders import DATABASE_URL
from ledger.store import privacy
from ledger.store.privacy import make_file, make_folder, open_paths, opener
from tests.cli.conftest import SCRIPT, run

posix = pytest.mark.skipif(os.name != "posix", reason="there are no modes")


class Typed:
    """Commands typed under a umask, in this process: to start a program for each takes most of the time."""

    def __init__(self, umask: int) -> None:
        self.umask = umask

    def __call__(self, *words: object) -> str:
        before = os.umask(self.umask)
        try:
            done = run(*words)
        finally:
            os.umask(before)
        assert (done.exit_code, done.stderr) == (0, ""), done.output
        return done.stdout


def modes(root: Path) -> dict[str, str]:
    """What is below a folder whose mode is not that of a private file or folder."""
    found = {path: path.lstat() for path in [root, *root.rglob("*")]}
    assert len(found) > 1
    return {
        str(path.relative_to(root)): oct(stat.st_mode & 0o7777)
        for path, stat in found.items()
        if stat.st_mode & 0o7777 != (0o700 if path.is_dir() else 0o600)
    }


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the demo leaves where nothing is masked, of which each umask has a copy."""
    root = tmp_path_factory.mktemp("demo") / "all"
    Typed(0)("demo", "--files", "--data", root / "deep" / "below" / "bank")
    assert modes(root) == {}
    return root


@posix
@pytest.mark.slow
@pytest.mark.parametrize(
    "umask", [0o000, 0o277, *(pytest.param(one, marks=pytest.mark.full) for one in (0o022, 0o077))], ids=oct
)
def test_folders_and_databases_that_commands_made_were_open_to_everybody(
    tmp_path: Path, demo: Path, umask: int
):
    typed, root = Typed(umask), Path(shutil.copytree(demo, tmp_path / "all"))
    bank = root / "deep" / "below" / "bank"
    here = ("--data", bank)
    typed("volunteer", "erase", "QH2025000017", "--yes", *here)
    typed("token", "issue", "--role", "auditor", *here)
    typed("audit", "sign", *here)
    typed("audit", "receipt", 1, "--event", root / "event.json", *here)
    typed("projections", "follow", "--once", *here)
    typed("projections", "follow", "--once", "--into", root / "elsewhere" / "views", *here)
    typed("projections", "rebuild", *here)
    typed("backup", root / "backups" / "first", "--keys", *here)
    typed("restore", root / "backups" / "first", "--data", root / "restored" / "bank")
    typed("audit", "replay", root / "replays" / "first", *here)
    typed("export", "hledger", root / "books.journal", *here)
    typed("export", "parquet", root / "parquet" / "first", *here)
    typed("witness", root / "witnesses" / "first", "--name", "example.org/witness", "--show-key")
    typed("init", "--data", root / "new" / "bank")
    typed("audit", "bundle", tmp_path / "bundle", *here)
    typed("import", "log", tmp_path / "bundle", "--data", root / "imported" / "bank")
    assert modes(root) == {}


@posix
@pytest.mark.slow
def test_a_ledger_that_is_open_to_everybody_was_served_without_a_word(tmp_path: Path):
    bank = tmp_path / "open"
    bank.mkdir(0o755)
    typed = Typed(0o022)
    typed("init", "--data", bank)
    typed("token", "issue", "--role", "auditor", "--data", bank)
    # A folder that was there before is left as it is, and so is a file.
    assert modes(bank) == {".": "0o755"}
    (bank / "directory.sqlite").chmod(0o640)
    told = tmp_path / "told"
    command = [SCRIPT, "serve", "--port", str(free_port()), "--data", bank]
    with (
        told.open("w") as stderr,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=stderr, text=True, env={**os.environ, DATABASE_URL: ""}
        ) as server,
    ):
        assert server.stdout is not None
        try:
            assert server.stdout.readline().startswith("Serving at")
        finally:
            server.send_signal(signal.SIGINT)
    (warning,) = [line for line in told.read_text("utf-8").splitlines() if "open to others" in line]
    assert warning.startswith(f"Warning: open to others than their owner: {bank}, {bank}/directory.sqlite")
    assert "ledger.sqlite" not in warning
    assert f"`chmod go-rwx {bank} {bank}/directory.sqlite" in warning


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@posix
def test_a_file_is_private_from_its_first_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    # Whatever is mended afterwards is left out here.
    monkeypatch.delattr(privacy.os, "fchmod")
    before = os.umask(0)
    try:
        with open(tmp_path / "new", "w", opener=opener):
            assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)


@posix
def test_locks_on_a_database_outlive_the_making_of_its_file(tmp_path: Path):
    path = tmp_path / "ledger.sqlite"
    make_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    ask = f"import sqlite3; sqlite3.connect({str(path)!r}, timeout=0).execute('BEGIN IMMEDIATE')"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        make_file(path)
        other = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    assert "database is locked" in other.stderr


@posix
def test_a_database_behind_a_link_is_made_where_the_link_leads(tmp_path: Path):
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "real.sqlite")
    make_file(tmp_path / "link.sqlite")
    assert (tmp_path / "real.sqlite").stat().st_mode & 0o777 == 0o600


@posix
def test_what_was_there_keeps_its_mode_and_is_told(tmp_path: Path):
    folder, file = tmp_path / "folder", tmp_path / "folder" / "ledger.sqlite"
    folder.mkdir()
    folder.chmod(0o755)
    file.touch()
    file.chmod(0o644)
    beside = [folder / "ledger.sqlite-wal", folder / "ledger.lock"]
    for path in beside:
        path.touch()
        path.chmod(0o604)
    make_folder(folder)
    with open(file, "a", opener=opener):
        pass
    assert open_paths([folder, file, folder / "gone"]) == [folder, file, *beside]
    file.chmod(0o600)
    folder.chmod(0o700)
    assert open_paths([folder, file, file]) == beside


@posix
def test_a_folder_in_whose_place_a_file_lies_is_not_made(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        make_folder(tmp_path / "file" / "folder")
    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "file")
