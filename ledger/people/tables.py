"""The directory's tables, as they are read and written. Migrations make them."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ledger.people.erasures import Erasure
from ledger.people.persons import PersonInCharge, Volunteer
from ledger.store.in_lists import InList


class Content(NamedTuple):
    """Everybody whom a directory knows, and everybody who was erased from it."""

    volunteers: list[Volunteer]
    persons: list[PersonInCharge]
    erasures: list[Erasure]


class Tables:
    """The tables of a directory, in a file or in a schema of PostgreSQL, and what is asked of them."""

    def __init__(self, schema: str | None) -> None:
        """Describe them."""
        metadata = MetaData(schema=schema)
        self.volunteers = _texts("volunteer", metadata, Volunteer._fields)
        self.persons = _texts("person_in_charge", metadata, PersonInCharge._fields)
        self.erasures = _texts("erasure", metadata, Erasure._fields)
        self.version = Table(
            "directory_version", metadata, Column("number", BigInteger, primary_key=True, autoincrement=False)
        )
        every = select(self.volunteers)
        self.by_id = InList(every, self.volunteers.c.volunteer)
        self.by_number = InList(every, self.volunteers.c.number)
        number = self.version.c.number
        self.newest = select(number)
        self.change = update(self.version).values(number=number + 1)
        self.same = update(self.version).values(number=number)
        put = sqlite.insert if schema is None else postgresql.insert
        statement = put(self.volunteers)
        self.put = statement.on_conflict_do_update(
            index_elements=[self.volunteers.c.volunteer],
            set_={name: statement.excluded[name] for name in Volunteer._fields[1:]},
        )
        self.put_person = put(self.persons).on_conflict_do_nothing(index_elements=["unit", "name"])
        self.put_erasure = put(self.erasures).on_conflict_do_nothing()

    def read(self, connection: Connection) -> Content:
        """Everybody, by id."""

        def rows(table: Table) -> list[tuple[str, ...]]:
            return [tuple(row) for row in connection.execute(select(table).order_by(table.columns[0]))]

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
