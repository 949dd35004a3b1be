"""Writing many rows at once, each way the quickest that the driver has."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import msgspec
from sqlalchemy import JSON, Connection, Integer, Table, Text, bindparam, cast, column, func, select
from sqlalchemy.dialects import registry

from ledger.store.inserting import insert_of


class Bulk:
    """One kind of insert; where a key is there already, sums are added to, values replaced, or the row is kept.

    SQLite takes the rows one by one, past the toolkit's care for each. PostgreSQL takes them as one JSON text in one
    statement: its driver's own batches cost more than all the rest of a commit.
    """

    def __init__(
        self, table: Table, *, add: Sequence[str] = (), put: Sequence[str] = (), keep: bool = False
    ) -> None:
        """`add` names the columns that are added up, `put` those that are replaced; with `keep` none is.

        Without any, keys are new.
        """
        self._table = table
        self._add = add
        self._put = put
        self._keep = keep

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write the rows, each with every column in the table's order; no two of them may have one key."""
        if not rows:
            return
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(self._one_by_one, list(rows))
        else:
            named = [dict(zip(self._names, row, strict=True)) for row in rows]
            connection.execute(self._all_at_once, {"rows": msgspec.json.encode(named).decode()})

    # Made when first needed, as the dialects are: a command that only looks at a ledger needs none of them.

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self._table.columns)

    @cached_property
    def _one_by_one(self) -> str:
        values: dict[str, Any] = {name: bindparam(name) for name in self._names}
        insert = self._settled(insert_of(self._table, "sqlite").values(values))
        return str(insert.compile(dialect=registry.load("sqlite")(paramstyle="qmark")))

    @cached_property
    def _all_at_once(self) -> Any:
        table = self._table
        kinds = [
            column(one.name, one.type if isinstance(one.type, Integer) else Text()) for one in table.columns
        ]
        rows = cast(bindparam("rows", type_=Text), JSON)
        record = func.json_to_recordset(rows).table_valued(*kinds, name="record")
        named = record.render_derived(with_types=True)
        values = select(*(named.c[name] for name in self._names))
        return self._settled(insert_of(table, "postgresql").from_select(self._names, values))

    def _settled(self, insert: Any) -> Any:
        table = self._table
        changes = {name: table.c[name] + insert.excluded[name] for name in self._add}
        changes.update({name: insert.excluded[name] for name in self._put})
        if self._keep:
            return insert.on_conflict_do_nothing(index_elements=list(table.primary_key.columns))
        if not changes:
            return insert
        return insert.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=changes)
