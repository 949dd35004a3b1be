"""Text files: how their lines, cells and letters are told apart."""

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.exchange.tables import read_table
from tests.exchange.columns import HOURS
from tests.exchange.sent import HEADER, Send, said


def test_lines_are_those_of_the_file_when_cells_hold_line_breaks(send: Send):
    path = send("hours.csv", '志愿者编号,时长\r\nSD01,"1\r\n小时"\r\nSD02,"2"\r\n\r\nSD03,3')
    table = read_table(path, HOURS)
    assert said(table) == ["1\r\n小时", "2", "3"]
    assert [(row.number, row.line) for row in table.rows] == [(1, 2), (2, 4), (3, 6)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read_and_the_last_may_be_missing(send: Send, end: str):
    table = read_table(send("hours.csv", end.join([HEADER.strip(), "SD01,2", "SD02,3"])), HOURS)
    assert [(row.line, row.cells["minutes"]) for row in table.rows] == [(2, "2"), (3, "3")]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_text_is_parted_by_what_its_header_matches(send: Send, delimiter: str):
    rows = [["补录表，2026"], ["志愿者编号", "时长"], ["SD01", "1,5"], ["SD02", '他说"好"']]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    assert said(read_table(send("hours.txt", text.getvalue()), HOURS)) == ["1,5", '他说"好"']


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
        ("gb18030", b""),
        ("gb18030", "\ufeff".encode("gb18030")),
    ],
)
def test_the_encoding_is_found(send: Send, encoding: str, mark: bytes):
    path = send("hours.csv", mark + f"{HEADER}SD01,两小时\nSD02,𠮷\n".encode(encoding))
    assert said(read_table(path, HOURS)) == ["两小时", "𠮷"]


written = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;\t\n\r'), max_size=12)


@given(
    rows=st.lists(st.tuples(written, written), max_size=12), encoding=st.sampled_from(["utf-8-sig", "utf-16"])
)
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], encoding: str
):
    path = tmp_path_factory.getbasetemp() / "written.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([("志愿者编号", "时长", "备注"), *((*row, "x") for row in rows)])
    table = read_table(path, HOURS)
    assert [(row.cells["volunteer"], row.cells["minutes"]) for row in table.rows] == rows
    assert [row.number for row in table.rows] == [*range(1, len(rows) + 1)]
