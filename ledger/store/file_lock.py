"""Locks of the operating system on files, which are gone with the process that holds them."""

import contextlib
from typing import IO, Any


class Locked(Exception):
    """Another process holds the lock, or the file cannot be locked at all."""


def lock(file: IO[Any], *, shared: bool = False, wait: bool = False) -> None:
    """Lock an open file, with others who share it or alone; raises Locked unless it may `wait` for them."""
    # It costs a tenth of a short command's time, and whoever only reads locks nothing.
    import portalocker

    kind = portalocker.LOCK_SH if shared else portalocker.LOCK_EX
    try:
        portalocker.lock(file, kind if wait else kind | portalocker.LOCK_NB)
    except portalocker.LockException as error:
        raise Locked from error


def unlock(file: IO[Any]) -> None:
    """Let others lock an open file; harmless where it is not locked."""
    import portalocker

    with contextlib.suppress(portalocker.LockException):
        portalocker.unlock(file)
