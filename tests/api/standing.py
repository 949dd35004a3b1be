"""A village in files that a test leaves as it found it is the next test's too: to open one takes longer than most."""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from ledger.bootstrap import Ledger, open_for_writing
from ledger.settings import Settings
from tests.api.clock import Clock

LEDGER, PEOPLE = "ledger.sqlite", "people.sqlite"


def place_in(folder: Path, key: Path) -> Settings:
    """Where a village's files lie in a folder, and the key of its checkpoints."""
    return Settings(*(f"sqlite:///{folder / name}" for name in (LEDGER, PEOPLE)), checkpoint_key=str(key))


More = Callable[[Ledger], object]
"""Lets more be in a village, whose clock it leaves alone."""


class Standing(NamedTuple):
    """An open village, how it was, and what ends it."""

    ledger: Ledger
    watchers: tuple[sqlite3.Connection, ...]
    before: tuple[object, ...]
    ending: contextlib.ExitStack


class Villages:
    """Copies of a village's folder as it was at a moment; of each kind one at most stands open between two tests."""

    def __init__(self, folder: Path, key: Path, now: datetime, room: Callable[[], Path]) -> None:
        self._folders: dict[More | None, Path] = {None: folder}
        self._key = key
        self._now = now
        self._room = room
        self._standing: dict[More | None, Standing] = {}

    @contextlib.contextmanager
    def lend(self, more: More | None) -> Iterator[Ledger]:
        """A village with what `more` lets be there, in which nothing else has happened yet."""
        standing = self._standing.pop(more, None) or self._open(more)
        try:
            yield standing.ledger
        finally:
            if _seen(standing.ledger, standing.watchers) == standing.before:
                self._standing[more] = standing
            else:
                standing.ending.close()

    @contextlib.contextmanager
    def open_in(self, folder: Path, more: More | None) -> Iterator[Ledger]:
        """The same in a folder of one's own."""
        if more not in self._folders:
            self._folders[more] = self._with(more)
        for name in (LEDGER, PEOPLE):
            shutil.copy(self._folders[more] / name, folder)
        with open_for_writing(place_in(folder, self._key), now=Clock(self._now)) as ledger:
            yield ledger

    def close(self) -> None:
        """End those that stand open."""
        for standing in self._standing.values():
            standing.ending.close()

    def _with(self, more: More | None) -> Path:
        assert more is not None
        folder = self._room()
        with self.open_in(folder, None) as ledger:
            more(ledger)
            assert ledger.now() == self._now
        return folder

    def _open(self, more: More | None) -> Standing:
        with contextlib.ExitStack() as stack:
            room = self._room()
            stack.callback(shutil.rmtree, room)
            ledger = stack.enter_context(self.open_in(room, more))
            watchers = tuple(
                stack.enter_context(contextlib.closing(sqlite3.connect(room / name)))
                for name in (LEDGER, PEOPLE)
            )
            return Standing(ledger, watchers, _seen(ledger, watchers), stack.pop_all())


def _seen(ledger: Ledger, watchers: tuple[sqlite3.Connection, ...]) -> tuple[object, ...]:
    """What is another once anybody wrote to either file, put the clock forward, or said where things are."""
    versions = (watcher.execute("PRAGMA data_version").fetchone()[0] for watcher in watchers)
    return ledger.settings, ledger.now(), *versions
