"""Files that a command writes: whole or not at all, and over nothing that somebody may need."""

import contextlib
import os
import secrets
from collections.abc import Generator
from pathlib import Path
from typing import TextIO

from ledger.cli.terminal.failures import UnusableFile
from ledger.cli.terminal.language import filled, here
from ledger.cli.terminal.output import printable
from ledger.cli.words import usage
from ledger.domain.bilingual import Bilingual, of_the_system
from ledger.store.errors import AlreadyThere
from ledger.store.privacy import opener


@contextlib.contextmanager
def usable(path: Path | None = None, *, code: str = "unusable-folder") -> Generator[None]:
    """What the system says of the file or folder at a path, or of the one that it names, is told: as UnusableFile."""
    try:
        yield
    except OSError as error:
        named = error.filename if path is None else path
        if error.strerror is None or named is None:
            raise UnusableFile(printable(reason_of(error)), code=code) from None
        raise UnusableFile(f"{printable(str(named))}: {reason_of(error)}", code=code) from None


def reason_of(error: Exception) -> str:
    """Why a file could not be read, in words."""
    match error:
        case UnicodeDecodeError():
            return here(*usage.NOT_UTF_8)
        case Bilingual() | AlreadyThere():
            return here(str(error), error.zh)
        case OSError():
            return here(*of_the_system(error))
        case _:
            return str(error)


@contextlib.contextmanager
def new_file(path: Path, *, force: bool) -> Generator[TextIO]:
    """A text file of its owner's alone that is there, under its name, once all is written; raises UnusableFile.

    With `force` it takes the place of another file.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not (force and path.is_file()):
        there = usage.FILE_THERE if path.is_file() else usage.NO_FILE_THERE
        raise UnusableFile(filled(there, path=printable(str(path))), code="file-exists")
    making = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    try:
        with usable(path, code="unusable-file"):
            with open(making, "x", encoding="utf-8", newline="\n", opener=opener) as file:
                yield file
            making.replace(path)
    finally:
        making.unlink(missing_ok=True)
