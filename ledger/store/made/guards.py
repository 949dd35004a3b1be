"""The tables and triggers of a database as they were made: what is otherwise is told, and triggers are put back."""

import logging
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, create_engine

from ledger.store.log import MIGRATIONS
from ledger.store.made import guards_postgres
from ledger.store.made.guards_postgres import NONE_OF_OURS
from ledger.store.migrations import migrate
from ledger.store.schema import METADATA

Make = Callable[[Connection], None]
"""Makes the tables that are kept beside those of the log."""

_ENTRIES = "SELECT type, name, tbl_name, sql FROM sqlite_master"
_TRIGGERS = f"{_ENTRIES} WHERE type = 'trigger'"
_COPY = re.compile(r"__new_[0-9a-f]{8}")
_COPIED = ("table", "index")
_OF_ANALYZE = "sqlite_stat"
_BLANKS = re.compile(r"[\s\"]+")

logger = logging.getLogger(__name__)


class Flaw(NamedTuple):
    """What is otherwise than it was made, and the statements that mend it; none where only a restore does."""

    what: str
    state: str
    mend: Sequence[str] = ()


class _Entry(NamedTuple):
    """What SQLite keeps of a table, an index or a trigger: whose it is, and how it was made."""

    table: str
    sql: str


_Entries = Mapping[tuple[str, str], _Entry]


def flaws(connection: Connection, tables: Collection[str] = (), beside: Make | None = None) -> list[Flaw]:
    """What is otherwise than the migrations would make it here; no trigger belongs on `tables` beside those of the log.

    With `beside`, which makes those, they are looked at too, where the ledger is embedded.
    """
    if connection.dialect.name == "postgresql":
        return [Flaw(*one) for one in guards_postgres.flaws(connection, tables)]
    made, found = _made_alone() if beside is None else _made(beside), _entries(connection)
    return _held_against(made, found, whole=beside is not None)


def _held_against(made: _Entries, found: _Entries, *, whole: bool) -> list[Flaw]:
    """How what is found differs from what was made; where that is not the `whole`, only triggers can be too many."""
    told: list[Flaw] = []
    for (kind, name), entry in sorted(found.items()):
        if (kind, name) not in made and (whole or kind == "trigger"):
            told.append(_extra(kind, name, entry))
    for (kind, name), entry in sorted(made.items()):
        there = found.get((kind, name))
        if there is None or not _same(kind, name, there, entry):
            told.append(_otherwise(kind, name, entry, there))
    return told


def put_back(connection: Connection, tables: Collection[str] = ()) -> tuple[str, ...]:
    """Put back triggers that are missing or changed, and take away those that are none of ours; tell what was done.

    The caller holds the log's lock, and warns of what was done once it is committed.
    """
    mended = _mendable(connection, tables)
    for one in mended:
        for statement in one.mend:
            connection.exec_driver_sql(statement)
    return tuple(
        f"{one.what} was {one.state}: it was {'taken away' if one.state == NONE_OF_OURS else 'put back'}"
        for one in mended
    )


def warn(mended: Iterable[str]) -> None:
    """Write a warning of each trigger that was put back or taken away."""
    for one in mended:
        logger.warning("%s", one)


def _mendable(connection: Connection, tables: Collection[str]) -> list[Flaw]:
    # Of triggers alone: to ask for tables too takes as long as all else when a ledger is opened.
    if connection.dialect.name == "postgresql":
        return [Flaw(*one) for one in guards_postgres.mendable_flaws(connection, tables)]
    made = {key: entry for key, entry in _made_alone().items() if key[0] == "trigger"}
    return _held_against(made, _entries(connection, _TRIGGERS), whole=False)


def _extra(kind: str, name: str, entry: _Entry) -> Flaw:
    if kind == "trigger":
        return Flaw(f"the trigger {name} of {entry.table}", NONE_OF_OURS, (f"DROP TRIGGER {_quoted(name)}",))
    return Flaw(f"the {kind} {name}", NONE_OF_OURS)


def _otherwise(kind: str, name: str, entry: _Entry, there: _Entry | None) -> Flaw:
    state = "missing" if there is None else "not as it was made"
    if kind != "trigger":
        return Flaw(f"the {kind} {name}", state)
    drop = () if there is None else (f"DROP TRIGGER {_quoted(name)}",)
    return Flaw(f"the trigger {name} of {entry.table}", state, (*drop, entry.sql))


@cache
def _made_alone() -> _Entries:
    return _made(None)


def _made(beside: Make | None) -> dict[tuple[str, str], _Entry]:
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            migrate(connection, MIGRATIONS)
            if beside is not None:
                beside(connection)
            return _entries(connection)
    finally:
        engine.dispose()


def _entries(connection: Connection, asked: str = _ENTRIES) -> dict[tuple[str, str], _Entry]:
    """By kind and name, without what ANALYZE leaves, and without copies of views in the making."""
    found: dict[tuple[str, str], _Entry] = {}
    copies: list[tuple[str, str, _Entry]] = []
    for kind, name, table, sql in connection.exec_driver_sql(asked):
        entry = _Entry(table, sql or "")
        if kind not in _COPIED or not _COPY.search(name):
            if kind != "table" or not name.startswith(_OF_ANALYZE):
                found[kind, name] = entry
        elif not _COPY.search(table):
            copies.append((kind, name, entry))
    for kind, name, entry in copies:
        # An index keeps the name that it had on the copy; beside one of the plain name it is another.
        plain = (kind, _COPY.sub("", name))
        found[(kind, name) if plain in found else plain] = entry
    return found


def _same(kind: str, name: str, one: _Entry, other: _Entry) -> bool:
    if kind == "trigger" or name in METADATA.tables:
        return one == other
    return one.table == other.table and _plain(one.sql) == _plain(other.sql)


def _plain(sql: str) -> str:
    """The text without what a table's new name, or another release of the toolkit, changes in it."""
    return _BLANKS.sub(" ", _COPY.sub("", sql)).replace("( ", "(").strip()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
