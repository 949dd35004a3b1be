"""Writing many rows at once, each way the quickest that the driver has."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Integer, Table, Text, bindparam, cast, column, func, select
from sqlalchemy.dialects import postgresql, sqlite


class Bulk:
    """One kind of insert; where a key is there already, sums are added to and values replaced.

    SQLite takes the rows one by one, past the toolkit's care for each. PostgreSQL takes them as one JSON text in one
    statement: its driver's own batches cost more than all the rest of a commit.
    """

    def __init__(self, table: Table, *, add: Sequence[str] = (), put: Sequence[str] = ()) -> None:
        """`add` names the columns that are added up, `put` those that are replaced; without both, keys are new."""
        one_by_one = _settled(sqlite.insert(table).values(_marks(table)), table, add, put)
        self._sqlite = str(one_by_one.compile(dialect=sqlite.dialect(paramstyle="qmark")))
        self._names = tuple(one.name for one in table.columns)
        self._postgresql = _settled(_all_at_once(table), table, add, put)

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write the rows, each with every column in the table's order; no two of them may have one key."""
        if not rows:
            return
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(self._sqlite, list(rows))
        else:
            named = [dict(zip(self._names, row, strict=True)) for row in rows]
            connection.execute(self._postgresql, {"rows": msgspec.json.encode(named).decode()})


def _marks(table: Table) -> dict[str, Any]:
    return {one.name: bindparam(one.name) for one in table.columns}


def _all_at_once(table: Table) -> postgresql.Insert:
    kinds = [column(one.name, one.type if isinstance(one.type, Integer) else Text()) for one in table.columns]
    rows = cast(bindparam("rows", type_=Text), postgresql.JSON)
    record = func.json_to_recordset(rows).table_valued(*kinds, name="record").render_derived(with_types=True)
    names = [one.name for one in table.columns]
    return postgresql.insert(table).from_select(names, select(*(record.c[name] for name in names)))


def _settled(insert: Any, table: Table, add: Sequence[str], put: Sequence[str]) -> Any:
    changes = {name: table.c[name] + insert.excluded[name] for name in add}
    changes.update({name: insert.excluded[name] for name in put})
    if not changes:
        return insert
    return insert.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=changes)
