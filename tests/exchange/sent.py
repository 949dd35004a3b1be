"""Files as an office sends them, and what is read from them or said in refusal."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ledger.exchange.tables import Column, Columns, Table, UnreadableFile, read_table

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


def cells_of(*rows: list[Value]) -> dict[tuple[int, int], Value]:
    return {(row, column): value for row, line in enumerate(rows) for column, value in enumerate(line)}


def said(table: Table, field: str = "minutes") -> list[str]:
    return [row.cells[field] for row in table.rows]


def refusal(path: Path, columns: Columns = HOURS) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_table(path, columns)
    assert str(path.parent) not in str(refused.value)
    return str(refused.value)
