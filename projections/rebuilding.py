"""Making views anew from the log: beside the live ones, then in their place."""

import secrets
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Inspector, inspect

from ledger.store.codec import Recorded, decode
from ledger.store.log import Log, batches, head
from projections import states
from projections.view import View

Progress = Callable[[str, int, int], None]
"""Told the view's name, the position it has come to, and the head."""

_BATCH = 5_000
_SHADOW = "__new_"


class Rebuilt(NamedTuple):
    """A view made anew; `same` tells whether the one before held the same."""

    name: str
    position: int
    same: bool


def no_progress(_name: str, _position: int, _head: int) -> None:
    """Tell nobody."""


def prepare(log: Log, views: Sequence[View], progress: Progress = no_progress) -> None:
    """Make the tables of views that are new here, and bring those behind, or of another version, up to the head.

    A broken view is left as it is, for people to see; `rebuild` mends it.
    """
    with log.appending() as connection:
        states.make_table(connection)
        known = states.read(connection)
        position = head(connection)
        _drop_leftovers(connection, views)
    for view in views:
        state = known.get(view.name)
        broken = state is not None and state.broken_at is not None
        current = state is not None and state.version == view.version and state.position == position
        if not (broken or current):
            rebuild(log, view, progress)


def rebuild(log: Log, view: View, progress: Progress = no_progress) -> Rebuilt:
    """Fold the whole log into a copy, compare it with the live view, and put it in its place under the append lock.

    Writers go on meanwhile, but for the last step.
    """
    copy = type(view)(f"{_SHADOW}{secrets.token_hex(4)}")
    with log.store.begin() as connection:
        copy.metadata.create_all(connection)
        position, upto = 0, head(connection)
    while position < upto:
        with log.store.begin() as connection:
            position = fold_between(connection, connection, copy, position, min(position + _BATCH, upto))
        progress(view.name, position, upto)
    with log.appending() as connection:
        upto = head(connection)
        fold_between(connection, connection, copy, position, upto)
        same = _live(connection, view) and copy.digest(connection) == view.digest(connection)
        _switch(connection, view, copy)
        states.put(connection, states.State(view.name, view.version, upto, None, None))
    return Rebuilt(view.name, upto, same)


def fold_between(source: Connection, target: Connection, view: View, after: int, upto: int) -> int:
    """Fold the events after one position up to another into a view; gives the position reached."""
    for rows in batches(source, after, upto, _BATCH):
        recorded = (Recorded(row.position, decode(row.data)) for row in rows)
        relevant = [one for one in recorded if type(one.event) in view.types]
        if relevant:
            view.fold(target, relevant)
    return upto


def _live(connection: Connection, view: View) -> bool:
    inspector: Inspector = inspect(connection)
    return all(
        inspector.has_table(table.name)
        and [column["name"] for column in inspector.get_columns(table.name)] == table.columns.keys()
        for table in view.tables
    )


def _switch(connection: Connection, view: View, copy: View) -> None:
    quote = connection.dialect.identifier_preparer.quote
    view.metadata.drop_all(connection)
    for table in copy.tables:
        name = copy.plain_name(table)
        connection.exec_driver_sql(f"ALTER TABLE {quote(table.name)} RENAME TO {quote(name)}")


def _drop_leftovers(connection: Connection, views: Sequence[View]) -> None:
    """Drop what a rebuild that was cut off left behind."""
    live = {table.name for view in views for table in view.tables}
    quote = connection.dialect.identifier_preparer.quote
    for name in inspect(connection).get_table_names():
        if name.partition(_SHADOW)[0] in live and _SHADOW in name:
            connection.exec_driver_sql(f"DROP TABLE {quote(name)}")
