"""A program that prints the workbook on its standard input: for each sheet a `Head`, then its rows, a line each.

A row is a JSON array of the texts that a person sees; a cell that is merged with the one to its left is `null`. A row
that is too long is `null` itself, and a hidden one that holds something is `true`. The hidden columns that hold
something come last, as a `Tail`, and an empty line ends the sheet; of a hidden sheet no row is printed.

It is run in a process of its own (see `sheets`), because the parser is native code: one damaged byte of an .xls, or
one stray entry in a sheet's last corner, makes it ask for hundreds of gigabytes, and end whatever process it is in.
It ends with the process whose id it is given.
"""

import io
import resource
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

import msgspec
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ledger.exchange.markup import Markup, SheetMarkup, Untold
from ledger.store.parents import end_with

UNREADABLE, TOO_LARGE, UNTOLD = 3, 4, 5
"""The exit codes when the file is at fault, takes too much memory, or may show a person something else.

Signals say the rest."""

MAX_MEMORY_BYTES = 512 * 1024**2
"""Enough for 100,000 rows of 20 columns with a text of its own in each cell, which take some 400 MiB."""
MAX_CPU_SECONDS = 60
MAX_PRINTED_BYTES = 512 * 1024**2
MAX_CELL_CHARACTERS = 10_000
MAX_ROW_CHARACTERS = 1_000_000

Cells = list[str | None]
Range = tuple[tuple[int, int], tuple[int, int]]


class Head(msgspec.Struct, frozen=True):
    """What is known of a sheet before its rows: of a hidden one, how many hold something."""

    name: str
    of_1904: bool = False
    hidden_rows: int | None = None


class Tail(msgspec.Struct, frozen=True):
    """What is known of a sheet after its rows: the hidden columns that hold something, from 0."""

    hidden_columns: list[int]


Cell = str | bool | int | float | datetime | date | time | timedelta


def main() -> int:
    """Print the workbook on standard input; the exit code is 0, UNREADABLE or TOO_LARGE."""
    _stay_small()
    try:
        _print_sheets(io.BytesIO(sys.stdin.buffer.read()), sys.stdout.buffer)
    except MemoryError:
        return TOO_LARGE
    except Untold:
        return UNTOLD
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
    markup = Markup(file)
    file.seek(0)
    book = CalamineWorkbook.from_filelike(file)
    printed = 0
    for index, metadata in enumerate(book.sheets_metadata):
        if metadata.typ != SheetTypeEnum.WorkSheet:
            continue
        visible = metadata.visible == SheetVisibleEnum.Visible
        # First, as it takes memory only while it is looked through.
        added = markup.sheet(metadata.name) if visible else SheetMarkup()
        sheet = book.get_sheet_by_index(index)
        filled = None if visible else sum(_holds(_texts(row)) for row in sheet.iter_rows())
        out.write(msgspec.json.encode(Head(metadata.name, markup.of_1904, filled)) + b"\n")
        for row in _rows(sheet, added) if visible else ():
            printed += out.write(row)
            if printed > MAX_PRINTED_BYTES:
                raise MemoryError
        out.write(b"\n")
    out.flush()


def _rows(sheet: CalamineSheet, added: SheetMarkup) -> Iterator[bytes]:
    # A row at a time, which leaves out the empty columns before the first filled one.
    before = [""] * (sheet.start[1] if sheet.start else 0)
    merged = _Merged(sheet.merged_cell_ranges or [])
    hidden = [column for columns in added.hidden_columns for column in columns]
    hidden_filled: set[int] = set()
    for number, row in enumerate(sheet.iter_rows()):
        texts = before + _shown(number, len(before), row, added)
        cells = merged.fill(number, texts)
        if number in added.hidden_rows:
            yield b"true\n" if _holds(texts) else b"[]\n"
            continue
        for column in hidden:
            if column < len(cells):
                if texts[column].strip():
                    hidden_filled.add(column)
                cells[column] = ""
        fits = sum(map(len, filter(None, cells))) <= MAX_ROW_CHARACTERS
        yield msgspec.json.encode(cells if fits else None) + b"\n"
    yield msgspec.json.encode(Tail(sorted(hidden_filled))) + b"\n"


def _holds(texts: Sequence[str]) -> bool:
    return any(map(str.strip, texts))


def _texts(row: Sequence[Cell]) -> list[str]:
    # A cell that is too long stays too long; a sheet that nobody asks for may hold some.
    return [cell_text(cell)[: MAX_CELL_CHARACTERS + 1] for cell in row]


def _shown(number: int, first: int, row: Sequence[Cell], added: SheetMarkup) -> list[str]:
    texts = _texts(row)
    if added.errors or added.formats:
        for place, cell in enumerate(row):
            where = number, first + place
            if where in added.formats:
                texts[place] = added.formats[where].text(cell, texts[place])
            texts[place] = added.errors.get(where, texts[place])
    return texts


class _Merged:
    """Gives the cells of merged ranges what they show, row by row."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self._coming = sorted(ranges, reverse=True)
        self._open: list[tuple[Range, str]] = []

    def fill(self, number: int, texts: Sequence[str]) -> Cells:
        """The texts, and what ranges add: going down the text itself, going right None.

        A row without anything of its own stays blank: it is seen as a part of the row above.
        """
        cells: Cells = list(texts)
        while self._coming and self._coming[-1][0][0] <= number:
            at = self._coming.pop()
            self._open.append((at, texts[at[0][1]] if at[0][1] < len(texts) else ""))
        if not self._open:
            return cells
        if _holds(texts):
            for ((top, left), (_, right)), text in self._open:
                if top < number and left < len(cells):
                    cells[left] = text
                for column in range(left + 1, min(right + 1, len(cells))):
                    cells[column] = None
        self._open = [one for one in self._open if one[0][1][0] > number]
        return cells


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
