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


def _people(connection: Connection) -> None:
    schema = "" if connection.dialect.name == "sqlite" else f"{SCHEMA}."
    for table in _TABLES:
        connection.exec_driver_sql(table.replace("{schema}", schema))


MIGRATIONS: tuple[Migration, ...] = (_people,)
