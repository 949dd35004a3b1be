"""Holding every view, and the log's own index, against the log."""

import contextlib
import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection, select

from ledger.store.codec import Recorded, StoredEvent, UnreadableEvent, decode, encode_tags, stored_names
from ledger.store.errors import StoreError
from ledger.store.log import Log, batches, head, strays
from ledger.store.schema import EVENT_TAG
from projections.running import states
from projections.running.rebuilding import Progress, is_there, no_progress
from projections.running.scratch import scratch
from projections.view import View

_LONGEST_REASON = 200


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
    """Replay the whole log beside the store and compare; nothing is written, and writers go on.

    What the database cannot read is a problem of that which cannot be compared without it, and keeps no other from it.
    """
    with log.store.snapshot() as connection, scratch(views) as copies:
        position = head(connection)
        replay = _Replay(copies, views)
        unread = told(lambda: replay.read_all(connection, position, progress), connection)
        problem = unread or told(
            lambda: replay.problem_of_log(position, _index_weight(connection)), connection
        )
        results = [Checked("log", position, problem)]
        for view in views:
            compare = partial(_problem_of_view, connection, copies, view, position, replay.unfolded)
            problem = "cannot be compared, as the log cannot be read" if unread else told(compare, connection)
            results.append(Checked(view.name, position, problem))
        return results


def told(examine: Callable[[], str], within: Connection | None = None) -> str:
    """What an examination finds, or why it cannot be made: what somebody wrote over raises whatever it may.

    Those that share a transaction name it: on PostgreSQL one that failed would end it for the next.
    """
    try:
        with contextlib.nullcontext() if within is None else within.begin_nested():
            return examine()
    except Exception as error:
        return f"cannot be examined: {reason(error)}"


def reason(error: Exception) -> str:
    """What the database says where it failed, in a line and without what is stored; else what kind of error it is."""
    said = str(getattr(error, "orig", None) or (error if isinstance(error, StoreError) else ""))
    return (
        said.strip().partition("\n")[0].partition(" with text ")[0][:_LONGEST_REASON] or type(error).__name__
    )


def state_problem(state: states.State | None, view: View, position: int) -> str:
    """Why a view does not stand at a position, empty if it does."""
    if state is None or state.version != view.version:
        return "is not built for this release; `timebank projections rebuild` builds it"
    if state.broken_at is not None:
        return f"broke at position {state.broken_at}: {state.error}"
    if state.error is not None:
        return "tells of an error, and is not broken; `timebank projections rebuild` mends it"
    if state.position != position:
        return f"stands at {state.position}, the log at {position}"
    return ""


def _problem_of_view(
    connection: Connection, copies: Connection, view: View, position: int, unfolded: Mapping[str, str]
) -> str:
    state = states.read(connection).get(view.name)
    return (
        state_problem(state, view, position)
        or unfolded.get(view.name)
        or _difference(connection, view, copies)
    )


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

    def read_all(self, connection: Connection, head: int, progress: Progress) -> str:
        """Look at every event up to the head, in order, and fold it; finds nothing itself."""
        for rows in batches(connection, 0, head):
            self._take(rows)
            progress("check", self.position, head)
        if strays(connection):
            self._note("events stand before position 1")
        return ""

    def problem_of_log(self, head: int, index_weight: int) -> str:
        """What is wrong with the log, empty if nothing is."""
        if self.position != head:
            self._note(f"position {self.position + 1} is missing")
        if self._weight != index_weight:
            self._note("the index of tags is not what the events say")
        return self._problem

    def _take(self, rows: Sequence[StoredEvent]) -> None:
        recorded = [one for row in rows if (one := self._read(row)) is not None]
        for view in self._views:
            relevant = [one for one in recorded if type(one.event) in view.types]
            if relevant and view.name not in self.unfolded:
                try:
                    view.fold(self._copies, relevant)
                except Exception as error:
                    self.unfolded[view.name] = f"cannot take what the log holds: {type(error).__name__}"

    def _read(self, row: StoredEvent) -> Recorded | None:
        if row.position != self.position + 1:
            self._note(f"position {self.position + 1} is missing")
        self.position = row.position
        if not is_text(row):
            self._note(f"position {row.position} is no text")
            return None
        try:
            event = decode(row.data)
        except UnreadableEvent:
            self._note(f"position {row.position} cannot be read")
            return None
        if row.type not in stored_names((type(event),)) or row.tags != encode_tags(event.tags()):
            self._note(f"type or tags of position {row.position} are not those of its data")
        self._weight += sum(_weight(tag, row.position, row.type) for tag in set(event.tags()))
        return Recorded(row.position, event, row.data)

    def _note(self, problem: str) -> None:
        self._problem = self._problem or problem


def is_text(row: tuple[object, ...]) -> bool:
    """Whether all but a position is text: read as it comes, bytes would pass for it."""
    return all(isinstance(one, str) for one in row[1:])


def _weight(tag: str, position: int, kind: str) -> int:
    """A number for one row of the index: summed up, they tell two indexes apart in whatever order they are read."""
    return int.from_bytes(hashlib.sha256(f"{tag}\x00{position}\x00{kind}".encode()).digest())


def _index_weight(connection: Connection) -> int:
    rows = connection.execute(select(EVENT_TAG).execution_options(yield_per=10_000))
    # What is no text, or no number, weighs what nothing else does: the sum is another with it.
    return sum(
        _weight(tag, position, kind) if type(position) is int and is_text((0, tag, kind)) else 1
        for tag, position, kind in rows
    )
