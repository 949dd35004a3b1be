"""Changing a ledger's file at random, by SQL and by bytes, and telling whether anything that is stored changed."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

Change = Callable[[random.Random, Path], str]
"""Changes a file that nobody has open, and says how."""

UNSAID = "UPDATE schema_migration SET applied = ''"
"""When a migration was applied is said nowhere else, so nobody can tell whether it was another time."""


def content(file: Path) -> object:
    """Everything that is stored, with its types, and how it was made; what went wrong where it cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            made = connection.execute(
                "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"
            ).fetchall()
            tables = [name.decode() for kind, name, *_ in made if kind == b"table"]
            # A blank for another in how a table was made makes the same table.
            made = [(*one, b" ".join((sql or b"").split())) for *one, sql in made]
            return made, {name: _rows(connection, name) for name in tables}
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)


def _rows(connection: sqlite3.Connection, table: str) -> list[str]:
    columns = [row[1].decode() for row in connection.execute(f'PRAGMA table_info("{table}")')]
    said = [f'"{name}"' for name in columns if (table, name) != ("schema_migration", "applied")]
    typed = ", ".join(f"typeof({name}), {name}" for name in said)
    return sorted(repr(row) for row in connection.execute(f'SELECT {typed} FROM "{table}"'))


def by_sql(chance: random.Random, file: Path) -> str:
    """Change, add or take away a row of some table, with the triggers out of the way; half the time they come back."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        # Those of which there is little to hold on to come more often than among so many views.
        few = ["event", "event_tag", "checkpoint", "checkpoint_seal", "schema_migration", "projection"]
        table = chance.choice([*few, chance.choice(tables)[0]])
        said = chance.choice([_changed, _changed, _taken, _added])(chance, connection, table)
        if chance.random() < 0.5:
            for _, sql in triggers:
                connection.execute(sql)
            said += ", and the triggers are there"
        return said


def _some_row(chance: random.Random, connection: sqlite3.Connection, table: str) -> dict[str, Any]:
    rows = connection.execute(f"SELECT * FROM {table}")
    names = [one[0] for one in rows.description]
    some = rows.fetchall()
    return dict(zip(names, chance.choice(some), strict=True)) if some else dict.fromkeys(names, "x")


def _where(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> tuple[str, list[Any]]:
    keys = [name for _, name, *_, part in connection.execute(f"PRAGMA table_info({table})") if part]
    return " AND ".join(f"{key} IS ?" for key in keys), [row[key] for key in keys]


def _changed(chance: random.Random, connection: sqlite3.Connection, table: str) -> str:
    row = _some_row(chance, connection, table)
    column = chance.choice([*row])
    value = chance.choice(OTHERS)(row[column])
    where, keys = _where(connection, table, row)
    with suppress(sqlite3.IntegrityError, sqlite3.OperationalError):
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", [value, *keys])
    return f"{table}.{column}: {row[column]!r:.80} made {value!r:.80}"


def _taken(chance: random.Random, connection: sqlite3.Connection, table: str) -> str:
    row = _some_row(chance, connection, table)
    where, keys = _where(connection, table, row)
    connection.execute(f"DELETE FROM {table} WHERE {where}", keys)
    return f"a row of {table} taken away: {row!r:.120}"


def _added(chance: random.Random, connection: sqlite3.Connection, table: str) -> str:
    row = _some_row(chance, connection, table)
    column = chance.choice([*row])
    row[column] = chance.choice(OTHERS)(row[column])
    with suppress(sqlite3.IntegrityError, sqlite3.OperationalError):
        marks = ", ".join("?" for _ in row)
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", [*row.values()])
    return f"a row put into {table}: {row!r:.120}"


OTHERS: list[Callable[[Any], Any]] = [
    lambda old: old + 1 if isinstance(old, int) else f"{old} ",
    lambda old: 10**9 if isinstance(old, int) else f"x{old}",
    lambda old: str(old).encode(),
    lambda old: old + 0.5 if isinstance(old, int) else str(old)[:-1],
    lambda old: float("inf") if old is None else None,
    lambda old: "" if old is None else str(old).swapcase(),
    lambda old: -old if isinstance(old, int) else str(old).replace("0", "1"),
]


def by_shape(chance: random.Random, file: Path) -> str:
    """Drop, alter or add a trigger, a column, a table or an index."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        indexes = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        )
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        name, sql = chance.choice(triggers)
        table = chance.choice(tables)
        statements = chance.choice(
            [
                [f"DROP TRIGGER {name}"],
                [f"DROP TRIGGER {name}", sql.replace("ABORT", "FAIL")],
                [f"DROP TRIGGER {name}", sql.replace("BEGIN", "WHEN 0 BEGIN", 1)]
                if "WHEN" not in sql
                else [f"DROP TRIGGER {name}", sql.replace("<>", "<")],
                [f"CREATE TRIGGER odd AFTER INSERT ON {table} BEGIN DELETE FROM {table}; END"],
                [f"ALTER TABLE {table} ADD COLUMN odd"],
                ["CREATE TABLE odd (x)"],
                [f"DROP INDEX {chance.choice(indexes.fetchall())[0]}"],
                ["CREATE VIEW odd AS SELECT 1"],
            ]
        )
        for statement in statements:
            connection.execute(statement)
        return "; ".join(statements)


def by_bytes(chance: random.Random, file: Path) -> str:
    """Flip, wipe, swap, repeat or cut off bytes."""
    data = bytearray(file.read_bytes())
    page = 4_096
    one, other = (page * chance.randrange(len(data) // page) for _ in range(2))
    match kind := chance.choice(["flip", "flip", "flips", "wipe", "swap", "repeat", "cut", "text"]):
        case "flip" | "flips":
            for _ in range(1 if kind == "flip" else 16):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case "wipe":
            data[one : one + page] = bytes(page)
        case "swap":
            data[one : one + page], data[other : other + page] = (
                data[other : other + page],
                data[one : one + page],
            )
        case "repeat":
            data[other : other + page] = data[one : one + page]
        case "cut":
            del data[max(page, chance.choice([one, one + chance.randrange(page)])) :]
        case _:
            # Where something is written: a byte at random is often in nothing at all.
            places = [at for at, byte in enumerate(data) if byte]
            data[chance.choice(places)] ^= 1 << chance.randrange(8)
    file.write_bytes(data)
    return f"{kind} near {one} and {other}"


CHANGES: dict[str, Change] = {"by SQL": by_sql, "by bytes": by_bytes, "by shape": by_shape}
