"""Looking up many keys at once, in a statement whose text is the same however many they are."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import msgspec
from sqlalchemy import ARRAY, BigInteger, ColumnElement, Connection, Text, any_, bindparam, cast, func, select
from sqlalchemy.dialects import sqlite


class Among:
    """A query for the rows whose `column` is one of some texts, or of some positions.

    Databases keep what they have prepared by a statement's text, and a list of so many marks is another text each time.
    """

    def __init__(self, query: Any, column: ColumnElement[str] | ColumnElement[int]) -> None:
        """`query` is a select without the condition on `column`."""
        kind = BigInteger if isinstance(column.type, BigInteger) else Text
        each = func.json_each(bindparam("among", type_=Text)).table_valued("value")
        self._sqlite = query.where(column.in_(select(each.c.value)))
        self._postgresql = query.where(column == any_(cast(bindparam("among"), ARRAY(kind))))

    def rows(self, connection: Connection, keys: Sequence[str] | Sequence[int]) -> Sequence[Any]:
        """The rows for any of the keys."""
        if connection.dialect.name == "sqlite":
            among = msgspec.json.encode(keys).decode()
            if self._text is None:
                return connection.execute(self._sqlite, {"among": among}).fetchall()
            return connection.exec_driver_sql(self._text, (among,)).fetchall()
        return connection.execute(self._postgresql, {"among": list(keys)}).fetchall()

    @cached_property
    def _text(self) -> str | None:
        """The statement past the toolkit, whose care costs more than the search; None if it asks for more."""
        compiled = self._sqlite.compile(dialect=sqlite.dialect(paramstyle="qmark"))
        return str(compiled) if compiled.positiontup == ["among"] else None
