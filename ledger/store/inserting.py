"""What is written over, or kept, where a key is there already: each database has a statement of its own for it."""

from typing import Any

from sqlalchemy import Table


def insert_of(table: Table, dialect: str) -> Any:
    """An insert into a table, in the dialect `sqlite` or `postgresql`, which goes on with `on_conflict_…`."""
    # A command that only looks at a ledger needs neither, and each takes its time to be read in.
    from sqlalchemy.dialects import postgresql, sqlite

    return {"sqlite": sqlite, "postgresql": postgresql}[dialect].insert(table)
