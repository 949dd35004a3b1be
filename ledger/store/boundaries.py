"""Consistency boundaries: what they folded to is remembered, so that a decision's cost does not grow with history."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from ledger.domain.commands import Facts, Fold
from ledger.domain.events import Event
from ledger.store.codec import decode, stored_names
from ledger.store.log import between, tagged

_FAR_BEHIND = 2_000


class Boundaries:
    """Folds by boundary line, all standing at one position, the least recently used forgotten first.

    Folds are changed in place as facts are decided. If those facts are not committed, `forget` must follow.
    """

    def __init__(self, most_tags: int = 65_536) -> None:
        """Remember the folds of at most `most_tags` tags."""
        self._most_tags = most_tags
        self._folds: OrderedDict[str, dict[type[Fold], Fold]] = OrderedDict()
        self._unsaved: list[tuple[Event, tuple[str, ...]]] = []
        self._position = 0
        self._passing: list[str] = []

    def forget(self) -> None:
        """Know nothing any more."""
        self._folds.clear()
        self._unsaved.clear()
        self._passing.clear()
        self._position = 0

    def catch_up(self, connection: Connection, head: int) -> None:
        """Learn what other processes appended since."""
        if head == self._position:
            return
        if not self._position <= head <= self._position + _FAR_BEHIND:
            self._folds.clear()
        if self._folds:
            for row in between(connection, self._position, head):
                event = decode(row.data)
                self._see(event, event.tags())
        self._position = head

    def learn(self, connection: Connection, lines: Iterable[Facts[Any]]) -> None:
        """Read the lines that are not remembered, in one query for each kind of fold."""
        cold: dict[type[Fold], dict[str, Fold]] = {}
        for line in lines:
            known = self._folds.get(line.about)
            if known is not None and line.fold in known:
                self._folds.move_to_end(line.about)
            else:
                cold.setdefault(line.fold, {})[line.about] = line.fold(line.about)
        for kind, folds in cold.items():
            for tag, _, data in tagged(connection, list(folds), stored_names(kind.types)):
                folds[tag].see(decode(data))
            self._see_unsaved(kind, folds)
            if not kind.remembered:
                self._passing.extend(folds)
            for tag, fold in folds.items():
                self._folds.setdefault(tag, {})[kind] = fold
                self._folds.move_to_end(tag)

    def fold(self, line: Facts[Any]) -> Fold | None:
        """What a line folded to, None if it is not remembered."""
        known = self._folds.get(line.about)
        return None if known is None else known.get(line.fold)

    def decided(self, event: Event, tags: tuple[str, ...]) -> None:
        """Learn a fact that is about to be appended."""
        self._unsaved.append((event, tags))
        self._see(event, tags)

    def saved(self) -> None:
        """What was decided is committed."""
        self._position += len(self._unsaved)
        self._unsaved.clear()
        for tag in self._passing:
            self._folds.pop(tag, None)
        self._passing.clear()
        while len(self._folds) > self._most_tags:
            self._folds.popitem(last=False)

    def _see(self, event: Event, tags: tuple[str, ...]) -> None:
        kind = type(event)
        for tag in dict.fromkeys(tags):
            known = self._folds.get(tag)
            if known is not None:
                for fold in known.values():
                    if kind in fold.types:
                        fold.see(event)

    def _see_unsaved(self, kind: type[Fold], folds: dict[str, Fold]) -> None:
        for event, tags in self._unsaved:
            if type(event) in kind.types:
                for tag in dict.fromkeys(tags):
                    if tag in folds:
                        folds[tag].see(event)
