"""Numbered changes of a database's shape: applied in order, once each, never edited after a release."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, func, inspect, select

from ledger.store.errors import NewerSchema, NoLedger
from ledger.store.prepared import Prepared

Migration = Callable[[Connection], None]


def applied(connection: Connection, schema: str | None = None) -> int:
    """The number of the last migration applied here; 0 on an empty database."""
    table = _table(schema)
    if not inspect(connection).has_table(table.name, schema=schema):
        return 0
    return _newest(schema).rows(connection, {})[0][0]


def migrate(
    connection: Connection,
    migrations: Sequence[Migration],
    schema: str | None = None,
    *,
    absent: NoLedger | None = None,
) -> None:
    """Apply what is missing, in the caller's transaction; raises NewerSchema, having changed nothing.

    So does it raise `absent`, if that is given, where no release has applied anything.
    """
    done = applied(connection, schema)
    if not done and absent is not None:
        raise absent
    _refuse_newer(done, migrations)
    table = _table(schema)
    if not done:
        table.create(connection, checkfirst=True)
    for number, migration in enumerate(migrations[done:], start=done + 1):
        migration(connection)
        connection.execute(table.insert(), {"number": number, "applied": datetime.now(UTC).isoformat()})


def refuse_unmigrated(
    connection: Connection, migrations: Sequence[Migration], schema: str | None = None
) -> None:
    """Raise NewerSchema or NoLedger unless the database has exactly the shape that this release reads."""
    done = applied(connection, schema)
    _refuse_newer(done, migrations)
    if done < len(migrations):
        raise NoLedger(
            "the database is not set up for this release; run `timebank init`",
            "数据库尚未按当前版本设置；请运行 `timebank init`",
        )


def _refuse_newer(done: int, migrations: Sequence[Migration]) -> None:
    if done > len(migrations):
        raise NewerSchema(
            f"the database has schema {done}, this release knows {len(migrations)}: a newer release wrote it",
            f"数据库由更新的版本写入：其结构为第 {done} 版，当前版本只认得第 {len(migrations)} 版",
        )


# Described once: to describe a table takes as long as to read it.
@cache
def _table(schema: str | None) -> Table:
    return Table(
        "schema_migration",
        MetaData(schema=schema),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("applied", Text, nullable=False),
    )


@cache
def _newest(schema: str | None) -> Prepared:
    return Prepared(select(func.coalesce(func.max(_table(schema).c.number), 0)))
