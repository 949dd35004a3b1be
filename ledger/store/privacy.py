"""Files and folders that are their owner's alone, as they hold people, keys, or everybody's hours."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

LOCK_SUFFIX = ".lock"
"""Of the file beside an embedded database that its one writer holds."""

_FILE, _FOLDER = 0o600, 0o700
_OTHERS = 0o077
_BESIDE_A_DATABASE = ("-wal", "-shm", "-journal")


def opener(name: str, flags: int) -> int:
    """Open a file for `open(…, opener=opener)`, so that one that is made by it was never anybody else's to read.

    A file that is there already stays as it is.
    """
    if flags & os.O_CREAT:
        with contextlib.suppress(FileExistsError):
            handle = os.open(name, flags | os.O_EXCL, _FILE)
            # Whatever the umask took away; some file systems know no modes.
            with contextlib.suppress(OSError, AttributeError):
                os.fchmod(handle, _FILE)
            return handle
    return os.open(name, flags, _FILE)


def make_file(path: Path) -> None:
    """Make an empty file, unless there is one, which is not so much as opened; raises OSError."""
    # To close a file ends this process's locks on it, those of its other connections to a database too.
    with contextlib.suppress(FileExistsError):
        os.close(opener(os.path.realpath(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL))


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, unless they are there; raises OSError."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    try:
        folder.mkdir(_FOLDER)
    except FileExistsError:
        # Another process was quicker, or a file has the name.
        if not folder.is_dir():
            raise
    else:
        with contextlib.suppress(OSError):
            folder.chmod(_FOLDER)


def open_paths(paths: Iterable[Path]) -> list[Path]:
    """Those of some files and folders that others than their owner may read, write or enter, in the order of `paths`.

    With a database goes what SQLite and its writer lay beside it. What is not there, or cannot be looked at, is left
    out; so is everything on systems without such modes.
    """
    if os.name != "posix":
        return []
    every = dict.fromkeys(path for given in paths for path in _with_what_goes_along(given))
    return [path for path in every if _is_open(path)]


def _with_what_goes_along(path: Path) -> Iterator[Path]:
    yield path
    if path.name:
        yield from (path.with_name(path.name + ending) for ending in _BESIDE_A_DATABASE)
        yield path.with_suffix(LOCK_SUFFIX)


def _is_open(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except OSError:
        return False
