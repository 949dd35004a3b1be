"""Holding every view, and the log's own index, against the log."""

import hashlib
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, create_engine, select

from ledger.store.codec import Recorded, decode, decode_tags, type_name
from ledger.store.log import Log, batches, head
from ledger.store.schema import EVENT_TAG
from projections import states
from projections.rebuilding import Progress, no_progress
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
    with log.store.snapshot() as connection, _scratch(views) as scratch:
        position = head(connection)
        log_problem = _replay(connection, scratch, views, position, progress)
        known = states.read(connection)
        results = [Checked("log", position, log_problem)]
        for view in views:
            problem = _state_problem(known.get(view.name), view, position)
            if not problem and view.digest(connection) != view.digest(scratch):
                problem = "differs from what the log says; `timebank projections rebuild` mends it"
            results.append(Checked(view.name, position, problem))
    return results


def _state_problem(state: states.State | None, view: View, position: int) -> str:
    if state is None or state.version != view.version:
        return "is not built for this release; `timebank projections rebuild` builds it"
    if state.broken_at is not None:
        return f"broke at position {state.broken_at}: {state.error}"
    if state.position != position:
        return f"stands at {state.position}, the log at {position}"
    return ""


def _replay(
    connection: Connection, scratch: Connection, views: Sequence[View], upto: int, progress: Progress
) -> str:
    """Fold everything into the scratch copies; what is wrong with the log itself, if anything."""
    problem, expected, wanted = "", 1, 0
    for rows in batches(connection, 0, upto):
        recorded = [Recorded(row.position, decode(row.data)) for row in rows]
        for row, (position, event) in zip(rows, recorded, strict=True):
            tags, kind = event.tags(), type_name(type(event))
            if position != expected:
                problem = problem or f"position {expected} is missing"
            if row.type != kind or decode_tags(row.tags) != tags:
                problem = problem or f"type or tags of position {position} are not those of its data"
            wanted += sum(_weight(tag, position, kind) for tag in set(tags))
            expected = position + 1
        if recorded:
            _fold(scratch, views, recorded)
            progress("check", recorded[-1].position, upto)
    if expected != upto + 1:
        problem = problem or f"position {expected} is missing"
    if wanted != _index_weight(connection, upto):
        problem = problem or "the index of tags is not what the events say"
    return problem


def _fold(scratch: Connection, views: Sequence[View], recorded: Sequence[Recorded]) -> None:
    for view in views:
        relevant = [one for one in recorded if type(one.event) in view.types]
        if relevant:
            view.fold(scratch, relevant)


def _weight(tag: str, position: int, kind: str) -> int:
    """A number for one row of the index: summed up, they tell two indexes apart in whatever order they are read."""
    return int.from_bytes(hashlib.sha256(f"{tag}\x00{position}\x00{kind}".encode()).digest())


def _index_weight(connection: Connection, upto: int) -> int:
    rows = connection.execution_options(yield_per=10_000).execute(
        select(EVENT_TAG).where(EVENT_TAG.c.position <= upto)
    )
    return sum(_weight(tag, position, kind) for tag, position, kind in rows)


@contextmanager
def _scratch(views: Sequence[View]) -> Generator[Connection]:
    with tempfile.TemporaryDirectory(prefix="timebank-check-") as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'views.sqlite'}")
        try:
            with engine.begin() as connection:
                connection.exec_driver_sql("PRAGMA synchronous=OFF")
                for view in views:
                    view.metadata.create_all(connection)
                yield connection
        finally:
            engine.dispose()
