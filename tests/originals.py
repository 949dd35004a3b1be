"""Ledgers in files that are made once for many tests: each gets a copy, or all look at the same."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import portalocker
import pytest

from tests.postgres import Found

NAME = "ledger.db"


@dataclass(frozen=True)
class Originals:
    """Folders with a ledger in each, by what makes it."""

    new_folder: Callable[[], Path]
    _made: dict[Found, Path] = field(default_factory=dict, repr=False)

    def copy_into(self, folder: Path, found: Found) -> str:
        """Lay a copy of what `found` makes into a folder; the URL of the ledger there."""
        if found not in self._made:
            original = self.new_folder()
            found(url_in(original))
            self._made[found] = original
        shutil.copytree(self._made[found], folder, dirs_exist_ok=True)
        return url_in(folder)


def url_in(folder: Path) -> str:
    """The URL of the ledger that lies in a folder, or will."""
    return f"sqlite:///{folder / NAME}"


def once_a_run(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` fills, once for all workers, which only look at it; they wait for the first who asks."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, whole = shared / name, shared / f"{name}.whole"
    with (shared / f"{name}.lock").open("w") as lock:
        portalocker.lock(lock, portalocker.LOCK_EX)
        if not whole.exists():
            # What is there is of a worker who failed half-way.
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            whole.touch()
    return folder
