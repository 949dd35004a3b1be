"""The one-writer lock of an embedded ledger: an OS lock on a file beside the database, never on the database itself."""

import contextlib
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from ledger.store.errors import StoreHeld
from ledger.store.file_lock import Locked, lock, unlock
from ledger.store.privacy import make_file

_LONGEST_NOTE = 400


class WriterLock:
    """Held from creation until `release`; the operating system frees it if the process dies."""

    def __init__(self, path: Path, guarded: tuple[str, str] = ("the ledger", "账本")) -> None:
        """Take the lock; raises StoreHeld, naming what is `guarded` and the holder, if another process has it."""
        # Opened for appending: a loser of the race must not wipe out the winner's note.
        make_file(path)
        self._file = path.open("a+", encoding="utf-8")
        try:
            lock(self._file)
        except Locked:
            self._file.seek(0)
            holder = self._file.read(_LONGEST_NOTE).strip() or "another process"
            self._file.close()
            raise StoreHeld(
                f"{guarded[0]} is held by {holder}", f"{guarded[1]}正被占用：{_in_chinese(holder)}"
            ) from None
        self._file.truncate(0)
        self._file.write(_note())
        self._file.flush()

    def release(self) -> None:
        """Let others write; harmless when done twice."""
        if self._file.closed:
            return
        with contextlib.suppress(OSError):
            self._file.truncate(0)
        # Closing alone would leave it held by any child that was forked meanwhile.
        unlock(self._file)
        self._file.close()


def _in_chinese(holder: str) -> str:
    found = re.fullmatch(r"process (\d+) \((.*)\) since (.*) UTC", holder)
    return "另一进程" if found is None else f"进程 {found[1]}（{found[2]}），自 {found[3]} UTC 起"


def _note() -> str:
    # Only the program's own words: arguments may name files, and files may name people.
    command = " ".join([Path(sys.argv[0]).name, *_subcommands()])
    return f"process {os.getpid()} ({command}) since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _subcommands() -> list[str]:
    words: list[str] = []
    for argument in sys.argv[1:3]:
        if not (argument.isascii() and argument.isalpha()):
            break
        words.append(argument)
    return words
