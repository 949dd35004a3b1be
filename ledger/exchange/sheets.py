"""A workbook's sheets, as a process of its own reads them (see `workbook`), a row at a time."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby

import msgspec

from ledger.exchange import workbook
from ledger.exchange.unreadable import UnreadableFile
from ledger.exchange.workbook import Cells, Head, Tail


@dataclass(slots=True)
class Sheet:
    """A sheet as a person sees it: what it hides is known once its rows are read."""

    head: Head
    rows: Iterator[tuple[int, Cells | None]]
    """Rows with their number, from 1; None is one that is too long."""
    hidden_rows: list[int] = field(default_factory=list[int])
    hidden_columns: list[int] = field(default_factory=list[int])


_printed_head = msgspec.json.Decoder(Head)
_printed_row = msgspec.json.Decoder(list[str | None] | bool | Tail | None)

_TOO_LARGE = {workbook.TOO_LARGE, -signal.SIGABRT, -signal.SIGKILL}
"""How it ends when memory runs out: it says so, its parser gives up, or the system ends it."""


def sheets(data: bytes, name: str) -> Iterator[Sheet]:
    """Each sheet, in the order of the workbook; one may be left half read. Raises UnreadableFile."""
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
                    yield _sheet(rows)
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


def _sheet(printed: Iterator[bytes]) -> Sheet:
    sheet = Sheet(_printed_head.decode(next(printed)), iter(()))
    sheet.rows = _rows(sheet, printed)
    return sheet


def _rows(sheet: Sheet, printed: Iterator[bytes]) -> Iterator[tuple[int, Cells | None]]:
    for number, line in enumerate(printed, 1):
        match _printed_row.decode(line):
            case Tail(hidden_columns=columns):
                sheet.hidden_columns = columns
            case bool():
                sheet.hidden_rows.append(number)
                yield number, []
            case cells:
                yield number, cells


def _refuse_failed(reading: subprocess.Popen[bytes], name: str) -> None:
    code = reading.wait()
    if code in _TOO_LARGE:
        raise UnreadableFile("workbook-memory", name=name, mib=workbook.MAX_MEMORY_BYTES // 1024**2)
    if code == -signal.SIGXCPU:
        raise UnreadableFile("workbook-time", name=name, seconds=workbook.MAX_CPU_SECONDS)
    if code == workbook.UNTOLD:
        raise UnreadableFile("workbook-untold", name=name)
    if code == workbook.UNREADABLE or code < 0:
        raise UnreadableFile("workbook-broken", name=name)
    if code:
        raise subprocess.CalledProcessError(code, workbook.__name__)
