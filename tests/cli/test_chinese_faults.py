"""What goes wrong is told to a Chinese clerk in Chinese: backups, bundles, checkpoints, witnesses, lists."""

import contextlib
import json
import re
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Counter, run
from tests.cli.test_chinese import AS_IT_IS

WORD = re.compile(r"[A-Za-z]{2,}")
NAMED = re.compile(
    r"\b(?:JSON|UTF-8|NUL|PEM|UTC|SQLite)\b|[\w.]+\.(?:jsonl|json|txt)\b|timebank-ledger\S*|（[$.\w]+）|http://\S+"
)


@pytest.fixture(autouse=True)
def in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


def english(said: str) -> list[str]:
    return WORD.findall(AS_IT_IS.sub("", NAMED.sub("", said)))


def failure(*words: object, code: int) -> str:
    """What a command says on stderr as it leaves with `code`; nothing of it is English."""
    result = run(*words)
    assert result.exit_code == code, result.output
    assert not english(result.stderr), result.stderr
    return result.stderr


def tampered(counter: Counter, statement: str) -> None:
    """A statement that no trigger keeps from its work."""
    with contextlib.closing(sqlite3.connect(counter.folder / "ledger.sqlite", isolation_level=None)) as there:
        for (name,) in there.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            there.execute(f"DROP TRIGGER {name}")
        there.execute(statement)


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("manifest.json", '"format"', '"formal"', "未作任何恢复。manifest.json：内容不符合格式（formal）"),
        ("manifest.json", "backup/v1", "backup/v9", "本版本读取"),
        ("manifest.json", "{", "[", "manifest.json"),
        ("events.jsonl", "stf_office", "stf_clerk1", "events.jsonl"),
        ("events.jsonl", '"type":"ledger-opened"', '"type":"ledger-closed"', "不是事件"),
        ("volunteers.jsonl", '"number"', '"numbers"', "volunteers.jsonl 第 1 行：不是名册条目"),
        ("checkpoints.jsonl", "\u2014", "-", "checkpoints.jsonl 第 1 行"),
    ],
)
def test_what_is_wrong_with_a_backup_was_told_in_english(
    file: str, old: str, new: str, why: str, counter: Counter, tmp_path: Path
):
    counter.told("audit", "sign")
    counter.told("backup", tmp_path / "monday")
    changed(tmp_path / "monday" / file, old, new)
    assert why in failure("restore", tmp_path / "monday", "--data", tmp_path / "again", code=1)


def test_what_is_no_list_of_erasures_was_told_in_english(counter: Counter, tmp_path: Path):
    counter.told("backup", tmp_path / "monday")
    wrong = tmp_path / "erasures.txt"
    wrong.write_text("张三\n", "utf-8")
    words = ("restore", tmp_path / "monday", "--data", tmp_path / "again", "--erasures")
    assert "第 1 行：不是清除记录，应如 vol_" in failure(*words, wrong, code=3)


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("manifest.json", "bundle/v1", "bundle/v9", "不是本版本可读的核验包清单"),
        ("events.jsonl", '"type":"ledger-opened"', '"type":"ledger-closed"', "有 1 行无法接纳"),
        ("events.jsonl", "stf_office", "stf_clerk1", "个事件与签署时不符"),
    ],
)
def test_what_is_wrong_with_a_bundle_was_told_in_english(
    file: str, old: str, new: str, why: str, counter: Counter, tmp_path: Path
):
    counter.told("audit", "sign")
    counter.told("audit", "bundle", tmp_path / "bundle")
    changed(tmp_path / "bundle" / file, old, new)
    words = ("import", "log", tmp_path / "bundle", "--data", tmp_path / "again")
    assert why in failure(*words, code=1)
    told = json.loads(run(*words, "--json").stderr)["error"]
    assert not [one["reason"] for one in told["problems"] if english(one["reason"])]


def test_rows_in_doubt_and_witnesses_that_fail_were_told_in_english(counter: Counter):
    counter.told("audit", "sign")
    tampered(counter, "INSERT INTO checkpoint (size, note) VALUES (999999, 'junk')")
    counter.told("team", "form", "一队", "--community", "柳溪镇")
    told = failure("audit", "sign", "--witness", "http://127.0.0.1:9", "--data", counter.folder, code=1)
    assert "所存 999999 个事件的检查点不可信：不是已签署的文本" in told
    assert "http://127.0.0.1:9 未作见证签名：无法询问：连接被拒绝" in told


def test_a_log_that_is_not_what_was_signed_is_told_in_chinese(counter: Counter):
    counter.told("audit", "sign")
    tampered(counter, "DELETE FROM event WHERE position = (SELECT max(position) FROM event)")
    assert "已签署 9 个事件，总账只有 8 个" in failure("audit", "sign", "--data", counter.folder, code=3)
