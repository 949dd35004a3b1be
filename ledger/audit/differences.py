"""What changed in views between two positions of the log, and by which facts."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Table

from ledger.domain.events import Event
from ledger.store.codec import Recorded, decode, recorded, stored_names, type_name
from ledger.store.log import Log, batches, data_at
from projections.running.rebuilding import Progress, no_progress
from projections.running.scratch import scratch
from projections.view import View, instant_text

_BATCH = 5_000
_TABLES = (
    "CREATE TABLE now_at (position INTEGER NOT NULL)",
    "INSERT INTO now_at VALUES (0)",
    "CREATE TABLE touched (what TEXT, key TEXT, before TEXT, after TEXT, PRIMARY KEY (what, key)) WITHOUT ROWID",
    "CREATE TABLE caused (what TEXT, key TEXT, position INTEGER, PRIMARY KEY (what, key, position)) WITHOUT ROWID",
)

_TRIGGER = """CREATE TRIGGER "{what}_{name}" AFTER {what} ON "{name}" BEGIN
    INSERT INTO touched VALUES ('{name}', json_array({key}), {old}, {new})
        ON CONFLICT DO UPDATE SET after = excluded.after;
    INSERT INTO caused VALUES ('{name}', json_array({key}), (SELECT position FROM now_at)) ON CONFLICT DO NOTHING;
END"""

Row = dict[str, Any]
"""A row of a view's table, by column."""


class Change(NamedTuple):
    """One row of a view's table; None `before` if it is new, `after` if it is gone; `by` are positions."""

    table: str
    key: Row
    before: Row | None
    after: Row | None
    by: tuple[int, ...]

    @property
    def columns(self) -> list[str]:
        """The columns that tell what changed, those beside the key."""
        if self.before is not None and self.after is not None:
            return [name for name in self.after if self.before[name] != self.after[name]]
        row = self.after or self.before or {}
        return [name for name in row if name not in self.key] or list(row)


class Counts(NamedTuple):
    """How many rows of a view changed, and by how many facts."""

    name: str
    new: int
    changed: int
    gone: int
    facts: int

    @classmethod
    def of(cls, name: str, changes: Sequence[Change]) -> "Counts":
        """The counts of a view's changes."""
        return cls(
            name,
            new=sum(one.before is None for one in changes),
            changed=sum(None not in (one.before, one.after) for one in changes),
            gone=sum(one.after is None for one in changes),
            facts=len({position for one in changes for position in one.by}),
        )


class Fact(NamedTuple):
    """A fact behind changes."""

    position: int
    type: str
    at: str
    by: str


def differences(
    log: Log, views: Sequence[View], before: int, after: int, progress: Progress = no_progress
) -> dict[str, list[Change]]:
    """The rows of views that differ between two positions, by view, in the order of tables and keys.

    The log is folded beside the store: what lies before the first position in batches, what follows fact by fact. Rows
    that were changed and changed back are no difference.
    """
    kinds = frozenset(kind for view in views for kind in view.types)
    with log.store.snapshot() as connection, scratch(views) as copies:
        for some in _facts(connection, 0, before, kinds):
            _fold(copies, views, some)
            progress("replay", some[-1].position, after)
        _watch(copies, views)
        for some in _facts(connection, before, after, kinds):
            for one in some:
                copies.exec_driver_sql("UPDATE now_at SET position = ?", (one.position,))
                _fold(copies, views, [one])
            progress("compare", some[-1].position, after)
        return {
            view.name: [change for table in view.tables for change in _changes(copies, table)]
            for view in views
        }


def facts_behind(log: Log, found: Iterable[Sequence[Change]]) -> dict[int, Fact]:
    """The facts behind some changes, by position."""
    positions = sorted({position for some in found for change in some for position in change.by})
    with log.store.snapshot() as connection:
        events = {at: decode(data) for at, data in sorted(data_at(connection, positions).items())}
    return {at: Fact(at, type_name(type(one)), instant_text(one.at), one.by) for at, one in events.items()}


def _facts(connection: Connection, after: int, upto: int, kinds: frozenset[type[Event]]) -> Any:
    for rows in batches(connection, after, upto, stored_names(kinds), _BATCH):
        if rows:
            yield [recorded(row.position, row.data) for row in rows]


def _fold(copies: Connection, views: Sequence[View], facts: Sequence[Recorded]) -> None:
    for view in views:
        relevant = [one for one in facts if type(one.event) in view.types]
        if relevant:
            view.fold(copies, relevant)


def _watch(copies: Connection, views: Sequence[View]) -> None:
    """Let the database itself note each row that changes, as it was first and as it is last."""
    for statement in _TABLES:
        copies.exec_driver_sql(statement)
    for view in views:
        for table in view.tables:
            for what, old, new in (("INSERT", "", "NEW"), ("UPDATE", "OLD", "NEW"), ("DELETE", "OLD", "")):
                copies.exec_driver_sql(_trigger(table, what, old, new))


def _trigger(table: Table, what: str, old: str, new: str) -> str:
    key = ", ".join(f'{new or old}."{column.name}"' for column in table.primary_key.columns)
    return _TRIGGER.format(what=what, name=table.name, key=key, old=_row(table, old), new=_row(table, new))


def _row(table: Table, of: str) -> str:
    pairs = ", ".join(f"'{column.name}', {of}.\"{column.name}\"" for column in table.columns)
    return f"json_object({pairs})" if of else "NULL"


def _changes(copies: Connection, table: Table) -> list[Change]:
    causes: dict[str, list[int]] = {}
    for key, position in copies.exec_driver_sql(
        "SELECT key, position FROM caused WHERE what = ? ORDER BY position", (table.name,)
    ):
        causes.setdefault(key, []).append(position)
    rows = copies.exec_driver_sql(
        "SELECT key, before, after FROM touched WHERE what = ? AND before IS NOT after", (table.name,)
    )
    names = [column.name for column in table.primary_key.columns]
    found = [
        Change(
            table.name,
            dict(zip(names, msgspec.json.decode(key), strict=True)),
            _read(before),
            _read(after),
            tuple(causes[key]),
        )
        for key, before, after in rows
    ]
    return sorted(found, key=lambda change: tuple(change.key.values()))


def _read(row: str | None) -> Row | None:
    return None if row is None else msgspec.json.decode(row)
