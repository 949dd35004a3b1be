"""The directory's tables."""

from sqlalchemy import Connection

from ledger.store.migrations import Migration

SCHEMA = "directory"
"""Where the directory lies on PostgreSQL; an embedded one is a file of its own."""

_TABLES = (
    """CREATE TABLE {schema}volunteer (
        volunteer TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, name TEXT NOT NULL, phone TEXT NOT NULL,
        sex TEXT NOT NULL, remark TEXT NOT NULL, salt TEXT NOT NULL)""",
    """CREATE TABLE {schema}person_in_charge (
        person TEXT PRIMARY KEY, unit TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (unit, name))""",
)


_VERSION = (
    "CREATE TABLE {schema}directory_version (number BIGINT PRIMARY KEY)",
    "INSERT INTO {schema}directory_version VALUES (0)",
)

_ERASURES = ("CREATE TABLE {schema}erasure (id TEXT PRIMARY KEY, at TEXT NOT NULL)",)


def _people(connection: Connection) -> None:
    _run(connection, _TABLES)


def _version(connection: Connection) -> None:
    _run(connection, _VERSION)


def _erasures(connection: Connection) -> None:
    _run(connection, _ERASURES)


def _run(connection: Connection, statements: tuple[str, ...]) -> None:
    schema = "" if connection.dialect.name == "sqlite" else f"{SCHEMA}."
    for statement in statements:
        connection.exec_driver_sql(statement.replace("{schema}", schema))


MIGRATIONS: tuple[Migration, ...] = (_people, _version, _erasures)
