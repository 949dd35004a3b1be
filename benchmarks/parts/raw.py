"""The limit: the rows that a round left behind, written again through the plain driver, commit by commit."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import msgspec
import psycopg
from sqlalchemy import Connection, Integer, Table, select

from benchmarks.parts.places import SQLITE, Place
from ledger.bootstrap import Ledger
from ledger.store.schema import EVENT, EVENT_TAG

Rows = list[tuple[Any, ...]]
Commit = list[Rows]
"""The rows of one commit, in the order of `Tables.all`."""


class _Booked(msgspec.Struct):
    at: str


@dataclass(frozen=True)
class Tables:
    """What a transfer writes: rows that are added, and rows of the volunteers it concerns, that are replaced."""

    added: Sequence[Table]
    replaced: Sequence[Table]

    @property
    def all(self) -> list[Table]:
        return [*self.added, *self.replaced]


def tables(ledger: Ledger) -> Tables:
    views = ledger.views
    return Tables(
        (EVENT, EVENT_TAG, views.statement.lines), (views.statement.totals, views.balances.volunteers)
    )


def commits(connection: Connection, written: Tables, after: int) -> list[Commit]:
    """What was committed after a position, commit by commit: facts booked at one instant went together.

    Of a row that was replaced only the newest state is left; it stands for each of the earlier ones.
    """
    decoder = msgspec.json.Decoder(_Booked)
    found: list[Commit] = []
    commit_of: dict[int, Commit] = {}
    last = None
    for position, data in connection.execute(
        select(EVENT.c.position, EVENT.c.data).where(EVENT.c.position > after).order_by(EVENT.c.position)
    ):
        at = decoder.decode(data).at
        if at != last:
            found.append([[] for _ in written.all])
            last = at
        commit_of[position] = found[-1]
    concerned: dict[int, dict[str, None]] = {}
    for index, table in enumerate(written.added):
        rows = connection.execute(
            select(table).where(table.c.position > after).order_by(*table.primary_key.columns)
        )
        for row in rows:
            commit = commit_of[row.position]
            commit[index].append(tuple(row))
            if "volunteer" in table.c:
                concerned.setdefault(id(commit), {})[row.volunteer] = None
    for index, table in enumerate(written.replaced, start=len(written.added)):
        now = {row.volunteer: tuple(row) for row in connection.execute(select(table))}
        for commit in found:
            commit[index].extend(now[volunteer] for volunteer in sorted(concerned[id(commit)]))
    return found


def replay(engine: str, place: Place, written: Tables, rounds: Sequence[Commit]) -> float:
    """The seconds that the commits take on one connection."""
    return (_on_sqlite if engine == SQLITE else _on_postgres)(place, written, rounds)


def unguarded(engine: str, place: Place) -> None:
    """Take the triggers off a ledger's log: the limit keeps the keys and nothing else."""
    if engine == SQLITE:
        with closing(sqlite3.connect(place.file)) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in names:
                connection.execute(f"DROP TRIGGER {name}")
    else:
        with psycopg.connect(**place.dsn) as connection:
            connection.execute("ALTER TABLE event DISABLE TRIGGER USER")
            connection.execute("ALTER TABLE event_tag DISABLE TRIGGER USER")


def _on_sqlite(place: Place, written: Tables, rounds: Sequence[Commit]) -> float:
    statements = _statements(written, lambda table: f"VALUES ({', '.join('?' for _ in table.columns)})")
    with closing(sqlite3.connect(place.file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        begun = time.perf_counter()
        for commit in rounds:
            connection.execute("BEGIN IMMEDIATE")
            for statement, rows in zip(statements, commit, strict=True):
                connection.executemany(statement, rows)
            connection.execute("UPDATE projection SET position = position + ?", (len(commit[0]),))
            connection.execute("COMMIT")
        return time.perf_counter() - begun


def _on_postgres(place: Place, written: Tables, rounds: Sequence[Commit]) -> float:
    statements = _statements(written, _unnested)
    with psycopg.connect(**place.dsn) as connection:
        begun = time.perf_counter()
        for commit in rounds:
            with connection.pipeline(), connection.transaction():
                for statement, rows in zip(statements, commit, strict=True):
                    connection.execute(statement, [list(column) for column in zip(*rows, strict=True)])
                connection.execute("UPDATE projection SET position = position + %s", (len(commit[0]),))
        return time.perf_counter() - begun


def _unnested(table: Table) -> str:
    kinds = ("bigint" if isinstance(column.type, Integer) else "text" for column in table.columns)
    return f"SELECT * FROM unnest({', '.join(f'%s::{kind}[]' for kind in kinds)})"


def _statements(written: Tables, source: Callable[[Table], str]) -> list[str]:
    return [
        f"INSERT INTO {table.name} ({_named(table)}) {source(table)}"
        + (_replacing(table) if table in written.replaced else "")
        for table in written.all
    ]


def _named(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _replacing(table: Table) -> str:
    keys = ", ".join(column.name for column in table.primary_key.columns)
    changes = ", ".join(
        f"{column.name} = excluded.{column.name}" for column in table.columns if not column.primary_key
    )
    return f" ON CONFLICT ({keys}) DO UPDATE SET {changes}"
