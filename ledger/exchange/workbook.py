"""A program that prints the workbook on its standard input: each row a JSON array of texts on a line.

An empty line ends each sheet. It is run in a process of its own (see `grids`), because the parser is native
code: one damaged byte of an .xls, or one stray entry in a sheet's last corner, makes it ask for hundreds of
gigabytes, and end whatever process it is in. It ends with the process whose id it is given.
"""

import io
import resource
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

import msgspec
from python_calamine import CalamineWorkbook, SheetTypeEnum

from ledger.store.parents import end_with

UNREADABLE = 3
"""The exit code when the file is at fault; being ended by a signal says the same."""

MAX_MEMORY_BYTES = 4 * 1024**3
MAX_CPU_SECONDS = 120
MAX_PRINTED_BYTES = 512 * 1024**2

Cell = str | bool | int | float | datetime | date | time | timedelta


def main() -> int:
    """Print the workbook on standard input; the exit code is 0 or UNREADABLE."""
    _stay_small()
    try:
        _print_sheets(io.BytesIO(sys.stdin.buffer.read()), sys.stdout.buffer)
    # The parser's panics are no Exception; whatever goes wrong in here, the file was more than it can take.
    except BaseException:
        return UNREADABLE
    return 0


def cell_text(value: Cell) -> str:
    """A cell as text: numbers to the 15 digits a spreadsheet keeps (1, 1.5, 6.1E+17), dates as 2024-09-05."""
    match value:
        case str():
            return value
        case bool():
            return str(value).upper()
        case int() | float():
            # A larger number turns to E+ here: digits beyond the fifteenth were lost when it was typed.
            return format(value, ".15G")
        case datetime():
            return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _print_sheets(file: BinaryIO, out: BinaryIO) -> None:
    book = CalamineWorkbook.from_filelike(file)
    printed = 0
    for index, sheet in enumerate(book.sheets_metadata):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        # Not iter_rows(), which leaves out the empty columns before the first filled one.
        for row in book.get_sheet_by_index(index).to_python(skip_empty_area=False):
            printed += out.write(msgspec.json.encode([cell_text(cell) for cell in row]) + b"\n")
            if printed > MAX_PRINTED_BYTES:
                raise MemoryError
        out.write(b"\n")
    out.flush()


def _stay_small() -> None:
    limits = (
        (resource.RLIMIT_AS, MAX_MEMORY_BYTES),
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
        # A dump would keep people's names and numbers on the disk.
        (resource.RLIMIT_CORE, 0),
    )
    for kind, limit in limits:
        # Refused where the limit is lower already.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    sys.exit(main())
