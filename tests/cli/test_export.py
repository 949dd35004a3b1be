"""Exports at the command line: what an office types, and what lies in the files then."""

import collections
import errno
import os
import signal
import sqlite3
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest
from pyarrow import parquet

from ledger.audit.exports.parquet import _Table
from ledger.bootstrap import open_for_reading
from ledger.cli.terminal.failures import UnusableFile
from ledger.cli.terminal.files import new_file
from ledger.domain.postings import postings, service_lines
from ledger.settings import read_settings
from ledger.store.codec import decode
from ledger.store.log import between, head
from tests.cli.conftest import ANN, BOB, Counter, County, refused, run, told

TOOLS = ("hledger", "beancount")


@pytest.fixture
def bank(counter: Counter) -> Path:
    """A ledger in which minutes were earned and given."""
    counter.attest(ANN, 90)
    counter.attest(BOB, 60, "2026-03-01")
    counter.told("transfer", ANN, BOB, 30)
    return counter.folder


@pytest.mark.parametrize("tool", TOOLS)
def test_a_journal_is_written_and_told_of(tool: str, bank: Path, tmp_path: Path):
    file = tmp_path / "journal"
    found = told("export", tool, file, "--data", bank)
    assert (found["transactions"], found["accounts"]) == (3, 6)
    text = file.read_text("utf-8")
    assert f"; position: {found['position']}\n; root: {found['root']}\n" in text
    assert "张三" not in text
    said = run("export", tool, file, "--force", "--data", bank).stdout
    assert (
        said == f"3 transactions, 6 accounts\n{found['position']} events of timebank, root {found['root']}\n"
    )
    assert file.read_text("utf-8") == text


@pytest.mark.parametrize("kind", [*TOOLS, "parquet"])
def test_an_export_that_was_told_to_end_leaves_nothing(
    kind: str, bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def end(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    with monkeypatch.context() as patched:
        patched.setattr("ledger.audit.reading.event_hash", end)
        assert run("export", kind, tmp_path / "new", "--data", bank).exit_code == 130
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and bank not in path.parents] == []
    told("export", kind, tmp_path / "new", "--data", bank)


def test_an_export_up_to_a_position_is_that_of_the_log_as_it_was(bank: Path, tmp_path: Path):
    before, after = tmp_path / "before", tmp_path / "after"
    size = told("export", "hledger", before, "--data", bank)["position"]
    told("transfer", BOB, ANN, 5, "--data", bank)
    told("export", "hledger", after, "--at", size, "--data", bank)
    assert after.read_bytes() == before.read_bytes()
    error = refused("export", "hledger", tmp_path / "none", "--at", size + 2, "--data", bank, code=2)
    assert error == {
        "code": "unknown-position",
        "message": f"Invalid value for '--at': the log has {size + 1} events",
    }
    for at in (0, 2**63):
        refused("export", "hledger", tmp_path / "none", "--at", at, "--data", bank, code=2)
    assert not (tmp_path / "none").exists()


def test_a_file_that_is_there_is_kept_unless_force_is_said(bank: Path, tmp_path: Path):
    file = tmp_path / "journal"
    file.write_text("my own books")
    error = refused("export", "hledger", file, "--data", bank, code=2)
    assert (error["code"], error["message"].endswith("--force writes it anew")) == ("file-exists", True)
    assert file.read_text() == "my own books"
    told("export", "hledger", file, "--force", "--data", bank)
    assert file.read_text("utf-8").startswith("; ")
    link = tmp_path / "link"
    link.symlink_to("/dev/null")
    assert refused("export", "hledger", link, "--force", "--data", bank, code=2)["code"] == "file-exists"


def begin(path: Path, failure: BaseException) -> None:
    """Write half of a file, and fail."""
    with new_file(path, force=True) as file:
        file.write("half")
        raise failure


def test_an_export_that_fails_leaves_no_half_of_a_file(tmp_path: Path):
    kept = tmp_path / "kept"
    kept.write_text("before")
    with pytest.raises(KeyboardInterrupt):
        begin(kept, KeyboardInterrupt())
    with pytest.raises(UnusableFile, match="No space left"):
        begin(tmp_path / "new", OSError(errno.ENOSPC, "No space left on device"))
    assert [one.name for one in tmp_path.iterdir()] == ["kept"]
    assert kept.read_text() == "before"


def test_a_scratch_file_that_cannot_grow_is_told(bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_: object, __: object) -> NoReturn:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("ledger.audit.exports.movements.Movements.take", full)
    error = refused("export", "hledger", tmp_path / "journal", "--data", bank, code=3)
    assert error["message"].endswith("could not be kept: database or disk is full")
    assert not (tmp_path / "journal").exists()


@pytest.mark.parametrize("tool", TOOLS)
def test_where_there_is_no_folder_or_ledger_that_is_told(tool: str, bank: Path, tmp_path: Path):
    assert (
        refused("export", tool, tmp_path / "no" / "file", "--data", bank, code=2)["code"] == "unusable-file"
    )
    assert (
        refused("export", tool, tmp_path / "file", "--data", tmp_path / "no", code=3)["code"] == "no-ledger"
    )
    assert not (tmp_path / "file").exists()


class Books:
    """What the log says, folded here."""

    def __init__(self, folder: Path) -> None:
        with (
            open_for_reading(read_settings(folder, {})) as ledger,
            ledger.log.store.snapshot() as connection,
        ):
            self.rows = between(connection, 0, head(connection))
        self.facts = [decode(row.data) for row in self.rows]
        self.credits: collections.Counter[str] = collections.Counter()
        self.service: collections.Counter[str] = collections.Counter()
        for fact in self.facts:
            for posting in postings(fact):
                self.credits[posting.account] += posting.minutes
            for line in service_lines(fact):
                self.service[line.volunteer] += line.minutes


def summed(table: Any, owner: str) -> dict[str, int]:
    grouped = table.group_by(owner).aggregate([("minutes", "sum")]).to_pylist()
    return {row[owner]: row["minutes_sum"] for row in grouped}


@pytest.mark.slow
def test_parquet_holds_what_the_log_says(county: County, tmp_path: Path):
    folder = tmp_path / "parquet"
    found = told("export", "parquet", folder, "--data", county.folder)
    books = Books(county.folder)
    tables = {
        name: parquet.read_table(folder / f"{name}.parquet")
        for name in ("events", "postings", "service_lines")
    }
    events = tables["events"]
    assert events["data"].to_pylist() == [row.data for row in books.rows]
    assert events["at"].to_pylist() == [fact.at for fact in books.facts]
    assert [tuple(tags) for tags in events["tags"].to_pylist()] == [fact.tags() for fact in books.facts]
    assert events["position"].to_pylist() == list(range(1, found["position"] + 1))
    assert summed(tables["postings"], "account") == books.credits
    assert summed(tables["service_lines"], "volunteer") == books.service
    assert sum(tables["postings"]["minutes"].to_pylist()) == 0
    assert isinstance(tables["postings"]["day"][0].as_py(), date)
    for name in tables:
        metadata = parquet.read_metadata(folder / f"{name}.parquet").metadata
        assert {key.decode(): value.decode() for key, value in metadata.items() if b"timebank." in key} == {
            "timebank.origin": found["origin"],
            "timebank.position": str(found["position"]),
            "timebank.root": found["root"],
        }


def test_a_parquet_export_that_fails_leaves_no_half_of_a_file(
    bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("ledger.audit.exports.parquet.service_lines", full)
    error = refused("export", "parquet", tmp_path / "parquet", "--data", bank, code=2)
    assert (error["code"], "No space left" in error["message"]) == ("unusable-folder", True)
    assert not (tmp_path / "parquet").exists()


def test_a_parquet_file_that_cannot_be_ended_takes_the_others_along(
    bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What a full disk had room for stood there without the events."""
    end, ended = _Table.close, list[_Table]()

    def close(table: _Table) -> None:
        end(table)
        ended.append(table)
        if len(ended) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(_Table, "close", close)
    error = refused("export", "parquet", tmp_path / "parquet", "--data", bank, code=2)
    assert error["message"] == f"{tmp_path}/parquet: No space left on device"
    assert not (tmp_path / "parquet").exists()


def test_parquet_goes_into_an_empty_folder_only(bank: Path):
    assert refused("export", "parquet", bank, "--data", bank, code=2)["code"] == "unusable-folder"


def test_without_pyarrow_the_extra_is_named(bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    error = refused("export", "parquet", tmp_path / "parquet", "--data", bank, code=2)
    assert error == {
        "code": "not-installed",
        "message": "Parquet needs pyarrow: pip install 'timebank-ledger[parquet]'",
    }
    assert not (tmp_path / "parquet").exists()
