"""How SQLite goes about what it is asked."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection


@contextmanager
def planning(connection: Connection) -> Generator[list[list[str]]]:
    """The steps of each query that is asked meanwhile; they are there afterwards."""
    asked: list[str] = []
    plans: list[list[str]] = []
    # Of the driver: what is prepared goes to it past the toolkit.
    driver: Any = connection.connection.driver_connection
    driver.set_trace_callback(asked.append)
    try:
        yield plans
    finally:
        driver.set_trace_callback(None)
    for statement in asked:
        rows = driver.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
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
