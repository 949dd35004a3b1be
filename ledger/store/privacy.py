"""Whether others than a ledger's owner can open its files."""

import stat
from pathlib import Path
from typing import Protocol

from ledger.store.engine import checked_url

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Kept(Protocol):
    """Where a ledger and its directory are kept, as database URLs."""

    @property
    def ledger(self) -> str:
        """The ledger's URL."""
        ...

    @property
    def directory(self) -> str:
        """The directory's URL."""
        ...


def open_paths(settings: Kept) -> list[Path]:
    """The folder and files of an embedded ledger whose mode lets group or others in; none on PostgreSQL."""
    found: list[Path] = []
    for text in dict.fromkeys((settings.ledger, settings.directory)):
        url = checked_url(text)
        if url.get_backend_name() == "sqlite":
            file = Path(url.database or "")
            found += [file.parent, file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))]
    return [path for path in dict.fromkeys(found) if _is_open(path)]


def _is_open(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except OSError:
        return False
