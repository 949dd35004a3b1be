"""Files that are refused, and how."""

import codecs
import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.exchange import grids
from ledger.exchange.tables import UnreadableFile, read_table
from tests.exchange.columns import HOURS
from tests.exchange.sent import HEADER, Send, refusal, said


def test_a_file_that_is_gone_or_a_folder_is_refused_by_its_name(tmp_path: Path):
    assert refusal(tmp_path / "gone.csv") == "gone.csv cannot be opened: No such file or directory."
    (tmp_path / "folder.csv").mkdir()
    assert refusal(tmp_path / "folder.csv") == "folder.csv cannot be opened: Is a directory."


def test_what_the_system_says_of_a_file_is_told_in_both_languages(tmp_path: Path):
    with pytest.raises(UnreadableFile) as refused:
        read_table(tmp_path / "gone.csv", HOURS)
    assert refused.value.zh == "无法打开 gone.csv：没有该文件或文件夹。"


def test_a_name_is_shown_without_what_could_disturb_a_terminal(tmp_path: Path):
    assert refusal(tmp_path / "a\x1b[2J\u202e.csv").startswith("a?[2J?.csv cannot be opened")


def test_an_empty_file_is_refused(send: Send):
    assert refusal(send("hours.csv", b"")) == "hours.csv is empty."


@pytest.mark.parametrize(
    "content",
    [
        bytes(1000),
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff",
        random.Random(1).randbytes(9999),
    ],
)
def test_a_binary_file_is_no_text_table(send: Send, content: bytes):
    assert refusal(send("hours.csv", content)) == "hours.csv is not a text table."


@pytest.mark.parametrize(
    "content", [b"\xff", HEADER.encode("gb18030") + b"SD01,\xff\n", codecs.BOM_UTF8 + b"\xb1"]
)
def test_a_text_in_no_known_encoding_is_refused(send: Send, content: bytes):
    assert "is in no known encoding" in refusal(send("hours.csv", content))


def test_a_quotation_mark_that_nobody_closes_swallows_no_rows(send: Send):
    assert "from line 3 on" in refusal(send("hours.csv", f'{HEADER}SD01,2\nSD02,"3\nSD03,4\n'))
    assert "from line 1 on" in refusal(send("hours.csv", f'"补录表\n{HEADER}SD01,2\n'))


def test_limits_are_said(send: Send, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(grids, "MAX_ROWS", 3)
    assert len(read_table(send("hours.csv", HEADER + "SD01,2\n" * 2), HOURS).rows) == 2
    assert refusal(send("hours.csv", HEADER + "SD01,2\n" * 3)) == "hours.csv has more than 3 rows."


def test_a_file_may_have_64_mebibytes_and_no_more(send: Send):
    path = send("hours.csv", HEADER)
    with path.open("r+b") as file:
        file.truncate(64 * 1024**2 + 1)
    assert refusal(path) == "hours.csv is larger than 64 MiB."


def test_a_cell_may_have_ten_thousand_characters_and_no_more(send: Send):
    assert said(read_table(send("hours.csv", f"{HEADER}SD01,{'长' * 10_000}\n"), HOURS)) == ["长" * 10_000]
    path = send("hours.csv", f"{HEADER}SD01,{'长' * 10_001}\n")
    assert refusal(path) == "hours.csv has a cell of over 10,000 characters in line 2."
    assert "a cell is too long" in refusal(send("hours.csv", f"{HEADER}SD01,{'长' * 200_000}\n"))


def test_a_row_without_end_is_refused(send: Send):
    assert "more than 16,384 columns in line 2" in refusal(send("hours.csv", HEADER + "," * 20_000))


words = st.sampled_from([",", '"', "\0", "\r", "\n", "\t", ";", "志愿者编号", "时长", "\ufeff", "２"])
scraps = words.map(str.encode) | words.map(lambda word: word.encode("utf-16")) | st.binary(max_size=4)


@given(st.lists(scraps, max_size=40).map(b"".join))
def test_any_bytes_are_a_table_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    with suppress(UnreadableFile):
        table = read_table(path, HOURS)
        assert [row.number for row in table.rows] == [*range(1, len(table.rows) + 1)]
