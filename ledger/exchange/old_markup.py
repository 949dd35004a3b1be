"""What an old workbook (.xls) holds that only .xlsx lets us read as a person sees it.

It is read in the process that `workbook` runs in, whose memory and time are bounded.
"""

import struct
from array import array
from collections.abc import Callable, Iterator, Mapping

START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY_BYTES = 128
_NO_SECTOR = 0xFFFFFFFA
_IN_HEADER = 109
_ERROR = 2

_UNREAD: Mapping[int, Callable[[bytes], bool]] = {
    0x0022: lambda of_1904: of_1904[0] == 1,
    0x009B: lambda _filtered: True,
    0x0208: lambda row: bool(row[12] & 0x20),
    0x007D: lambda columns: bool(columns[8] & 1),
    0x0205: lambda value: value[7] == 1,
    0x0006: lambda formula: formula[12:14] == b"\xff\xff" and formula[6] == _ERROR,
}
"""By the number of a record, whether it is of other days, something hidden or filtered, or an error."""


def holds_unread(data: bytes) -> bool:
    """Whether a workbook has days of the 1904 system, rows or columns that are hidden, or cells with an error."""
    return any(_UNREAD[number](record) for number, record in _records(_workbook(data)) if number in _UNREAD)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, place)
        yield number, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _workbook(data: bytes) -> bytes:
    """The stream of the workbook within the file, which is a file system of its own."""
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    tables, folder, smallest, small_table = (struct.unpack_from("<I", data, at)[0] for at in (44, 48, 56, 60))
    (more,) = struct.unpack_from("<I", data, 68)

    def sector(number: int) -> bytes:
        return data[(number + 1) << shift : (number + 2) << shift]

    numbers = array("I", data[76 : 76 + 4 * _IN_HEADER])
    while more < _NO_SECTOR and len(numbers) < tables:
        *further, more = array("I", sector(more))
        numbers.extend(further)
    table = array("I", b"".join(map(sector, numbers[:tables])))
    entries = _chained(folder, table, sector)
    root = None
    for at in range(0, len(entries), _ENTRY_BYTES):
        start, size = struct.unpack_from("<II", entries, at + 116)
        root = start if root is None else root
        length = max(struct.unpack_from("<H", entries, at + 64)[0] - 2, 0)
        if entries[at : at + length].decode("utf-16-le") not in ("Workbook", "Book"):
            continue
        if size >= smallest:
            return _chained(start, table, sector)[:size]
        shared = _chained(root, table, sector)
        return _small(start, shared, _chained(small_table, table, sector), small_shift)[:size]
    return b""


def _small(start: int, sectors: bytes, table: bytes, shift: int) -> bytes:
    """A stream that shares sectors of the whole file with other small ones."""
    return _chained(start, array("I", table), lambda number: sectors[number << shift : (number + 1) << shift])


def _chained(first: int, table: "array[int]", sector: Callable[[int], bytes]) -> bytes:
    found = bytearray()
    # A ring would have more sectors than there are.
    for _ in table:
        if first >= _NO_SECTOR:
            break
        found += sector(first)
        first = table[first]
    return bytes(found)
