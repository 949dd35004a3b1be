"""Making views anew from the log: beside the live ones, then in their place."""

import contextlib
import logging
import secrets
from collections.abc import Callable, Collection, Generator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Inspector, Table, inspect, select

from ledger.store.codec import recorded, stored_names
from ledger.store.errors import StoreError, StoreUnavailable
from ledger.store.log import Log, batches, head, spans
from projections.running import states
from projections.running.inline import database_failed, spoken_error
from projections.view import View

Progress = Callable[[str, int, int], None]
"""Told the view's name, the position it has come to, and the head."""

Behind = list[tuple[View, states.State | None]]
"""Views that are not at the head, or are of another version, and where they stand."""

_BATCH = 20_000
_SHADOW = "__new_"
_REBUILDING = f"{0x71B5}, hashtext(current_schema())"
"""The advisory lock of PostgreSQL that rebuilds share."""

logger = logging.getLogger(__name__)


class Rebuilt(NamedTuple):
    """A view made anew; `same` tells whether the one before held the same, `problem` why it could not be made."""

    name: str
    position: int | None
    same: bool
    problem: str = ""


def no_progress(_name: str, _position: int, _head: int) -> None:
    """Tell nobody."""


def prepare(log: Log, views: Sequence[View], progress: Progress = no_progress) -> None:
    """Make the tables of views that are new here, and bring those behind, or of another version, up to the head.

    A broken view is left as it is, for people to see; `rebuild` mends it, or another version. One that cannot be
    built is broken from now on: no view keeps a ledger from starting.
    """
    with log.appending() as connection:
        behind = make_ready(connection, views)
    bring_up(log, behind, progress)


def make_ready(connection: Connection, views: Sequence[View]) -> Behind:
    """The first part of that, for which the caller holds the lock: what is new; which views are left to be built."""
    known = states.read(connection)
    if not known:
        states.make_table(connection)
    position = head(connection)
    tables = inspect(connection).get_table_names()
    _drop_leftovers(connection, views, tables)
    if position == 0:
        known |= _begun(connection, [view for view in views if view.name not in known], tables)
    behind: Behind = []
    for view in views:
        state = known.get(view.name)
        if state is not None and state.version == view.version:
            settled = state.broken_at is not None or state.position == position
        else:
            settled = False
        if not settled:
            behind.append((view, state))
    return behind


def bring_up(log: Log, behind: Behind, progress: Progress = no_progress) -> None:
    """The second part: build those views."""
    for view, state in behind:
        _rebuild_or_break(log, view, state, progress)


def _begun(connection: Connection, views: Sequence[View], there: Collection[str]) -> dict[str, states.State]:
    """Make the tables of views of a log without facts, where there are none; their states."""
    begun: dict[str, states.State] = {}
    for view in views:
        if not any(table.name in there for table in view.tables):
            view.metadata.create_all(connection, checkfirst=False)
            begun[view.name] = states.State(view.name, view.version, 0, None, None)
    states.put(connection, *begun.values())
    return begun


def _rebuild_or_break(log: Log, view: View, state: states.State | None, progress: Progress) -> None:
    try:
        rebuild(log, view, progress)
    except Exception as error:
        fault = error.__cause__ if isinstance(error, StoreUnavailable) and error.__cause__ else error
        if database_failed(fault):
            raise
        logger.exception("the view %s could not be built", view.name)
        stood = 0 if state is None else state.position
        broken = states.State(view.name, view.version, stood, stood + 1, spoken_error(fault))
        with log.appending() as connection:
            states.put(connection, broken)


def rebuild(log: Log, view: View, progress: Progress = no_progress) -> Rebuilt:
    """Fold the whole log into a copy, compare it with the live view, and put it in its place under the append lock.

    Writers go on meanwhile, but for the last step.
    """
    return rebuild_together(log, [view], progress)[0]


def rebuild_together(log: Log, views: Sequence[View], progress: Progress = no_progress) -> list[Rebuilt]:
    """The same for several views: the log is read and decoded once for all of them, and they change at one moment."""
    with _no_leftover(log):
        copies = [type(view)(f"{_SHADOW}{secrets.token_hex(4)}") for view in views]
        return _rebuilt(log, views, copies, progress)


def rebuild_each(log: Log, views: Sequence[View], progress: Progress = no_progress) -> list[Rebuilt]:
    """The same, but where one cannot be made: that is told, and the others are made one by one."""
    try:
        return rebuild_together(log, views, progress)
    except StoreError:
        raise
    except Exception:
        # One by one, to learn which it was.
        return [_rebuilt_or_told(log, view, progress) for view in views]


def _rebuilt_or_told(log: Log, view: View, progress: Progress) -> Rebuilt:
    try:
        return rebuild(log, view, progress)
    except StoreError:
        raise
    except Exception as error:
        # Whatever a fold raises: the other views can still be made.
        return Rebuilt(view.name, None, same=False, problem=f"{type(error).__name__}: {error}")


def _rebuilt(log: Log, views: Sequence[View], copies: Sequence[View], progress: Progress) -> list[Rebuilt]:
    with log.store.begin() as connection:
        for copy in copies:
            copy.metadata.create_all(connection)
        position, upto = 0, head(connection)
        asked = [*spans(connection, 0, upto, _BATCH)]
    for span in asked:
        with log.store.begin() as connection:
            position = _folded(connection, copies, *span)
        for view in views:
            progress(view.name, position, upto)
    with log.appending() as connection:
        upto = _folded(connection, copies, position, head(connection))
        return [_put_in_place(connection, *pair, upto) for pair in zip(views, copies, strict=True)]


def _put_in_place(connection: Connection, view: View, copy: View, upto: int) -> Rebuilt:
    live = is_there(connection, view)
    same = live and copy.digest(connection) == view.digest(connection)
    state = states.read(connection).get(view.name)
    if live and state is not None and state.version == view.version:
        _refill(connection, view, copy, same=same)
    else:
        _switch(connection, view, copy)
    states.put(connection, states.State(view.name, view.version, upto, None, None))
    return Rebuilt(view.name, upto, same)


def _folded(connection: Connection, views: Sequence[View], after: int, upto: int) -> int:
    """Fold the events after one position up to another into views; gives the position reached."""
    names = stored_names(kind for view in views for kind in view.types)
    for rows in batches(connection, after, upto, names, _BATCH):
        facts = [recorded(row.position, row.data) for row in rows]
        for view in views:
            relevant = [one for one in facts if type(one.event) in view.types]
            if relevant:
                view.fold(connection, relevant)
    return upto


def is_there(connection: Connection, view: View) -> bool:
    """Whether the view's tables are there, with its columns and keys."""
    inspector: Inspector = inspect(connection)
    return all(
        inspector.has_table(table.name)
        and _columns(inspector, table) == [(one.name, one.nullable) for one in table.columns]
        and inspector.get_pk_constraint(table.name)["constrained_columns"] == table.primary_key.columns.keys()
        for table in view.tables
    )


def _columns(inspector: Inspector, table: Table) -> list[tuple[str, bool]]:
    return [(one["name"], one["nullable"]) for one in inspector.get_columns(table.name)]


def _refill(connection: Connection, view: View, copy: View, *, same: bool) -> None:
    """Exchange the rows alone: on PostgreSQL, who began to read before would find a table that was switched empty."""
    for table in () if same else copy.tables:
        live = view.metadata.tables[copy.plain_name(table)]
        connection.execute(live.delete())
        connection.execute(live.insert().from_select(table.columns.keys(), select(table)))
    copy.metadata.drop_all(connection)


def _switch(connection: Connection, view: View, copy: View) -> None:
    quote = connection.dialect.identifier_preparer.quote
    view.metadata.drop_all(connection)
    for table in copy.tables:
        name = copy.plain_name(table)
        connection.exec_driver_sql(f"ALTER TABLE {quote(table.name)} RENAME TO {quote(name)}")


@contextlib.contextmanager
def _no_leftover(log: Log) -> Generator[None]:
    """As long as this lasts, no process that starts takes a copy in the making for one left behind."""
    if log.store.embedded:
        # There is no other process that writes.
        yield
        return
    with log.store.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({_REBUILDING})")
        yield


def _drop_leftovers(connection: Connection, views: Sequence[View], tables: Collection[str]) -> None:
    """Drop what a rebuild that was cut off left behind, unless another process is rebuilding now."""
    if connection.dialect.name == "postgresql":
        alone = connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({_REBUILDING})")
        if not alone.scalar_one():
            return
    live = {table.name for view in views for table in view.tables}
    quote = connection.dialect.identifier_preparer.quote
    for name in tables:
        if name.partition(_SHADOW)[0] in live and _SHADOW in name:
            connection.exec_driver_sql(f"DROP TABLE {quote(name)}")
