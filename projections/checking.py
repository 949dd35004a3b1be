"""Holding every view, and the log's own index, against the log."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from ledger.store.codec import Recorded, StoredEvent, UnreadableEvent, decode, decode_tags, stored_names
from ledger.store.log import Log, batches, head
from ledger.store.schema import EVENT_TAG
from projections import states
from projections.rebuilding import Progress, is_there, no_progress
from projections.scratch import scratch
from projections.view import View


class Checked(NamedTuple):
    """What a check found: the position that was checked at, and what is wrong, empty if nothing is."""

    name: str
    position: int
    problem: str

    @property
    def agrees(self) -> bool:
        """Whether all is as the log says."""
        return not self.problem


def check(log: Log, views: Sequence[View], progress: Progress = no_progress) -> list[Checked]:
    """Replay the whole log beside the store and compare; nothing is written, and writers go on."""
    with log.store.snapshot() as connection, scratch(views) as copies:
        position = head(connection)
        replay = _Replay(copies, views)
        for rows in batches(connection, 0, position):
            replay.take(rows)
            progress("check", replay.position, position)
        log_problem = replay.problem_of_log(position, _index_weight(connection))
        known = states.read(connection)
        results = [Checked("log", position, log_problem)]
        for view in views:
            problem = state_problem(known.get(view.name), view, position) or replay.unfolded.get(view.name)
            results.append(Checked(view.name, position, problem or _difference(connection, view, copies)))
    return results


def state_problem(state: states.State | None, view: View, position: int) -> str:
    """Why a view does not stand at a position, empty if it does."""
    if state is None or state.version != view.version:
        return "is not built for this release; `timebank projections rebuild` builds it"
    if state.broken_at is not None:
        return f"broke at position {state.broken_at}: {state.error}"
    if state.position != position:
        return f"stands at {state.position}, the log at {position}"
    return ""


def _difference(connection: Connection, view: View, copies: Connection) -> str:
    if not is_there(connection, view):
        return "lacks a table; `timebank projections rebuild` mends it"
    if view.digest(connection) != view.digest(copies):
        return "differs from what the log says; `timebank projections rebuild` mends it"
    return ""


class _Replay:
    """The log folded into scratch copies, with the first thing that is wrong with the log itself.

    `unfolded` says of each view that could not take some fact why not.
    """

    def __init__(self, copies: Connection, views: Sequence[View]) -> None:
        self.position = 0
        self.unfolded: dict[str, str] = {}
        self._copies = copies
        self._views = views
        self._problem = ""
        self._weight = 0

    def take(self, rows: Sequence[StoredEvent]) -> None:
        """Look at events, in order, and fold them."""
        recorded = [one for row in rows if (one := self._read(row)) is not None]
        for view in self._views:
            relevant = [one for one in recorded if type(one.event) in view.types]
            if relevant and view.name not in self.unfolded:
                try:
                    view.fold(self._copies, relevant)
                except Exception as error:
                    self.unfolded[view.name] = f"cannot take what the log holds: {type(error).__name__}"

    def problem_of_log(self, head: int, index_weight: int) -> str:
        """What is wrong with the log, empty if nothing is."""
        if self.position != head:
            self._note(f"position {self.position + 1} is missing")
        if self._weight != index_weight:
            self._note("the index of tags is not what the events say")
        return self._problem

    def _read(self, row: StoredEvent) -> Recorded | None:
        if row.position != self.position + 1:
            self._note(f"position {self.position + 1} is missing")
        self.position = row.position
        try:
            event, tags = decode(row.data), decode_tags(row.tags)
        except (UnreadableEvent, msgspec.DecodeError):
            self._note(f"position {row.position} cannot be read")
            return None
        if row.type not in stored_names((type(event),)) or tags != event.tags():
            self._note(f"type or tags of position {row.position} are not those of its data")
        self._weight += sum(_weight(tag, row.position, row.type) for tag in set(event.tags()))
        return Recorded(row.position, event, row.data)

    def _note(self, problem: str) -> None:
        self._problem = self._problem or problem


def _weight(tag: str, position: int, kind: str) -> int:
    """A number for one row of the index: summed up, they tell two indexes apart in whatever order they are read."""
    return int.from_bytes(hashlib.sha256(f"{tag}\x00{position}\x00{kind}".encode()).digest())


def _index_weight(connection: Connection) -> int:
    rows = connection.execute(select(EVENT_TAG).execution_options(yield_per=10_000))
    return sum(_weight(tag, position, kind) for tag, position, kind in rows)
