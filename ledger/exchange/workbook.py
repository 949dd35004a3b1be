"""A program that prints the workbook on its standard input: each row a JSON array of texts on a line.

A row that is too long is `null`, and an empty line ends each sheet. It is run in a process of its own (see `sheets`),
because the parser is native code: one damaged byte of an .xls, or one stray entry in a sheet's last corner, makes it
ask for hundreds of gigabytes, and end whatever process it is in. It ends with the process whose id it is given.
"""

import io
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

import msgspec
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum

from ledger.store.parents import end_with

UNREADABLE, TOO_LARGE = 3, 4
"""The exit codes when the file is at fault, and when it takes too much memory; signals say the rest."""

MAX_MEMORY_BYTES = 512 * 1024**2
"""Enough for 100,000 rows of 20 columns with a text of its own in each cell, which take some 400 MiB."""
MAX_CPU_SECONDS = 60
MAX_PRINTED_BYTES = 512 * 1024**2
MAX_CELL_CHARACTERS = 10_000
MAX_ROW_CHARACTERS = 1_000_000

Cell = str | bool | int | float | datetime | date | time | timedelta


def main() -> int:
    """Print the workbook on standard input; the exit code is 0, UNREADABLE or TOO_LARGE."""
    _stay_small()
    try:
        _print_sheets(io.BytesIO(sys.stdin.buffer.read()), sys.stdout.buffer)
    except MemoryError:
        return TOO_LARGE
    # The parser's panics are no Exception; whatever goes wrong in here, the file was more than it can take.
    except BaseException as fault:
        return TOO_LARGE if "capacity overflow" in str(fault) else UNREADABLE
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
    for index, metadata in enumerate(book.sheets_metadata):
        if metadata.typ != SheetTypeEnum.WorkSheet:
            continue
        for row in _rows(book.get_sheet_by_index(index)):
            printed += out.write(row)
            if printed > MAX_PRINTED_BYTES:
                raise MemoryError
        out.write(b"\n")
    out.flush()


def _rows(sheet: CalamineSheet) -> Iterator[bytes]:
    # A row at a time, which leaves out the empty columns before the first filled one.
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        # A cell that is too long stays too long; a sheet that nobody asks for may hold some.
        texts = [cell_text(cell)[: MAX_CELL_CHARACTERS + 1] for cell in row]
        fits = sum(map(len, texts)) <= MAX_ROW_CHARACTERS
        yield msgspec.json.encode(before + texts if fits else None) + b"\n"


def _stay_small() -> None:
    limits = (
        # macOS takes no such limit: what keeps a file small there is the bound on its bytes alone.
        (resource.RLIMIT_AS, MAX_MEMORY_BYTES, MAX_MEMORY_BYTES),
        # The first ends it with a signal of its own, which tells why.
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS, MAX_CPU_SECONDS + 5),
        # A dump would keep people's names and numbers on the disk.
        (resource.RLIMIT_CORE, 0, 0),
    )
    for kind, soft, hard in limits:
        # Refused where the limit is lower already.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (soft, hard))


if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    sys.exit(main())
