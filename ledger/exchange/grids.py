"""A file's bytes as grids of text: one grid a sheet, or one for each way to part a text into columns."""

from collections.abc import Generator, Iterator
from pathlib import Path

from ledger.domain.bilingual import of_the_system
from ledger.exchange.sheets import sheets
from ledger.exchange.texts import encoding_of, records
from ledger.exchange.unreadable import UnreadableFile, shown_name
from ledger.exchange.workbook import MAX_CELL_CHARACTERS

MAX_FILE_BYTES = 64 * 1024**2
MAX_ROWS = 1_000_000
MAX_COLUMNS = 16_384
MAX_CELLS = 2_500_000
MAX_CHARACTERS = 50_000_000
"""Of all rows together, as whoever takes them in holds them in memory."""

Grid = Iterator[tuple[int, list[str]]]
"""Rows with their line in the file, counted from 1; rows may be shorter or longer than each other."""

_WORKBOOK_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How .xlsx and .ods (zip, empty zip) and .xls (OLE) begin."""


def read_grids(path: Path) -> Generator[Grid]:
    """Each way to see the file as a grid: a workbook's sheets, or a text by comma, by tab, by semicolon.

    The content decides which, never the ending. The file is read once, when the first grid is asked for.

    Raises:
        UnreadableFile: at once, or from a grid at the row that is at fault.
    """
    name = shown_name(path)
    data = _content(path, name)
    if data.startswith(_WORKBOOK_STARTS):
        grids = sheets(data, name)
    else:
        encoding = encoding_of(data, name)
        grids = (records(data, encoding, delimiter, name) for delimiter in ",\t;")
    for grid in grids:
        yield _bounded(grid, name)


def _content(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as fault:
        raise UnreadableFile("unopened", name=name, why=of_the_system(fault)) from fault
    if not data:
        raise UnreadableFile("empty", name=name)
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFile("large", name=name, mib=MAX_FILE_BYTES // 1024**2)
    return data


def _bounded(grid: Grid, name: str) -> Grid:
    filled = characters = 0
    for count, (line, cells) in enumerate(grid, 1):
        if count > MAX_ROWS:
            raise UnreadableFile("rows", name=name, most=MAX_ROWS)
        if len(cells) > MAX_COLUMNS:
            raise UnreadableFile("columns", name=name, most=MAX_COLUMNS, line=line)
        lengths = [len(cell) for cell in cells if cell]
        if max(lengths, default=0) > MAX_CELL_CHARACTERS:
            raise UnreadableFile("cell", name=name, most=MAX_CELL_CHARACTERS, line=line)
        filled, characters = filled + len(lengths), characters + sum(lengths)
        if filled > MAX_CELLS or characters > MAX_CHARACTERS:
            raise UnreadableFile("cells", name=name, most=MAX_CELLS, characters=MAX_CHARACTERS)
        yield line, cells
