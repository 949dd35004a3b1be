"""How SQLite goes about what it is asked."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection, event


@contextmanager
def planning(connection: Connection) -> Generator[list[list[str]]]:
    """The steps of each query that is asked meanwhile; they are there afterwards."""
    asked: list[tuple[str, tuple[object, ...]]] = []
    plans: list[list[str]] = []

    def note(
        _connection: object, _cursor: object, statement: str, parameters: tuple[object, ...], *_: object
    ) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    yield plans
    event.remove(connection, "before_cursor_execute", note)
    for statement, parameters in asked:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        plans.append([row[3] for row in rows])


def read_through(plans: list[list[str]]) -> list[str]:
    """The steps that read all of a table, or sort a list before its page is taken: all but what is short by itself."""
    short = ("SCAN named VIRTUAL TABLE", "SCAN part", "SCAN anon_1 VIRTUAL TABLE")
    return [
        step
        for plan in plans
        for step in plan
        if (step.startswith("SCAN") and not step.startswith(short))
        or (plan[0].startswith("SCAN named") and "TEMP B-TREE" in step)
    ]
