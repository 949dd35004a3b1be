"""What views of stays share: things that hold from a day until, not including, another."""

from collections import namedtuple
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Column, ColumnElement, Connection, Index, Row, or_, select, update

from ledger.store.in_lists import InList
from projections.figures.merging import Lists, merged
from projections.view import View, text_column


class Part(NamedTuple):
    """Which of all that was asked for: up to `limit` after the id `after`; with a `day`, of what holds on it."""

    after: str = ""
    limit: int = 200
    day: date | None = None


class Stays(View):
    """A row for every stay there ever was.

    After its id and what a view tells of it come `since`, and `until`: the first day on which it no longer holds.
    """

    def __init__(self, suffix: str, table: str, *told: Column[Any], by: Sequence[str]) -> None:
        """Describe the table, and the columns `by` which it is asked for."""
        super().__init__(suffix)
        self.stays = self.table(
            table,
            text_column("id", key=True),
            *told,
            text_column("since"),
            text_column("until", optional=True),
        )
        for name in by:
            Index(self.index_name(f"{table}_by_{name}"), self.stays.c[name], self.stays.c.id)
        self._some = InList(select(self.stays), self.stays.c.id)
        self._row: Any = namedtuple(table, self.stays.c.keys())  # pyright: ignore[reportUntypedNamedTuple]

    def begin(
        self,
        connection: Connection,
        identifier: str,
        since: date,
        until: date | None,
        **told: str | int | None,
    ) -> None:
        """Put in a new stay, with what is told of it."""
        times = {"since": since.isoformat(), "until": None if until is None else until.isoformat()}
        connection.execute(self.stays.insert(), {"id": identifier, **told, **times})

    def change(self, connection: Connection, identifier: str, **told: str) -> None:
        """Change what is told of one stay."""
        connection.execute(update(self.stays).where(self.stays.c.id == identifier).values(**told))

    def end(self, connection: Connection, identifier: str, day: date) -> None:
        """Let one stay hold no more from a day on."""
        self.change(connection, identifier, until=day.isoformat())

    def rows(self, connection: Connection, *conditions: ColumnElement[bool]) -> Sequence[Any]:
        """The stays that meet the conditions, by day of beginning and id."""
        some = select(self.stays).where(*conditions).order_by(self.stays.c.since, self.stays.c.id)
        return connection.execute(some).fetchall()

    def by_id(
        self, connection: Connection, part: Part, conditions: Sequence[ColumnElement[bool]]
    ) -> Sequence[Any]:
        """Part of the stays that meet the conditions, by id."""
        some = select(self.stays).where(self.stays.c.id > part.after, *conditions, *self.on(part.day))
        return connection.execute(some.order_by(self.stays.c.id).limit(part.limit)).fetchall()

    def lists_by_id(
        self,
        connection: Connection,
        part: Part,
        conditions: Sequence[ColumnElement[bool]],
        name: str,
        values: Collection[str],
    ) -> Sequence[Any]:
        """Likewise, those of which a column that has an index holds one of some values."""
        row = self.stays.c
        every = select(row.id).where(*conditions, *self.on(part.day))
        lists = Lists(lambda value: every.where(row[name] == value), values, (row.id,))
        found = merged(connection, lists, after=(part.after,), limit=part.limit)
        return self.some(connection, [one for (one,) in found])

    def some(self, connection: Connection, identifiers: Sequence[str]) -> Sequence[Any]:
        """Some stays, by id."""
        rows = (self._row(*row) for row in self._some.rows(connection, identifiers))
        return sorted(rows, key=lambda row: row.id)

    def on(self, day: date | None) -> list[ColumnElement[bool]]:
        """The condition that a stay holds on a day, none where no day is told."""
        return [] if day is None else [self.holding(day)]

    def about(self, **wanted: str | None) -> list[ColumnElement[bool]]:
        """The conditions that columns hold what is wanted of them; nothing is wanted of one that is None."""
        return [self.stays.c[name] == value for name, value in wanted.items() if value is not None]

    def get(self, connection: Connection, identifier: str) -> Row[Any] | None:
        """One stay by id."""
        return next(iter(self.rows(connection, self.stays.c.id == identifier)), None)

    def holding(self, day: date) -> ColumnElement[bool]:
        """The condition that a stay holds on a day."""
        return holds(self.stays.c.since, self.stays.c.until, day)


def holds(since: Column[str], until: Column[str], day: date | BindParameter[str]) -> ColumnElement[bool]:
    """The condition that a time between two columns of days holds on a day, or on one that a parameter gives."""
    on = day.isoformat() if isinstance(day, date) else day
    return (since <= on) & or_(until.is_(None), until > on)
