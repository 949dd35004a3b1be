"""Imports from the command line: what is told, what is refused as a whole, and what interrupts."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.cli.terminal import output
from ledger.cli.words.tools import TOOLS
from ledger.demo.showing import COUNTY
from ledger.exchange.importing import Desk, Progress, Report
from ledger.exchange.kinds import KINDS
from ledger.exchange.tables import Table
from tests.cli.conftest import EXPECTED, import_people, refused, run, told

pytestmark = pytest.mark.slow

COMMUNITIES = COUNTY / "communities.xlsx"
HEADER = "名称,上级,层级\n"


def test_a_dry_run_tells_the_same_and_records_nothing(fresh: Path):
    before = told("projections", "list", "--data", fresh)
    rehearsed = told("import", "communities", COMMUNITIES, "--dry-run", "--data", fresh)
    assert told("projections", "list", "--data", fresh) == before
    said = run("import", "communities", COMMUNITIES, "--dry-run", "--data", fresh).stdout
    assert "nothing was recorded" in said

    done = told("import", "communities", COMMUNITIES, "--data", fresh)
    assert (rehearsed.pop("dry_run"), done.pop("dry_run")) == (True, False)
    assert rehearsed == done


def test_problems_are_told_row_by_row(fresh: Path, written: Callable[[str], Path]):
    file = written(f"表\n{HEADER}甲县,,区县\n乙镇,甲县,什么\n乙镇,甲县,镇街\n乙镇,甲县,村社区\n")
    found = told("import", "communities", file, "--data", fresh, code=1)

    assert (found["rows"], found["recorded"]) == (4, 2)
    assert (found["conflict"], found["refused"]) == ([4], [[2, "level"]])
    assert [(one["row"], one["line"], one["column"], one["value"]) for one in found["problems"]] == [
        (2, 4, "层级", "什么"),
        (4, 6, "名称", "乙镇"),
    ]
    assert all(one["reason"] for one in found["problems"])


def test_people_read_a_summary_and_the_problems(fresh: Path, written: Callable[[str], Path]):
    rows = "".join(f"村{number},无此镇,村社区\n" for number in range(30))
    result = run("import", "communities", written(HEADER + rows), "--data", fresh)

    assert result.exit_code == 1
    assert "30 rows" in result.stdout
    assert "0 recorded, 0 unchanged, 0 in conflict, 30 refused" in result.stdout
    assert result.stdout.count("无此镇") == 30
    assert result.stderr == ""


def test_a_terminal_shows_the_first_problems_and_says_so(
    fresh: Path, written: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(output, "on_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    rows = "".join(f"村{number},无此镇,村社区\n" for number in range(30))
    said = run("import", "communities", written(HEADER + rows), "--data", fresh).stdout

    assert said.count("无此镇") == 20
    assert "… and 10 more; `--json` shows all." in said


def test_what_a_cell_holds_cannot_steer_a_terminal(fresh: Path, written: Callable[[str], Path]):
    file = written(HEADER + '"村\x1b[2J\u202e[red]",无此镇,村社区\n')
    said = run("import", "communities", file, "--data", fresh).stdout
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert r"村\x1b[2J\u202e[red]" in said


def test_columns_that_nobody_asked_for_are_named(fresh: Path, written: Callable[[str], Path]):
    file = written("名称,上级,层级,面积,人口\n甲县,,区县,1,2\n")
    assert told("import", "communities", file, "--data", fresh)["ignored_columns"] == ["面积", "人口"]
    assert "面积, 人口" in run("import", "communities", file, "--data", fresh).stdout


def test_what_is_not_judged_is_told_and_fails_unless_it_is_a_note(
    fresh: Path, written: Callable[[str], Path]
):
    noted = written("名称,上级,层级\n注：由各镇填报,,\n甲县,,区县\n")
    assert told("import", "communities", noted, "--data", fresh)["notes"] == [
        {"line": 2, "text": "注：由各镇填报", "sheet": ""}
    ]
    assert "注：由各镇填报" in run("import", "communities", noted, "--data", fresh).stdout
    hidden = Path(__file__).parents[1] / "data" / "cases" / "hidden-sheet-hours.xlsx"
    answer = told("import", "hours", hidden, "--data", fresh, code=1)
    assert [one["said"] for one in answer["passed_over"]] == ["sheet 旧 is hidden: 2 rows"]


def test_a_line_of_one_of_two_sheets_is_named_by_its_sheet(fresh: Path):
    both = Path(__file__).parents[1] / "data" / "cases" / "two-sheets-hours.xlsx"
    said = run("import", "hours", both, "--data", fresh).stdout
    assert "一月 2" in said
    assert "二月 2" in said


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02" * 400, "名称,上级\n甲县,\n".encode(), b"PK\x03\x04 no workbook", b"\xff\xff\xff"],
    ids=["empty", "binary", "no such header", "damaged", "no encoding"],
)
def test_a_file_that_cannot_be_read_is_an_error_of_usage(fresh: Path, tmp_path: Path, content: bytes):
    file = tmp_path / "甲.csv"
    file.write_bytes(content)
    error = refused("import", "communities", file, "--data", fresh, code=2)
    assert error["code"] == "unreadable-file"
    assert "甲.csv" in error["message"]


@pytest.mark.parametrize("path", ["nowhere.csv", "."])
def test_what_is_no_file_is_an_error_of_usage(fresh: Path, path: str):
    assert refused("import", "hours", fresh / path, "--data", fresh, code=2)["code"] == "unreadable-file"


@pytest.mark.parametrize(
    ("option", "value"), [("--source", "Office 1"), ("--source", ""), ("--by", "me"), ("--by", "stf_\n")]
)
def test_sources_and_actors_are_checked_before_anything_else(fresh: Path, option: str, value: str):
    error = refused("import", "communities", COMMUNITIES, option, value, "--data", fresh, code=2)
    assert error["code"] == "invalid-input"
    assert option in error["message"]


def test_who_imports_is_on_the_statement(fresh: Path):
    import_people(fresh)
    told("import", "hours", COUNTY / "hours.csv", "--by", "stf_chen", "--data", fresh, code=1)
    lines = told("statement", "QH2025000017", "--data", fresh)["items"]
    assert {line["by"] for line in lines} == {"stf_chen"}


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_ledger_the_hint_is_init(tmp_path: Path, kind: str):
    file = COUNTY / ("hours.csv" if kind == "hours" else f"{kind}.xlsx")
    error = refused("import", kind, file, "--data", tmp_path / "none", code=3)
    assert error["code"] == "no-ledger"
    assert "timebank init" in error["message"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_help_names_every_column_of_a_file(kind: str):
    for column in KINDS[kind].columns.wanted:
        for text in TOOLS[f"import {kind}"]:
            assert column.header in text


def interrupting_after(batches: int) -> Callable[[Desk, Table, Progress], Report]:
    """The import of hours, in whose course somebody presses Ctrl-C."""
    undisturbed = KINDS["hours"].take_in

    def take_in(desk: Desk, table: Table, progress: Progress) -> Report:
        def pressed(judged: int, rows: int) -> None:
            nonlocal batches
            batches -= 1
            if batches == 0:
                signal.raise_signal(signal.SIGINT)
            progress(judged, rows)

        return undisturbed(desk, table, pressed)

    return take_in


def test_after_ctrl_c_the_batch_is_finished_and_the_rest_waits(fresh: Path, monkeypatch: pytest.MonkeyPatch):
    import_people(fresh)
    before: Any = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("ledger.exchange.rows.BATCH_ROWS", 50)
    hours = ("import", "hours", COUNTY / "hours.csv", "--data", fresh)
    with monkeypatch.context() as patched:
        patched.setitem(KINDS, "hours", KINDS["hours"]._replace(take_in=interrupting_after(2)))
        error = refused(*hours, code=130)

    assert (error["code"], error["judged"], error["rows"]) == ("interrupted", 100, EXPECTED["rows"])
    assert signal.getsignal(signal.SIGINT) is before
    # One of the 100 was said again, and three were refused.
    again = told(*hours, code=1)
    assert again["recorded"] == EXPECTED["recorded"] - 96
    assert again["refused"] == EXPECTED["refused"]
    items = told("projections", "check", "--data", fresh)["items"]
    assert all(item["agrees"] for item in items)


def test_the_reasons_of_rows_are_told_in_the_terminal_s_language(
    fresh: Path, written: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
):
    communities = written("名称,上级,层级\n青禾县,,区县\n无上级镇,无此县,镇街\n")
    order = ("import", "communities", communities, "--data", fresh)
    english = told(*order, "--dry-run", code=1)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    chinese = told(*order, "--dry-run", code=1)
    assert [one["reason"] for one in english["problems"]] == ["nothing of this name is known"]
    assert [one["reason"] for one in chinese["problems"]] == ["没有这个名称"]
    assert [one.keys() for one in english["problems"]] == [
        {"row", "line", "column", "value", "reason", "sheet"}
    ]
    assert "没有这个名称" in run(*order).stdout


def test_a_file_that_cannot_be_read_is_refused_in_the_terminal_s_language(
    fresh: Path, written: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    error = refused("import", "teams", written("甲,乙\n1,2\n"), "--data", fresh, code=2)
    assert error["message"].startswith("table.csv 没有列齐所需表头的行")
