"""A part of a county's files: some of its volunteers, with all that the files say of them, and its whole tree."""

import csv
import io
import shutil
from pathlib import Path

import python_calamine
import xlsxwriter

from tests.reference import FILES, plain

_NUMBERS = {"roster": 3, "hours": 5}
"""The column of a volunteer's number, which tells a row of somebody from what stands above and below the rows."""


def share_of(county: Path, folder: Path, one_in: int, also: set[str]) -> None:
    """Write a county's files with each so-manieth of its volunteers and those whose numbers are wanted too.

    A number that nobody has, and a row without one, go with the share as anybody would.
    """
    for kind in ("communities", "teams"):
        shutil.copy(county / FILES[kind], folder)
    book = python_calamine.CalamineWorkbook.from_path(county / FILES["roster"])
    rows = [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]
    numbers = dict.fromkeys(plain(row[_NUMBERS["roster"]]) for row in rows[3:])
    wanted = {number for at, number in enumerate(numbers) if at % one_in == 0} | also

    def some(kind: str, rows: list[list[str]], above: int) -> list[list[str]]:
        column = _NUMBERS[kind]
        kept = [row for row in rows[above:] if (number := plain(row[column])) in wanted or not number]
        return rows[:above] + kept

    with xlsxwriter.Workbook(folder / FILES["roster"], {"strings_to_numbers": False}) as new:
        sheet = new.add_worksheet()
        for at, row in enumerate(some("roster", rows, 3)):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    text = (county / FILES["hours"]).read_bytes().decode("gb18030")
    out = io.StringIO(newline="")
    csv.writer(out).writerows(some("hours", list(csv.reader(io.StringIO(text, newline=""))), 2))
    (folder / FILES["hours"]).write_bytes(out.getvalue().encode("gb18030"))
