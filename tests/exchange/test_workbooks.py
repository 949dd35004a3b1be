"""Workbooks of every kind: what their cells say, and which are refused."""

import base64
import io
import struct
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from ledger.exchange.found import PassedOver
from ledger.exchange.tables import read_table
from tests.exchange.columns import HOURS
from tests.exchange.sent import HEADER, Send, SendWorkbook, Value, cells_of, refusal, said


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


def test_rows_of_a_second_sheet_were_dropped_without_a_word(send_workbook: SendWorkbook):
    path = send_workbook(
        cells_of(["说明"], ["x" * 10_001]),
        {},
        cells_of(["志愿者编号", "时长"], ["SD01", "2"]),
        cells_of(["志愿者编号", "时长"], ["SD02", "3"]),
    )
    table = read_table(path, HOURS)
    assert [(row.number, row.line, row.sheet, row.cells["minutes"]) for row in table.rows] == [
        (1, 2, "Sheet3", "2"),
        (2, 2, "Sheet4", "3"),
    ]
    assert table.passed_over == [PassedOver("no-header", "Sheet1", rows=2)]


def test_the_first_cell_is_in_the_sheets_first_column_and_lines_are_the_sheets(send_workbook: SendWorkbook):
    path = send_workbook({(4, 1): "志愿者编号", (4, 2): "时长", (6, 1): "SD01", (8, 1): "SD02", (8, 2): "2"})
    table = read_table(path, HOURS)
    assert [(row.number, row.line) for row in table.rows] == [(1, 7), (2, 9)]


def test_merged_titles_are_notes_and_a_cell_merged_down_counts_in_each_row(send_workbook: SendWorkbook):
    rows = cells_of(["补录表"], ["志愿者编号", "时长", "备注"], ["SD01", "2", "同上"], ["SD02", "3"])
    assert said(read_table(send_workbook(rows, merged=(0, 0, 0, 2)), HOURS)) == ["2", "3"]
    assert said(read_table(send_workbook(rows, merged=(2, 2, 3, 2)), HOURS), "note") == ["同上", "同上"]


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


ROW_OF_XLS = (0x208, 16, 2, 0, 3, 255, 0, 0)


@pytest.mark.parametrize(
    ("said", "says"),
    [((0x22, 2, 0), (0x22, 2, 1)), ((*ROW_OF_XLS, 0x100), (*ROW_OF_XLS, 0x120))],
    ids=["the 1904 system", "a hidden row"],
)
def test_an_old_workbook_that_shows_something_else_was_read(
    send: Send, said: tuple[int, ...], says: tuple[int, ...]
):
    before, after = (struct.pack(f"<{len(numbers)}H", *numbers) for numbers in (said, says))
    assert before in XLS
    assert refusal(send("hours.xls", XLS.replace(before, after))).endswith("Save it as .xlsx.")


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


@pytest.mark.slow
def test_a_stray_entry_in_the_last_corner_is_refused_not_allocated(send_workbook: SendWorkbook):
    path = send_workbook({**cells_of(["志愿者编号", "时长"]), (1_048_575, 16_383): "x"})
    assert "stray entry" in refusal(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"x" * 100, b"PK\x05\x06" + bytes(18), XLS[:700]])
def test_what_only_begins_like_a_workbook_is_refused(send: Send, content: bytes):
    assert refusal(send("hours.xlsx", content)).startswith("hours.xlsx cannot be read as a workbook")
