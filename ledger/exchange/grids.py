"""A file's bytes as grids of text: one grid a sheet, or one for each way to part a text into columns."""

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger.domain.bilingual import of_the_system
from ledger.exchange.sheets import Sheet, sheets
from ledger.exchange.texts import encoding_of, records
from ledger.exchange.unreadable import UnreadableFile, shown_name
from ledger.exchange.workbook import MAX_CELL_CHARACTERS, MAX_ROW_CHARACTERS

MAX_FILE_BYTES = 64 * 1024**2
MAX_ROWS = 1_000_000
MAX_COLUMNS = 16_384
MAX_CELLS = 2_500_000
MAX_CHARACTERS = 50_000_000
"""Of all rows together, as whoever takes them in holds them in memory."""

Rows = Iterator[tuple[int, Sequence[str | None]]]
"""Rows with their line in the file, counted from 1; rows may be shorter or longer than each other.

None is a cell that is merged with the one to its left."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows, and the sheet that they stand on, None for those of a text."""

    rows: Rows
    sheet: Sheet | None = None


_WORKBOOK_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How .xlsx and .ods (zip, empty zip) and .xls (OLE) begin."""
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<(?:!doctype|html|head|meta|body|table|!--|\?xml)|mime-version:)", re.I
)
"""How pages and XML begin that programs save under the name of a workbook, whose tables only look like one's."""


def read_grids(path: Path) -> Generator[Grid]:
    """Each way to see the file as a grid: a workbook's sheets, or a text by comma, by tab, by semicolon.

    The content decides which, never the ending. The file is read once, when the first grid is asked for.

    Raises:
        UnreadableFile: at once, or from a grid at the row that is at fault.
    """
    name = shown_name(path)
    data = _content(path, name)
    if data.startswith(_WORKBOOK_STARTS):
        held = _Held(name)
        for sheet in sheets(data, name):
            yield Grid(held.bounded(sheet.rows), sheet)
    elif _WEB_PAGE.match(data):
        raise UnreadableFile("web-page", name=name)
    else:
        encoding = encoding_of(data, name)
        for delimiter in ",\t;":
            yield Grid(_Held(name).bounded(records(data, encoding, delimiter, name)))


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


class _Held:
    """Counts what is read, of all sheets together."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows = self._filled = self._characters = 0

    def bounded(self, rows: Iterable[tuple[int, Sequence[str | None] | None]]) -> Rows:
        name = self._name
        for line, cells in rows:
            self._rows += 1
            if self._rows > MAX_ROWS:
                raise UnreadableFile("rows", name=name, most=MAX_ROWS)
            if cells is None:
                raise UnreadableFile("wide-row", name=name, most=MAX_ROW_CHARACTERS, line=line)
            if len(cells) > MAX_COLUMNS:
                raise UnreadableFile("columns", name=name, most=MAX_COLUMNS, line=line)
            lengths = [len(cell) for cell in cells if cell]
            if max(lengths, default=0) > MAX_CELL_CHARACTERS:
                raise UnreadableFile("cell", name=name, most=MAX_CELL_CHARACTERS, line=line)
            self._filled += len(lengths)
            self._characters += sum(lengths)
            if self._filled > MAX_CELLS or self._characters > MAX_CHARACTERS:
                raise UnreadableFile("cells", name=name, most=MAX_CELLS, characters=MAX_CHARACTERS)
            yield line, cells
