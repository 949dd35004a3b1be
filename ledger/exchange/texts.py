"""A text file's bytes as records: its encoding found out, then a record at a time, so that no file fills the memory."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import suppress

from ledger.exchange.unreadable import UnreadableFile

MAX_RECORD_CHARACTERS = 1_000_000

# UTF-32 stands before UTF-16, whose little-endian mark its own begins with.
_ENCODINGS_BY_MARK = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODINGS_WITHOUT_MARK = ("utf-8", "gb18030")

_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\v\f\r"))
_MOSTLY = 0.3
_CHUNK_BYTES = 1024**2


def encoding_of(data: bytes, name: str) -> str:
    """The encoding that all of a text is in; raises UnreadableFile if it is in none, or no text."""
    marked = tuple(encoding for mark, encoding in _ENCODINGS_BY_MARK if data.startswith(mark))
    for encoding in marked[:1] or _ENCODINGS_WITHOUT_MARK:
        with suppress(UnicodeDecodeError):
            if _mostly_controls(data, encoding):
                raise UnreadableFile("no-text", name=name)
            return encoding
    # Old encodings of text use no zero bytes; programs and pictures do.
    if b"\0" in data:
        raise UnreadableFile("no-text", name=name)
    raise UnreadableFile("encoding", name=name)


def records(data: bytes, encoding: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with its first line, from 1; raises UnreadableFile from the one on that is at fault."""
    line, taken = 1, 0

    def lines() -> Iterator[str]:
        nonlocal taken
        file = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
        while some := file.readline(MAX_RECORD_CHARACTERS):
            taken += len(some)
            if taken >= MAX_RECORD_CHARACTERS:
                raise UnreadableFile("long-record", name=name, most=MAX_RECORD_CHARACTERS, line=line)
            yield some.removeprefix("\ufeff") if line == 1 and taken == len(some) else some

    # Strict, or a quotation mark that nobody closes would swallow the records after it unseen.
    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield line, cells
            line, taken = reader.line_num + 1, 0
    except csv.Error as fault:
        raise UnreadableFile("quotation", name=name, line=line) from fault


def _mostly_controls(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    controls = total = 0
    for start in range(0, len(data), _CHUNK_BYTES):
        end = start + _CHUNK_BYTES
        written = decoder.decode(data[start:end], final=end >= len(data)).encode()
        total += len(written)
        controls += len(written) - len(written.translate(None, _CONTROLS))
    return controls > _MOSTLY * total
