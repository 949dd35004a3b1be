"""Tables, triggers and their functions on PostgreSQL, held against the statements that made them."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, inspect
from sqlalchemy.types import TypeEngine

from ledger.store.migrations import m0001_log, m0002_checkpoints, m0003_seals
from ledger.store.schema import METADATA

NONE_OF_OURS = "none of ours"

_STATEMENTS = (*m0001_log.POSTGRESQL, *m0002_checkpoints.POSTGRESQL, *m0003_seals.POSTGRESQL)
_FUNCTION = re.compile(r"CREATE (?:OR REPLACE )?(FUNCTION (\w+)\(\).*?\$\$(.*)\$\$)", re.DOTALL)
_TRIGGER = re.compile(r"CREATE TRIGGER (\w+) .*? ON (\w+)", re.DOTALL)

_FUNCTIONS = """
    SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    JOIN pg_language l ON l.oid = p.prolang
    WHERE n.nspname = current_schema() AND l.lanname = 'plpgsql' AND p.proconfig IS NULL AND NOT p.prosecdef
    AND p.pronargs = 0"""
_TRIGGERS = """
    SELECT c.relname, t.tgname, t.tgenabled::text, pg_get_triggerdef(t.oid, true),
        f.nspname = current_schema()
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace f ON f.oid = p.pronamespace
    WHERE n.nspname = current_schema() AND NOT t.tgisinternal"""
_AROUND = """
    SELECT c.relname, 'rule', r.rulename FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')
    UNION ALL
    SELECT c.relname, 'policy', p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()"""

# What no column tells: an unlogged table is empty after a crash, and rows of an heir pass by all triggers.
_ALTERED = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND (
        c.relpersistence <> 'p' OR c.relrowsecurity OR c.relforcerowsecurity
        OR EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhparent, i.inhrelid))
        OR EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype NOT IN ('p', 'n', 't'))
        OR EXISTS (SELECT FROM pg_index x WHERE x.indrelid = c.oid AND x.indisunique AND NOT x.indisprimary)
        OR EXISTS (SELECT FROM pg_attrdef d WHERE d.adrelid = c.oid))"""

_Flaw = tuple[str, str, Sequence[str]]


def flaws(connection: Connection, beside: Collection[str]) -> list[_Flaw]:
    """What is otherwise, its state, and the statements that mend it; of tables `beside` the log's, triggers alone."""
    return [*_of_tables(connection, _with_ours(beside)), *mendable_flaws(connection, beside)]


def mendable_flaws(connection: Connection, beside: Collection[str]) -> list[_Flaw]:
    """Those of `flaws` that statements mend: of triggers and their functions, never of a table."""
    return [*_of_functions(connection), *_of_triggers(connection, _with_ours(beside))]


def _with_ours(beside: Collection[str]) -> list[str]:
    return [*METADATA.tables, "schema_migration", *beside]


def _of_tables(connection: Connection, tables: Sequence[str]) -> Iterator[_Flaw]:
    inspector, altered = inspect(connection), set(connection.exec_driver_sql(_ALTERED).scalars())
    for table in METADATA.sorted_tables:
        if not inspector.has_table(table.name):
            yield f"the table {table.name}", "missing", ()
            continue
        columns = inspector.get_columns(table.name)
        there = [(one["name"], _kind(connection, one["type"]), one["nullable"]) for one in columns]
        made = [(one.name, _kind(connection, one.type), one.nullable) for one in table.columns]
        keys = inspector.get_pk_constraint(table.name)["constrained_columns"]
        primary = [one.name for one in table.primary_key.columns]
        if there != made or keys != primary or table.name in altered:
            yield f"the table {table.name}", "not as it was made", ()
    for table, kind, name in connection.exec_driver_sql(_AROUND):
        if table in tables:
            yield f"the {kind} {name} of {table}", NONE_OF_OURS, ()


def _kind(connection: Connection, kind: TypeEngine[Any]) -> str:
    """The name of a type without its collation, which is not told alike everywhere."""
    return kind.compile(dialect=connection.dialect).partition(" ")[0]


def _of_functions(connection: Connection) -> Iterator[_Flaw]:
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    there = {one.proname: one.prosrc for one in connection.exec_driver_sql(_FUNCTIONS)}
    made = {
        found[2]: found for one in _STATEMENTS if (found := _FUNCTION.search(one.replace("{schema}", schema)))
    }
    for name, found in made.items():
        if there.get(name) != found[3]:
            state = "not as it was made" if name in there else "missing or changed"
            yield f"the function {name}", state, (f"CREATE OR REPLACE {found[1]}",)


def _of_triggers(connection: Connection, tables: Sequence[str]) -> Iterator[_Flaw]:
    made = {(found[2], found[1]): one for one in _STATEMENTS if (found := _TRIGGER.search(one))}
    seen: set[tuple[str, str]] = set()
    quote = connection.dialect.identifier_preparer.quote
    for table, name, enabled, definition, own in connection.exec_driver_sql(_TRIGGERS):
        if table not in tables:
            continue
        seen.add((table, name))
        what, drop = f"the trigger {name} of {table}", f"DROP TRIGGER {quote(name)} ON {quote(table)}"
        statement = made.get((table, name))
        if statement is None:
            yield what, NONE_OF_OURS, (drop,)
        elif not own or _words(definition) != _words(statement):
            yield what, "not as it was made", (drop, statement)
        elif enabled != "O":
            yield what, "disabled", (f"ALTER TABLE {quote(table)} ENABLE TRIGGER {quote(name)}",)
    for (table, name), statement in made.items():
        if (table, name) not in seen:
            yield f"the trigger {name} of {table}", "missing", (statement,)


def _words(statement: str) -> list[str]:
    """The words of a definition in no order: PostgreSQL tells the events of a trigger in one of its own."""
    return sorted(re.findall(r"\w+", statement))
