"""Whole files: where the table is found in what an office sent, and what its cells hold."""

import pytest

from ledger.exchange.tables import Row, read_table
from tests.exchange.columns import HOURS, TEAMS
from tests.exchange.sent import HEADER, Send, refusal, said

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
    assert [row.extra for row in table.rows] == [{"地 点": " 东村"}, {}]
    assert said(table, "note") == ["好", ""]


def test_a_filled_cell_without_a_header_of_its_own_is_not_lost(send: Send):
    path = send("hours.csv", "志愿者编号,地点,地点,时长,,\nSD01,东村,西村,2,,,补\nSD02,东村,,3,改,\n")
    table = read_table(path, HOURS)
    assert table.unknown_columns == ("地点", "column 3")
    assert [row.extra for row in table.rows] == [
        {"地点": "东村", "column 3": "西村", "column 7": "补"},
        {"地点": "东村", "column 5": "改"},
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
