"""A file's bytes as grids of text: one grid a sheet, or one for each way to part a text into columns."""

import codecs
import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path

import msgspec

from ledger.exchange import workbook

MAX_FILE_BYTES = 64 * 1024**2
MAX_ROWS = 1_000_000
MAX_COLUMNS = 16_384
MAX_CELL_CHARACTERS = 10_000

Grid = Iterator[tuple[int, list[str]]]
"""Rows with their line in the file, counted from 1; rows may be shorter or longer than each other."""

_WORKBOOK_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How .xlsx and .ods (zip, empty zip) and .xls (OLE) begin."""

# UTF-32 stands before UTF-16, whose little-endian mark its own begins with.
_ENCODINGS_BY_MARK = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODINGS_WITHOUT_MARK = ("utf-8", "gb18030")

_printed_row = msgspec.json.Decoder(list[str])

_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r"))
_MOSTLY = 0.3


class UnreadableFile(Exception):
    """A file as a whole cannot be read; the text is a sentence for whoever sent it, with the file's name."""


def shown_name(path: Path) -> str:
    """The file's name without its directory, safe to print."""
    return "".join(letter if letter.isprintable() else "?" for letter in path.name) or "The file"


def read_grids(path: Path) -> Iterator[Grid]:
    """Each way to see the file as a grid: a workbook's sheets, or a text by comma, by tab, by semicolon.

    The content decides which, never the ending. The file is read once, when the first grid is asked for.

    Raises:
        UnreadableFile: at once, or from a grid at the row that is at fault.
    """
    name = shown_name(path)
    data = _content(path, name)
    if data.startswith(_WORKBOOK_STARTS):
        grids = _sheets(data, name)
    else:
        text = _decoded(data, name)
        grids = (_records(text, delimiter, name) for delimiter in ",\t;")
    for grid in grids:
        yield _bounded(grid, name)


def _content(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as fault:
        raise UnreadableFile(f"{name} cannot be opened: {fault.strerror}.") from fault
    if not data:
        raise UnreadableFile(f"{name} is empty.")
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFile(f"{name} is larger than {MAX_FILE_BYTES // 1024**2} MiB.")
    return data


def _sheets(data: bytes, name: str) -> Iterator[Grid]:
    done = subprocess.run(  # noqa: S603 - our own program, by its module's name
        [sys.executable, "-P", "-m", workbook.__name__, str(os.getpid())],
        input=data,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    if done.returncode == workbook.UNREADABLE or done.returncode < 0:
        raise UnreadableFile(
            f"{name} cannot be read as a workbook: it may be damaged, protected by a password, too large "
            "or of another kind, or have a stray entry far from its table."
        )
    done.check_returncode()
    # Groups may be left half read: asking for the next one skips the rest.
    for ends_sheet, lines in groupby(io.BytesIO(done.stdout), b"\n".__eq__):
        if not ends_sheet:
            yield enumerate(map(_printed_row.decode, lines), 1)


def _decoded(data: bytes, name: str) -> str:
    marked = tuple(encoding for mark, encoding in _ENCODINGS_BY_MARK if data.startswith(mark))
    for encoding in marked[:1] or _ENCODINGS_WITHOUT_MARK:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding).removeprefix("\ufeff")
            if _mostly_controls(text):
                raise UnreadableFile(f"{name} is not a text table.")
            return text
    # Old encodings of text use no zero bytes; programs and pictures do.
    if b"\0" in data:
        raise UnreadableFile(f"{name} is not a text table.")
    raise UnreadableFile(f"{name} is in no known encoding: neither Unicode nor GB18030 fits.")


def _mostly_controls(text: str) -> bool:
    written = text.encode()
    return len(written) - len(written.translate(None, _CONTROLS)) > _MOSTLY * len(written)


def _records(text: str, delimiter: str, name: str) -> Grid:
    # Strict, or a quotation mark that nobody closes would swallow the records after it unseen.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as fault:
        raise UnreadableFile(
            f"{name} cannot be read from line {line} on: a quotation mark is not closed or out of place, "
            "or a cell is too long."
        ) from fault


def _bounded(grid: Grid, name: str) -> Grid:
    for count, (line, cells) in enumerate(grid, 1):
        if count > MAX_ROWS:
            raise UnreadableFile(f"{name} has more than {MAX_ROWS:,} rows.")
        if len(cells) > MAX_COLUMNS:
            raise UnreadableFile(f"{name} has more than {MAX_COLUMNS:,} columns in line {line}.")
        if max(map(len, cells), default=0) > MAX_CELL_CHARACTERS:
            raise UnreadableFile(
                f"{name} has a cell of over {MAX_CELL_CHARACTERS:,} characters in line {line}."
            )
        yield line, cells
