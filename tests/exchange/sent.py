"""Files as an office sends them, and what is read from them or said in refusal."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ledger.exchange.tables import Columns, Table, UnreadableFile, read_table
from tests.exchange.columns import HOURS

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
