"""How much a database does for what it is asked, whatever its plan calls it."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import msgspec
from sqlalchemy import Connection, event

from ledger.store.prepared import Prepared, text_of

_A_STEP = 10


@contextmanager
def working(connection: Connection) -> Generator[list[int]]:
    """Tens of SQLite's steps, or rows that PostgreSQL looks at, for each query asked meanwhile; there afterwards."""
    if connection.dialect.name == "sqlite":
        yield from _steps(connection)
    else:
        yield from _rows(connection)


def _steps(connection: Connection) -> Generator[list[int]]:
    done: list[int] = []
    driver: Any = connection.connection.dbapi_connection

    def step() -> int:
        done[-1] += 1
        return 0

    def begin(*_: object) -> None:
        done.append(0)

    event.listen(connection, "before_cursor_execute", begin)
    driver.set_progress_handler(step, _A_STEP)
    try:
        with _prepared_ones(begin):
            yield done
    finally:
        driver.set_progress_handler(None, 0)
        event.remove(connection, "before_cursor_execute", begin)


def _rows(connection: Connection) -> Generator[list[int]]:
    asked: list[tuple[str, Any]] = []
    done: list[int] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    try:
        with _prepared_ones(note):
            yield done
    finally:
        event.remove(connection, "before_cursor_execute", note)
    for statement, parameters in asked:
        told = connection.exec_driver_sql(
            f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters
        ).scalar_one()
        [found] = told if isinstance(told, list) else msgspec.json.decode(told)
        done.append(int(_looked_at(found["Plan"])))


@contextmanager
def _prepared_ones(note: Callable[..., None]) -> Generator[None]:
    """What goes to the driver past the toolkit is noted too, as the toolkit would tell it."""
    rows = Prepared.rows

    def noting(query: Prepared, connection: Connection, values: Mapping[str, Any]) -> Any:
        told = text_of(query._query, connection.dialect)
        note(connection, None, told.text, told.bound(values))
        return rows(query, connection, values)

    with patch.object(Prepared, "rows", noting):
        yield


def _looked_at(plan: dict[str, Any]) -> float:
    own = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    return own * plan["Actual Loops"] + sum(map(_looked_at, plan.get("Plans", ())))
