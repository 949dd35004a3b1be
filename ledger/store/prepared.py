"""A query whose text is put together once: to build and to look up a statement costs more than most of them run."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, SelectBase
from sqlalchemy.exc import DBAPIError


class Text(NamedTuple):
    """A query as a driver takes it: `order` names the values where these go by their places."""

    text: str
    order: tuple[str, ...] | None
    fixed: Mapping[str, Any]

    def bound(self, values: Mapping[str, Any]) -> Any:
        """The values of the parameters, as the driver takes them; the `fixed` ones stand in the query itself."""
        every = {**self.fixed, **values} if self.fixed else values
        return every if self.order is None else [every[name] for name in self.order]


def text_of(query: SelectBase, dialect: Dialect) -> Text:
    """The text of a query in the words of a database."""
    compiled = query.compile(dialect=dialect)
    order = None if compiled.positiontup is None else tuple(compiled.positiontup)
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    return Text(str(compiled), order, fixed)


class Prepared:
    """A query with named parameters, on any connection, within the transaction that stands there.

    Rows are the driver's own tuples: it is for columns of text and whole numbers, which no type has to convert.
    """

    def __init__(self, query: SelectBase) -> None:
        """Nothing is put together before it is asked."""
        self._query = query
        self._texts: dict[str, Text] = {}

    def first(self, connection: Connection, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row for the values of the parameters, None if there is none."""
        rows = self.rows(connection, values)
        return rows[0] if rows else None

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Every row for the values of the parameters; raises DBAPIError, as the connection does itself."""
        dialect = connection.dialect
        told = self._texts.get(dialect.name)
        if told is None:
            told = self._texts[dialect.name] = text_of(self._query, dialect)
        driver: Any = connection.connection.driver_connection
        try:
            return driver.execute(told.text, told.bound(values)).fetchall()
        except dialect.loaded_dbapi.Error as error:
            raise failed(connection, told.text, error) from error


def failed(connection: Connection, text: str, error: Any) -> BaseException:
    """What a driver raised past the toolkit, as the toolkit would tell it; a connection that was lost is given up."""
    dialect = connection.dialect
    driver: Any = connection.connection.driver_connection
    lost = dialect.is_disconnect(error, driver, None)
    if lost:
        connection.invalidate(error)
    instance: Any = DBAPIError.instance
    return instance(
        text,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=dialect,
    )
