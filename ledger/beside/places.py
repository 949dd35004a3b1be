"""Where the holder of a ledger's lock listens: a socket beside the database, whatever the length of its path."""

import contextlib
import hashlib
import os
import stat
from collections.abc import Generator
from pathlib import Path

from ledger.settings import Settings
from ledger.store.engine import checked_url

SUFFIX = ".socket"
LONGEST_ADDRESS = 107
"""In bytes: what the system takes as a socket's name, without the zero behind it."""
_LONGEST_NAME = 64
_DIGITS = 16


def socket_of(settings: Settings) -> Path:
    """The socket beside an embedded ledger's database, named like its lock; by a digest where that is long."""
    database = Path(checked_url(settings.ledger).database or "")
    path = database.with_suffix(SUFFIX)
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        path = path.with_name(hashlib.sha256(os.fsencode(path.name)).hexdigest()[:_DIGITS] + SUFFIX)
    return path


@contextlib.contextmanager
def address_of(path: Path) -> Generator[str]:
    """What the system takes as the name of a socket: its path, or by way of its open folder where that is longer."""
    whole = str(path.absolute())
    if len(os.fsencode(whole)) <= LONGEST_ADDRESS:
        yield whole
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def remove_socket(path: Path) -> None:
    """Remove a socket, such as one that a process left which was killed; raises FileExistsError for any other file."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise FileExistsError(f"{path} is no socket")
    path.unlink(missing_ok=True)
