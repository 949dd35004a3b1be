"""Numbered changes of a database's shape: applied in order, once each, never edited after a release."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, inspect, text

from ledger.store.errors import NewerSchema, NoLedger

Migration = Callable[[Connection], None]

_TABLE = "schema_migration"


def applied(connection: Connection, schema: str | None = None) -> int:
    """The number of the last migration applied here; 0 on an empty database."""
    if not inspect(connection).has_table(_TABLE, schema=schema):
        return 0
    return connection.execute(text(f"SELECT coalesce(max(number), 0) FROM {_named(schema)}")).scalar_one()


def migrate(connection: Connection, migrations: Sequence[Migration], schema: str | None = None) -> None:
    """Apply what is missing, in the caller's transaction; raises NewerSchema, having changed nothing."""
    done = applied(connection, schema)
    _refuse_newer(done, migrations)
    if done == 0:
        connection.execute(
            text(
                f"CREATE TABLE IF NOT EXISTS {_named(schema)} (number INTEGER PRIMARY KEY, applied TEXT NOT NULL)"
            )
        )
    for number, migration in enumerate(migrations[done:], start=done + 1):
        migration(connection)
        connection.execute(
            text(f"INSERT INTO {_named(schema)} (number, applied) VALUES (:number, :applied)"),
            {"number": number, "applied": datetime.now(UTC).isoformat()},
        )


def refuse_unmigrated(
    connection: Connection, migrations: Sequence[Migration], schema: str | None = None
) -> None:
    """Raise NewerSchema or NoLedger unless the database has exactly the shape that this release reads."""
    done = applied(connection, schema)
    _refuse_newer(done, migrations)
    if done < len(migrations):
        raise NoLedger("the database is not set up for this release; run `timebank init`")


def _refuse_newer(done: int, migrations: Sequence[Migration]) -> None:
    if done > len(migrations):
        raise NewerSchema(
            f"the database has schema {done}, this release knows {len(migrations)}: a newer release wrote it"
        )


def _named(schema: str | None) -> str:
    return _TABLE if schema is None else f"{schema}.{_TABLE}"
