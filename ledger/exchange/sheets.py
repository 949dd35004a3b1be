"""A workbook's sheets, as a process of its own reads them (see `workbook`), a row at a time."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby

import msgspec

from ledger.exchange import workbook
from ledger.exchange.unreadable import UnreadableFile

Sheet = Iterator[tuple[int, list[str]]]

_printed_row = msgspec.json.Decoder(list[str] | None)

_TOO_LARGE = {workbook.TOO_LARGE, -signal.SIGABRT, -signal.SIGKILL}
"""How it ends when memory runs out: it says so, its parser gives up, or the system ends it."""


def sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """The rows of each sheet with their number, from 1; a sheet may be left half read. Raises UnreadableFile."""
    with subprocess.Popen(  # noqa: S603 - our own program, by its module's name
        [sys.executable, "-P", "-m", workbook.__name__, str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # What the parser says of itself, as it gives up, is nothing for a clerk.
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as reading:
        try:
            _give(reading, data)
            # Groups may be left half read: asking for the next one skips the rest.
            for ends_sheet, rows in groupby(_lines(reading, name), b"\n".__eq__):
                if not ends_sheet:
                    yield _sheet(rows, name)
            # Told again, as whoever reads one sheet may go on to the next where it breaks.
            _refuse_failed(reading, name)
        finally:
            # Whoever has the table that they looked for asks for no more.
            reading.kill()


def _give(reading: subprocess.Popen[bytes], data: bytes) -> None:
    assert reading.stdin is not None
    # It prints nothing before it has read everything, unless it has ended.
    with suppress(BrokenPipeError), reading.stdin as stdin:
        stdin.write(data)


def _lines(reading: subprocess.Popen[bytes], name: str) -> Iterator[bytes]:
    assert reading.stdout is not None
    # The last one may be cut off where it failed.
    yield from (line for line in reading.stdout if line.endswith(b"\n"))
    # Here, so that the rows before do not pass for all of a sheet.
    _refuse_failed(reading, name)


def _sheet(rows: Iterator[bytes], name: str) -> Sheet:
    for number, row in enumerate(rows, 1):
        cells = _printed_row.decode(row)
        if cells is None:
            raise UnreadableFile("wide-row", name=name, most=workbook.MAX_ROW_CHARACTERS, line=number)
        yield number, cells


def _refuse_failed(reading: subprocess.Popen[bytes], name: str) -> None:
    code = reading.wait()
    if code in _TOO_LARGE:
        raise UnreadableFile("workbook-memory", name=name, mib=workbook.MAX_MEMORY_BYTES // 1024**2)
    if code == -signal.SIGXCPU:
        raise UnreadableFile("workbook-time", name=name, seconds=workbook.MAX_CPU_SECONDS)
    if code == workbook.UNREADABLE or code < 0:
        raise UnreadableFile("workbook-broken", name=name)
    if code:
        raise subprocess.CalledProcessError(code, workbook.__name__)
