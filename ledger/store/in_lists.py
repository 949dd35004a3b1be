"""Looking up many keys at once, in a statement whose text is the same however many they are."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ARRAY, BigInteger, ColumnElement, Connection, Text, any_, bindparam, cast, func, select

from ledger.store.prepared import Prepared


class InList:
    """A query for the rows whose `column` is one of some texts, or of some positions.

    Databases keep what they have prepared by a statement's text, and a list of so many marks is another text each time.
    """

    def __init__(self, query: Any, column: ColumnElement[str] | ColumnElement[int]) -> None:
        """`query` is a select without the condition on `column`."""
        kind = BigInteger if isinstance(column.type, BigInteger) else Text
        each = func.json_each(bindparam("among", type_=Text)).table_valued("value")
        self._one = Prepared(query.where(column == bindparam("among")))
        self._sqlite = Prepared(query.where(column.in_(select(each.c.value))))
        self._postgresql = Prepared(query.where(column == any_(cast(bindparam("among"), ARRAY(kind)))))

    def rows(self, connection: Connection, keys: Sequence[str] | Sequence[int]) -> Sequence[tuple[Any, ...]]:
        """The rows for any of the keys, as the driver gives them."""
        if len(keys) == 1:
            return self._one.rows(connection, {"among": keys[0]})
        if connection.dialect.name == "sqlite":
            among = msgspec.json.encode(keys).decode()
            return self._sqlite.rows(connection, {"among": among})
        return self._postgresql.rows(connection, {"among": list(keys)})
