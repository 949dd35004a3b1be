"""Whether tables and triggers are as they were made, and a database's file is whole."""

import sqlite3
from collections.abc import Sequence

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from ledger.store.engine import Store
from ledger.store.errors import StoreUnavailable
from ledger.store.log import MIGRATIONS, Log
from ledger.store.made.guards import flaws
from projections.running import states
from projections.view import View

_MOST_TOLD = 20
_NUMBERS = text("SELECT number, applied FROM schema_migration ORDER BY number")
_NAMES = text("SELECT name FROM projection")


def fault_of_shapes(log: Log, views: Sequence[View]) -> str:
    """What is otherwise than it was made, a sentence each; empty if nothing is."""

    def make(connection: Connection) -> None:
        states.make_table(connection)
        for view in views:
            view.metadata.create_all(connection)

    tables = [states.TABLE.name, *(table.name for view in views for table in view.tables)]
    with log.store.snapshot() as connection:
        found = [f"{one.what} is {one.state}" for one in flaws(connection, tables, make)]
        numbers = [row.number for row in connection.execute(_NUMBERS)]
        if numbers != [*range(1, len(MIGRATIONS) + 1)]:
            found.append("the list of migrations is not that of this release")
        strange = set(connection.execute(_NAMES).scalars()) - {view.name for view in views}
        found.extend(f"there is a state of {name}, which is no view" for name in sorted(strange))
    return _told(found)


def fault_of_file(store: Store) -> str:
    """What SQLite finds wrong with the pages of an embedded database, also those that no query touches."""
    with store.snapshot() as connection:
        found = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST_TOLD})").scalars().all()
    return "" if found == ["ok"] else _told([line for text in found for line in str(text).splitlines()])


def is_malformed(error: StoreUnavailable) -> bool:
    """Whether the database failed as its file is none, or none any more: not as it is held, or cannot be opened."""
    fault = error.__cause__.orig if isinstance(error.__cause__, DBAPIError) else None
    return isinstance(fault, sqlite3.DatabaseError) and not isinstance(fault, sqlite3.OperationalError)


def _told(found: Sequence[str]) -> str:
    more = len(found) - _MOST_TOLD
    return "; ".join([*found[:_MOST_TOLD], *([f"and {more} more"] if more > 0 else [])])
