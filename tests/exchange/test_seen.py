"""What a person who opens a file sees is what is judged; all else that stands in it is named."""

import string
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ledger.exchange.formats import adding
from ledger.exchange.found import Note, PassedOver, columns_called, rows_called
from ledger.exchange.kinds import KINDS
from ledger.exchange.tables import Table, UnreadableFile, read_table
from tests.exchange import bombs
from tests.exchange.columns import HOURS
from tests.exchange.office import Office, service
from tests.exchange.office import said as became
from tests.exchange.sent import HEADER, Send, refusal, said

CASES = Path(__file__).parents[1] / "data" / "cases"


def case(name: str) -> Table:
    return read_table(CASES / name, KINDS[name.rsplit("-", maxsplit=1)[-1].split(".", maxsplit=1)[0]].columns)


def workbook(
    path: Path, *rows: list[Any], formats: tuple[str, ...] = (), **options: Any
) -> xlsxwriter.Workbook:
    """A workbook of one sheet, still open; formats go by column."""
    book = xlsxwriter.Workbook(path, options)
    sheet = book.add_worksheet()
    made = [book.add_format({"num_format": code}) for code in formats]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value, made[column] if number and column < len(made) else None)
    return book


ROWS = [["志愿者编号", "时长"], ["SD01", 1], ["SD02", 2], ["SD03", 3]]


# Sheets, rows and columns that a person does not see.


def test_a_hidden_sheet_was_read_for_the_visible_one():
    table = case("hidden-sheet-hours.xlsx")
    assert [row.cells["record"] for row in table.rows] == ["A2"]
    assert table.passed_over == [PassedOver("hidden-sheet", "旧", rows=2)]


def test_the_second_of_two_sheets_was_dropped():
    assert [(row.cells["record"], row.sheet) for row in case("two-sheets-hours.xlsx").rows] == [
        ("A1", "一月"),
        ("A2", "二月"),
    ]


def test_a_very_hidden_sheet_is_named_and_an_empty_one_is_not(tmp_path: Path):
    with workbook(tmp_path / "hours.xlsx", *ROWS) as book:
        for name, text in (("旧", "x"), ("空", "")):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, text)
            sheet.very_hidden()
    assert read_table(tmp_path / "hours.xlsx", HOURS).passed_over == [
        PassedOver("hidden-sheet", "旧", rows=1)
    ]


def test_hidden_and_filtered_rows_were_recorded(tmp_path: Path):
    with workbook(tmp_path / "hours.xlsx", *ROWS) as book:
        for row in (1, 3, 7):
            book.worksheets()[0].set_row(row, None, None, {"hidden": True})
    table = read_table(tmp_path / "hours.xlsx", HOURS)
    assert said(table) == ["2"]
    assert table.passed_over == [PassedOver("hidden-rows", "Sheet1", "2, 4", rows=2)]


def test_a_hidden_column_was_content(tmp_path: Path):
    with workbook(tmp_path / "hours.xlsx", [*ROWS[0], "备注"], ["SD01", 1, "旧"]) as book:
        book.worksheets()[0].set_column("C:E", None, None, {"hidden": True})
    table = read_table(tmp_path / "hours.xlsx", HOURS)
    assert said(table, "note") == [""]
    assert table.passed_over == [PassedOver("hidden-columns", "Sheet1", "C")]


def test_a_header_that_nobody_sees_is_told_as_such(tmp_path: Path):
    with workbook(tmp_path / "hours.xlsx", *ROWS) as book:
        book.worksheets()[0].hide()
        book.add_worksheet("新").activate()
    assert "hidden or filtered are not read: unhide them" in refusal(tmp_path / "hours.xlsx")


def test_places_are_named_as_a_person_sees_them():
    assert rows_called([1, 2, 3, 7, 9, 10]) == "1-3, 7, 9-10"
    assert columns_called([0, 25, 26, 701, 702]) == "A, Z, AA, ZZ, AAA"
    assert rows_called(range(2, 100, 2)).endswith("38, 40, …")


def test_what_is_passed_over_is_told_in_both_languages():
    one = PassedOver("hidden-rows", "一月", "4-6", 3)
    assert one.told("en")["said"] == "sheet 一月, rows 4-6 are hidden or filtered"
    assert one.told("zh")["said"] == "工作表“一月”第 4-6 行已隐藏或被筛选掉"


# What a range, a format, an epoch or an error adds to a cell.


def test_a_village_merged_over_two_rows_was_of_the_first_alone():
    assert [(row.cells["village"], row.cells["team"]) for row in case("merged-roster.xlsx").rows] == [
        ("一村", "东镇支队")
    ] * 2


def test_a_merged_note_is_a_note_and_rows_merged_whole_are_one_row(tmp_path: Path):
    with workbook(tmp_path / "hours.xlsx", *ROWS[:2]) as book:
        sheet = book.worksheets()[0]
        sheet.merge_range("A3:A4", "SD02")
        sheet.merge_range("B3:B4", "2")
        sheet.merge_range("A5:B6", "填表人")
    table = read_table(tmp_path / "hours.xlsx", HOURS)
    assert said(table) == ["1", "2"]
    assert table.notes == [Note(5, "填表人", "Sheet1")]


def test_a_header_under_groups_that_are_merged_is_found(tmp_path: Path):
    with workbook(tmp_path / "hours.xlsx", [], ["", "", "姓名", "备注"], ["SD01", "2", "某甲", "好"]) as book:
        sheet = book.worksheets()[0]
        sheet.merge_range("A1:A2", "*志愿者编号")
        sheet.merge_range("B1:B2", "时长*")
        sheet.merge_range("C1:D1", "其他")
    table = read_table(tmp_path / "hours.xlsx", HOURS)
    assert [row.cells for row in table.rows] == [{"volunteer": "SD01", "minutes": "2", "note": "好"}]
    assert [row.line for row in table.rows] == [3]


def test_a_cell_merged_across_two_columns_counts_in_both(tmp_path: Path):
    with workbook(tmp_path / "hours.xlsx", [*ROWS[0], "备注"], ["SD01"]) as book:
        book.worksheets()[0].merge_range("B2:C2", "2")
    table = read_table(tmp_path / "hours.xlsx", HOURS)
    assert (said(table), said(table, "note")) == (["2"], ["2"])


def test_starred_headers_were_unknown():
    assert [row.cells["record"] for row in case("starred-header-hours.xlsx").rows] == ["A1"]


def test_an_error_cell_was_read_as_nothing(office: Office):
    assert [row.cells["village"] for row in case("error-cell-roster.xlsx").rows] == ["#N/A"]
    report = office.send_file("roster", CASES / "error-cell-roster.xlsx")
    assert [(one.column, one.value) for one in report.problems] == [("所属村（社区）", "#N/A")]


@pytest.mark.parametrize(
    "text", ["#N/A", " #REF! ", "#DIV/0!", "#NAME?", "科\N{REPLACEMENT CHARACTER}普", "锟斤拷"]
)
def test_what_is_nobody_s_text_was_recorded(office: Office, text: str):
    report = office.hours(service("1", activity=text), service("2"))
    assert became(report) == {"recorded": 1, "refused": [[1, "activity"]]}


def test_a_day_of_the_1904_system_was_four_years_too_early(office: Office):
    assert [row.cells["date"] for row in case("date1904-general-hours.xlsx").rows] == ["45717"]


def test_a_formatted_day_of_the_1904_system_is_what_it_shows(tmp_path: Path):
    with workbook(tmp_path / "h.xlsx", [*ROWS[0], "日"], ["SD01", 1, date(2025, 3, 1)],
                  formats=("@", "0", "yyyy-mm-dd"), date_1904=True):  # fmt: skip
        pass
    assert read_table(tmp_path / "h.xlsx", HOURS).rows[0].extra == {"日": "2025-03-01"}


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ('"V"0000', 1, "V0001"),
        ("00000", 7, "00007"),
        ('0.0"小时"', 1.5, "1.5小时"),
        ('0"小时";[Red]-0"小时"', -2, "-2小时"),
        ('General"分钟"', 90, "90分钟"),
        ("0%", 0.5, "50%"),
        ('0.0,"千"', 1500, "1.5千"),
        ("0;-0;;@", 0, ""),
        ('"No."@', "7", "No.7"),
        ("[>1]0;0.0", 3, "#FORMAT!"),
        ("000-0000", 1234567, "#FORMAT!"),
        ("#,##0.00_);(#,##0.00)", 1234.5, "1234.5"),
        ("# ?/?", 1.5, "1.5"),
        ("0.00E+00", 1.5, "1.5"),
        ('yyyy"年"m"月"d"日"', 45717, "2025-03-01"),
        ("[h]:mm", 1.5 / 24, "1:30:00"),
    ],
)
def test_what_a_format_adds_was_lost(tmp_path: Path, code: str, value: str | float, shown: str):
    with workbook(tmp_path / "hours.xlsx", [*ROWS[0], "备注"], ["SD01", 1, value], formats=("", "", code)):
        pass
    assert said(read_table(tmp_path / "hours.xlsx", HOURS), "note") == [shown]


# Text that cannot be what somebody meant, and formats that cannot tell.


def test_the_years_25_and_1025_were_recorded(office: Office):
    report = office.hours(
        *(service(f"{year}", date=f"{year}-02-17") for year in ("0025", "1025", "1949", "1950"))
    )
    assert became(report) == {"recorded": 1, "refused": [[1, "date"], [2, "date"], [3, "date"]]}


def test_a_web_page_was_a_table_without_headers():
    with pytest.raises(UnreadableFile, match=r"is a web page.*save it as \.xlsx") as refused:
        case("html-table-hours.xls")
    assert "另存为 .xlsx" in refused.value.zh


@pytest.mark.parametrize(
    "start", ["\ufeff \n<!DOCTYPE html>", "<?xml version='1.0'?><Workbook>", "MIME-Version: 1.0"]
)
def test_pages_of_other_kinds_are_told_too(send: Send, start: str):
    assert "is a web page or XML" in refusal(send("hours.xls", f"{start}{HEADER}SD01,2"))


@pytest.mark.parametrize(
    "cell",
    [
        '<table:table-cell table:number-rows-spanned="2"/>',
        '<table:table-cell office:value-type="string"><text:p>#N/A</text:p></table:table-cell>',
    ],
)
def test_an_open_document_that_cannot_tell_is_refused_with_the_way_out(send: Send, cell: str):
    content = bombs.ods(f"<table:table-row>{cell}</table:table-row>")
    assert refusal(send("hours.ods", content)).endswith("Save it as .xlsx.")


# Notes.


@pytest.mark.parametrize(
    ("name", "text"), [("first-cell-only-hours.csv", "A2"), ("first-cell-only-roster.csv", "某戊")]
)
def test_a_row_of_its_first_cell_alone_vanished(name: str, text: str):
    table = case(name)
    assert (len(table.rows), table.notes) == (1, [Note(3, text)])


def test_a_title_above_the_header_is_told(send: Send):
    table = read_table(send("hours.csv", f"补录表,2026\n\n{HEADER}SD01,2\n填表人,\n"), HOURS)
    assert table.notes == [Note(1, "补录表 2026"), Note(5, "填表人")]


texts = st.text(alphabet="甲乙12 #", max_size=3) | st.sampled_from(["志愿者编号", "时长", ""])
grids = st.lists(st.lists(texts, max_size=3), max_size=5)
headed = st.tuples(grids, st.booleans(), grids).map(
    lambda all: all[0] + [["志愿者编号", "时长"]] * all[1] + all[2]
)


@given(st.lists(st.tuples(headed, st.booleans(), st.sets(st.integers(0, 8))), min_size=1, max_size=3))
def test_every_row_that_holds_something_is_judged_or_named(
    tmp_path_factory: pytest.TempPathFactory, sheets: list[tuple[list[list[str]], bool, set[int]]]
):
    path = tmp_path_factory.getbasetemp() / "seen.xlsx"
    held = 0
    with xlsxwriter.Workbook(path) as book:
        for rows, hidden, unseen in sheets:
            sheet = book.add_worksheet()
            held += sum(any(map(str.strip, row)) for row in rows)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            for number in unseen:
                sheet.set_row(number, None, None, {"hidden": True})
            if hidden:
                sheet.hide()
    try:
        table = read_table(path, HOURS)
    except UnreadableFile:
        # None has a header, or one has a column twice.
        return
    headers = len(sheets) - sum(one.what in ("hidden-sheet", "no-header") for one in table.passed_over)
    blank = sum(not any(cell.strip() for row in rows for cell in row) for rows, _, _ in sheets)
    told = len(table.notes) + sum(one.rows for one in table.passed_over)
    assert len(table.rows) + told + headers - blank == held


@given(
    st.text(alphabet=string.printable + '#0;@?小时"\\[]', max_size=20),
    st.floats(-1e9, 1e9) | st.text(max_size=5),
)
def test_any_format_shows_something(code: str, value: float | str):
    form = adding(code)
    assert form is None or isinstance(form.text(value, str(value)), str)


def test_the_report_tells_notes_and_what_is_passed_over(office: Office):
    report = office.send_file("hours", CASES / "hidden-sheet-hours.xlsx")
    assert report.faulty
    assert [one.told("zh")["said"] for one in report.passed_over] == ["工作表“旧”已隐藏：2 行"]
    assert not office.hours({"record": "填表人"}).faulty
