"""Whole files: where the table is found in what an office sent, and which files are refused and how."""

import base64
import codecs
import csv
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ledger.exchange import grids
from ledger.exchange.tables import Column, Columns, Row, Table, UnreadableFile, read_table

HOURS = Columns(
    (
        Column("volunteer", "志愿者编号"),
        Column("minutes", "服务时长（小时）", also=("服务时长", "时长")),
        Column("note", "备注", needed=False),
    )
)
TEAMS = Columns((Column("team", "服务队名称"), Column("parent", "上级服务队")), lone_cell="root")

HEADER = "志愿者编号,服务时长（小时）\n"

Value = str | int | float | bool | date | None
Send = Callable[[str, bytes | str], Path]
SendWorkbook = Callable[..., Path]


@pytest.fixture
def send(tmp_path: Path) -> Send:
    def sent(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return sent


@pytest.fixture
def send_workbook(tmp_path: Path) -> SendWorkbook:
    def sent(*sheets: dict[tuple[int, int], Value], merged: tuple[int, int, int, int] | None = None) -> Path:
        path = tmp_path / "hours.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
            for cells in sheets:
                sheet = workbook.add_worksheet()
                for (row, column), value in cells.items():
                    sheet.write(row, column, value)
                if merged:
                    sheet.merge_range(*merged, cells[merged[:2]])
        return path

    return sent


def cells_of(*rows: list[Value]) -> dict[tuple[int, int], Value]:
    return {(row, column): value for row, line in enumerate(rows) for column, value in enumerate(line)}


def said(table: Table, field: str = "minutes") -> list[str]:
    return [row.cells[field] for row in table.rows]


def refusal(path: Path, columns: Columns = HOURS) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_table(path, columns)
    assert str(path.parent) not in str(refused.value)
    return str(refused.value)


# Where the table is.


def test_titles_above_and_notes_among_the_rows_are_passed_over(send: Send):
    path = send("hours.csv", f"补录表,\n注：全部,\n{HEADER}SD01,2\n,\n\nSD02,1.5\n填表人：综合科,\n")
    table = read_table(path, HOURS)
    assert table.rows == [
        Row(number=1, line=4, cells={"volunteer": "SD01", "minutes": "2", "note": ""}, extra={}),
        Row(number=2, line=7, cells={"volunteer": "SD02", "minutes": "1.5", "note": ""}, extra={}),
    ]


def test_where_the_root_of_a_tree_stands_alone_it_counts(send: Send):
    table = read_table(send("teams.csv", "服务队名称,上级服务队\n总队,\n,\n支队,总队\n"), TEAMS)
    assert [(row.number, row.line, row.cells["team"]) for row in table.rows] == [
        (1, 2, "总队"),
        (2, 4, "支队"),
    ]


def test_a_lone_cell_elsewhere_than_in_the_first_column_is_a_row(send: Send):
    assert said(read_table(send("hours.csv", f"{HEADER},2\n"), HOURS)) == ["2"]


def test_headers_are_compared_by_what_they_say(send: Send):
    table = read_table(send("hours.csv", '" 志愿者\n编号 ",服务时长(小时)\nSD01,2\n'), HOURS)
    assert said(table) == ["2"]
    assert table.rows[0].line == 3


def test_a_header_may_have_other_spellings(send: Send):
    assert said(read_table(send("hours.csv", "时长,志愿者编号\n2,SD01\n"), HOURS)) == ["2"]


def test_the_header_stands_within_the_first_thirty_rows(send: Send):
    assert said(read_table(send("hours.csv", "\n" * 29 + HEADER + "SD01,2\n"), HOURS)) == ["2"]
    assert "no row with all needed headers" in refusal(send("hours.csv", "\n" * 30 + HEADER + "SD01,2\n"))


def test_the_refusal_names_what_the_nearest_header_lacks(send: Send):
    path = send("hours.csv", "说明,一,二\n志愿者编号,时间\nSD01,2\n")
    assert (
        refusal(path) == "hours.csv has no row with all needed headers; the nearest lacks 服务时长（小时）."
    )


def test_a_file_without_any_header_lacks_them_all(send: Send):
    assert refusal(send("hours.csv", "a,b\n")).endswith("lacks 志愿者编号、服务时长（小时）.")


@pytest.mark.parametrize(
    "header", ["志愿者编号,时长,时长", "志愿者编号,时长,服务时长", "志愿者编号,时长,备注,备 注"]
)
def test_a_wanted_column_that_is_there_twice_is_refused(send: Send, header: str):
    assert refusal(send("hours.csv", f"\n{header}\nSD01,2,3\n")).startswith("hours.csv, line 2: the column ")


# What the cells hold.


def test_columns_nobody_asked_for_are_kept(send: Send):
    path = send("hours.csv", "志愿者编号,时长, 地 点,备注\nSD01,2, 东村,好\nSD02,3\n")
    table = read_table(path, HOURS)
    assert table.unknown_columns == ("地 点",)
    assert [row.extra for row in table.rows] == [{"地 点": " 东村"}, {"地 点": ""}]
    assert said(table, "note") == ["好", ""]


def test_a_filled_cell_without_a_header_of_its_own_is_not_lost(send: Send):
    path = send("hours.csv", "志愿者编号,地点,地点,时长,,\nSD01,东村,西村,2,,,补\nSD02,东村,,3,改,\n")
    table = read_table(path, HOURS)
    assert table.unknown_columns == ("地点", "column 3")
    assert [row.extra for row in table.rows] == [
        {"地点": "东村", "column 3": "西村", "column 7": "补"},
        {"地点": "东村", "column 3": "", "column 5": "改"},
    ]


def test_cells_are_kept_as_typed(send: Send):
    table = read_table(send("hours.csv", f"{HEADER} ＳＤ０１ ,２\u3000\n"), HOURS)
    assert table.rows[0].cells["volunteer"] == " ＳＤ０１ "
    assert said(table) == ["２\u3000"]


def test_a_nul_is_left_in_its_cell_for_the_row_to_be_judged(send: Send):
    assert said(read_table(send("hours.csv", f"{HEADER}SD01,2\0\nSD02,\0\nSD03,1\n"), HOURS)) == [
        "2\0",
        "\0",
        "1",
    ]


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


# Workbooks.


def test_cells_of_a_workbook_become_text_that_says_no_more_than_they_do(send_workbook: SendWorkbook):
    values: dict[str, Value] = {
        "1": 1.0,
        "1.5": 1.5,
        "-2": -2,
        "0.1": 0.1,
        "45540": 45540,
        "123456789012345": 123456789012345,
        "6.10281199001011E+17": 610281199001011234,
        "6.1E+17": 6.1e17,
        "0.3": 0.1 * 3,
        "2024-09-05": date(2024, 9, 5),
        "2024-09-05 08:30:00": datetime(2024, 9, 5, 8, 30),  # noqa: DTZ001 - a sheet knows no zone
        "TRUE": True,
        " 两小时 ": " 两小时 ",
        "": None,
    }
    path = send_workbook(cells_of(["志愿者编号", "时长"], *(["SD01", value] for value in values.values())))
    # The blank one is a row with its first cell only.
    assert said(read_table(path, HOURS)) == list(values)[:-1]


def test_a_time_of_day_is_shown_as_one(tmp_path: Path):
    path = tmp_path / "hours.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["志愿者编号", "时长"])
        sheet.write(1, 0, "SD01")
        sheet.write_number(1, 1, 1.5 / 24, workbook.add_format({"num_format": "hh:mm"}))
    assert said(read_table(path, HOURS)) == ["01:30:00"]


def test_the_first_sheet_with_the_header_is_read_alone(send_workbook: SendWorkbook):
    path = send_workbook(
        cells_of(["说明"], ["x" * 10_001]),
        {},
        cells_of(["志愿者编号", "时长"], ["SD01", "2"]),
        cells_of(["志愿者编号", "时长"], ["SD02", "3"]),
    )
    assert said(read_table(path, HOURS)) == ["2"]


def test_the_first_cell_is_in_the_sheets_first_column_and_lines_are_the_sheets(send_workbook: SendWorkbook):
    path = send_workbook({(4, 1): "志愿者编号", (4, 2): "时长", (6, 1): "SD01", (8, 1): "SD02", (8, 2): "2"})
    table = read_table(path, HOURS)
    assert [(row.number, row.line) for row in table.rows] == [(1, 7), (2, 9)]


def test_merged_titles_headers_and_cells_hold_their_text_once(send_workbook: SendWorkbook):
    rows = cells_of(["补录表"], ["志愿者编号", "时长", "备注"], ["SD01", "2", "同上"], ["SD02", "3"])
    assert said(read_table(send_workbook(rows, merged=(0, 0, 0, 2)), HOURS)) == ["2", "3"]
    assert said(read_table(send_workbook(rows, merged=(2, 2, 3, 2)), HOURS), "note") == ["同上", ""]


# Made by another program, as nothing here writes the old format: a title, the header, one row.
XLS = zlib.decompress(
    base64.b64decode(
        "eNrtWE1oE0EU/maTND/kt6aFVqghYNXagsWLUNpVUXuy1BRRVIipCVVqUgle6iXRGuhFEMWD4iVQQS9VL/6ggp70IFT0UBCE"
        "RPHkSfDv0GZ987KraVVoQAuV+ZZ58+bNezNvdmbezO6LmVCpeLu1jEXogw0Vw42GGpmg5LYKQVC9YUjWyl2UDIUVBbeLJrLB"
        "gQe+5045h3K+y9Bwy/6EKPCW0iGcwMBYJhVZRmxnHxJC+tBLVOAqSfxoYa8amR5huorpTdZ8yHQrS84x7SXdkjiAGX2gY4u5"
        "ivdrUa7zQ7Z7l21es6QbTXgmV3HuvKjqOrAteyxxfIVVtNm9mAJNaH8qk8rKcgDX4AHGCV3pdFcyWUKYJnsKn40I8Mna1Y8j"
        "Sr68cgGSf1sod/5B7qJJXCy/qNmBPIzDvEkK8CJqlzWa+JLKXZpDD60JcLJBpCb3xo9OOiBm43rCkW/OfR2yQ/hGijGpTGxP"
        "+nrsfWrNCDUxtGNTt0dGfI4QwQURwsc7x0s0iQDzId4/QXJx7sbHl7uHB/U4S/J8KlTPjrXSVRg4LS3I2M81th+0gy02Mj3D"
        "ra5mvpVpmAZBeftgk8nsmmCds1zbTv1sZrzS19Xw64kvfNhzr63wTt9A/HR/+VR4elYvIkpnWZLs5TOBTtEprlyWuK9buTDj"
        "zBumLb/EHJcWNMdmmAdkAPNylxFCTKWG4NEt1BCsIWm1ZL2/akmjks201n5jrbG1fJeP2ENpfVCTUfHCU43KfVoj7kglioQ/"
        "4YGCgoKCgoKCgoKCvINq5v3bbn4oyBu+0/yvM0+pon6T/LeIYYyek/RRuRMZyrMYr2v9NMMhrLbEEm2s/4US+6j3LEYxzH6M"
        "1r1+6ftH1I5nyYbBv7eF6u2/Uo+f/7j/779X3VI="
    )
)

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
MANIFEST = f'<m:manifest xmlns:m="{ODF}manifest:1.0"/>'
CONTENT = (
    f'<office:document-content xmlns:office="{ODF}office:1.0" xmlns:table="{ODF}table:1.0" '
    f'xmlns:text="{ODF}text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="时长"><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>志愿者编号</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><text:p>时长</text:p></table:table-cell>'
    '<table:table-cell table:number-columns-repeated="16382"/></table:table-row><table:table-row>'
    '<table:table-cell office:value-type="string"><text:p>SD01</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="1.5"><text:p>1.50</text:p></table:table-cell>'
    '</table:table-row><table:table-row table:number-rows-repeated="1048574">'
    '<table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)


def test_an_old_workbook_is_read(send: Send):
    table = read_table(send("hours.xls", XLS), HOURS)
    assert said(table) == ["1.5"]
    assert table.rows[0].extra == {"活动日期": "2024-09-05"}


def test_an_open_document_is_read(send: Send):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", CONTENT)
    assert said(read_table(send("hours.ods", packed.getvalue()), HOURS)) == ["1.5"]


def test_the_content_decides_not_the_ending(send: Send):
    assert said(read_table(send("hours.csv", XLS), HOURS)) == ["1.5"]
    assert said(read_table(send("hours.xlsx", f"{HEADER}SD01,2\n"), HOURS)) == ["2"]


def test_a_damaged_workbook_that_ends_its_parser_does_not_end_us(send: Send):
    three_rows, billions_of_rows = struct.pack("<III", 14 << 16 | 0x200, 0, 3), 2**32 - 1
    damaged = XLS.replace(three_rows, three_rows[:-4] + struct.pack("<I", billions_of_rows))
    assert damaged != XLS
    assert "cannot be read as a workbook" in refusal(send("hours.xls", damaged))


def test_a_stray_entry_in_the_last_corner_is_refused_not_allocated(send_workbook: SendWorkbook):
    path = send_workbook({**cells_of(["志愿者编号", "时长"]), (1_048_575, 16_383): "x"})
    assert "stray entry" in refusal(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"x" * 100, b"PK\x05\x06" + bytes(18), XLS[:700]])
def test_what_only_begins_like_a_workbook_is_refused(send: Send, content: bytes):
    assert refusal(send("hours.xlsx", content)).startswith("hours.xlsx cannot be read as a workbook")


# Files that are refused.


def test_a_file_that_is_gone_or_a_folder_is_refused_by_its_name(tmp_path: Path):
    assert refusal(tmp_path / "gone.csv") == "gone.csv cannot be opened: No such file or directory."
    (tmp_path / "folder.csv").mkdir()
    assert refusal(tmp_path / "folder.csv") == "folder.csv cannot be opened: Is a directory."


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
