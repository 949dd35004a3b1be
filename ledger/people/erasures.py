"""The list of who was erased: ids and instants alone, kept where no backup of the directory brings anybody back."""

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from ledger.domain.bilingual import of_the_system
from ledger.store.errors import StoreError
from ledger.store.file_lock import Locked, lock
from ledger.store.privacy import opener

_LINE = re.compile(
    rb"((?:vol|per)_[a-z0-9]{3,32}) ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n"
)
_LONGEST_LINE = 100
_LOCKED = ("it cannot be locked", "无法锁定")
_EXAMPLE = "vol_0123456789abcdef 2026-11-22T08:30:00Z"


class Erasure(NamedTuple):
    """Who was erased, by the id that the log keeps, and when (UTC, to the second, as `2026-11-22T08:30:00Z`)."""

    id: str
    at: str

    def line(self) -> str:
        """The line of a list, with its end."""
        return f"{self.id} {self.at}\n"


def utc_second() -> str:
    """This second, as an erasure tells it."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


class BadErasures(StoreError):
    """A list of erasures that cannot be read or written; the message says where."""


def read_erasures(path: Path) -> Iterator[Erasure]:
    """The erasures of a list, in its order; raises BadErasures."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(_LONGEST_LINE):
                number += 1
                found = _LINE.fullmatch(line)
                if found is None:
                    raise BadErasures(
                        f"{path}, line {number}: this is no erasure, such as {_EXAMPLE}",
                        f"{path} 第 {number} 行：不是清除记录，应如 {_EXAMPLE}",
                    )
                yield Erasure(found[1].decode(), found[2].decode())
    except OSError as error:
        en, zh = of_the_system(error)
        raise BadErasures(
            f"the list of erasures {path} cannot be read: {en}", f"无法读取清除名单 {path}：{zh}"
        ) from None


def append_erasures(path: Path, erasures: Iterable[Erasure]) -> None:
    """Write erasures at the end of a list, which is made if it is not there, and wait for the disk; BadErasures."""
    some = "".join(one.line() for one in erasures).encode()
    try:
        with open(path, "a+b", buffering=0, opener=opener) as file:
            # Until it is closed, nobody else writes there what is taken back here.
            lock(file, wait=True)
            end = file.seek(0, os.SEEK_END)
            _refuse_cut_off(path, file, end)
            try:
                _write(file, some)
            except OSError:
                # Behind a part of a line, the next one could not be read.
                with contextlib.suppress(OSError):
                    file.truncate(end)
                raise
    except (OSError, Locked) as error:
        en, zh = of_the_system(error) if isinstance(error, OSError) else _LOCKED
        raise BadErasures(
            f"the list of erasures {path} cannot be written: {en}. Nothing was changed",
            f"无法写入清除名单 {path}：{zh}。未作任何改动",
        ) from None


def _refuse_cut_off(path: Path, file: FileIO, end: int) -> None:
    if end and os.pread(file.fileno(), 1, end - 1) != b"\n":
        raise BadErasures(
            f"the list of erasures {path} ends in the middle of a line: mend that first. Nothing was changed",
            f"清除名单 {path} 最后一行不完整：请先修复。未作任何改动",
        )


def _write(file: FileIO, some: bytes) -> None:
    """Write all of it, also where the system takes a part at a time, and wait for the disk."""
    while some:
        some = some[file.write(some) :]
    os.fsync(file.fileno())
