"""The directory's tables, as they are read and written. Migrations make them."""

from functools import cache, cached_property
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, insert, select, update

from ledger.domain.spelling import same_name
from ledger.people.erasures import Erasure
from ledger.people.persons import PersonInCharge, Volunteer
from ledger.store.in_lists import InList
from ledger.store.inserting import insert_of


class Content(NamedTuple):
    """Everybody whom a directory knows, and everybody who was erased from it."""

    volunteers: list[Volunteer]
    persons: list[PersonInCharge]
    erasures: list[Erasure]


class Tables:
    """The tables of a directory, in a file or in a schema of PostgreSQL, and what is asked of them."""

    def __init__(self, schema: str | None) -> None:
        """Describe them."""
        self._schema = schema
        metadata = MetaData(schema=schema)
        self.volunteers = _texts("volunteer", metadata, Volunteer._fields)
        self.volunteers.append_column(Column("folded", Text, nullable=False, default=_folded_number))
        self.persons = _texts("person_in_charge", metadata, PersonInCharge._fields)
        self.erasures = _texts("erasure", metadata, Erasure._fields)
        self.version = Table(
            "directory_version", metadata, Column("number", BigInteger, primary_key=True, autoincrement=False)
        )
        every = select(*(self.volunteers.c[name] for name in Volunteer._fields))
        self.by_id = InList(every, self.volunteers.c.volunteer)
        self.by_number = InList(every, self.volunteers.c.folded)
        number = self.version.c.number
        self.newest = select(number)
        self.change = update(self.version).values(number=number + 1)
        self.same = update(self.version).values(number=number)

    # Made when first needed, as the dialects are: a command that only looks somebody up needs none of them.

    @cached_property
    def put(self) -> Any:
        """Writes volunteers, anew where they are there."""
        statement = self._insert(self.volunteers)
        return statement.on_conflict_do_update(
            index_elements=[self.volunteers.c.volunteer],
            set_={name: statement.excluded[name] for name in (*Volunteer._fields[1:], "folded")},
        )

    @cached_property
    def put_person(self) -> Any:
        """Writes persons in charge who are not there yet."""
        return self._insert(self.persons).on_conflict_do_nothing(index_elements=["unit", "name"])

    @cached_property
    def put_erasure(self) -> Any:
        """Writes erasures that are not there yet."""
        return self._insert(self.erasures).on_conflict_do_nothing()

    def _insert(self, table: Table) -> Any:
        return insert_of(table, "sqlite" if self._schema is None else "postgresql")

    def read(self, connection: Connection) -> Content:
        """Everybody, by id."""

        def rows(table: Table) -> list[tuple[str, ...]]:
            told = [column for column in table.columns if column.name != "folded"]
            return [tuple(row) for row in connection.execute(select(*told).order_by(told[0]))]

        return Content(
            [Volunteer(*row) for row in rows(self.volunteers)],
            [PersonInCharge(*row) for row in rows(self.persons)],
            [Erasure(*row) for row in rows(self.erasures)],
        )

    def fill(self, connection: Connection, content: Content) -> None:
        """Write everybody into tables that hold nobody yet."""
        for table, some in zip((self.volunteers, self.persons, self.erasures), content, strict=True):
            if some:
                connection.execute(insert(table), [one._asdict() for one in some])


def _folded_number(context: Any) -> str:
    return same_name(context.get_current_parameters()["number"])


@cache
def tables_in(schema: str | None) -> Tables:
    """The tables of a schema, None in a file: every directory has the same, which take their time to describe."""
    return Tables(schema)


def _texts(name: str, metadata: MetaData, columns: tuple[str, ...]) -> Table:
    """A table of texts, of which the first is the key."""
    key, *others = columns
    return Table(
        name,
        metadata,
        Column(key, Text, primary_key=True),
        *(Column(other, Text, nullable=False) for other in others),
    )
