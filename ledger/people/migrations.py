"""The directory's tables."""

from sqlalchemy import Connection, bindparam, column, select, table, update

from ledger.domain.spelling import same_name
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


_FOLDED = (
    "ALTER TABLE {schema}volunteer ADD COLUMN folded TEXT NOT NULL DEFAULT ''",
    # Not unique: two spellings of one number may be there already, and people decide whose it is.
    "CREATE INDEX volunteer_folded ON {schema}volunteer (folded)",
)


def _people(connection: Connection) -> None:
    _run(connection, _TABLES)


def _version(connection: Connection) -> None:
    _run(connection, _VERSION)


def _erasures(connection: Connection) -> None:
    _run(connection, _ERASURES)


def _folded(connection: Connection) -> None:
    _run(connection, _FOLDED)
    volunteer = table(
        "volunteer", column("volunteer"), column("number"), column("folded"), schema=_schema(connection)
    )
    rows = connection.execute(select(volunteer.c.volunteer, volunteer.c.number)).all()
    if rows:
        change = update(volunteer).where(volunteer.c.volunteer == bindparam("one"))
        changes = [{"one": one, "folded": same_name(number)} for one, number in rows]
        connection.execute(change.values(folded=bindparam("folded")), changes)


def _schema(connection: Connection) -> str | None:
    return None if connection.dialect.name == "sqlite" else SCHEMA


def _run(connection: Connection, statements: tuple[str, ...]) -> None:
    schema = _schema(connection)
    prefix = "" if schema is None else f"{schema}."
    for statement in statements:
        connection.exec_driver_sql(statement.replace("{schema}", prefix))


MIGRATIONS: tuple[Migration, ...] = (_people, _version, _erasures, _folded)
