"""Who has which number, read and written while nobody else settles it."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete

from ledger.people.persons import Volunteer
from ledger.people.tables import Tables
from ledger.store.in_lists import InList


class Settling:
    """What is read and written of volunteers at one moment, which nobody else changes before it is over."""

    def __init__(self, tables: Tables, connection: Connection) -> None:
        """Work on a directory's tables, within a transaction that nobody else can have."""
        self._tables, self._connection = tables, connection

    def by_number(self, numbers: Iterable[str]) -> dict[str, Volunteer]:
        """The volunteers who have the numbers, by number."""
        return {one.number: one for one in among(self._tables.by_number, self._connection, numbers)}

    def by_id(self, volunteers: Iterable[str]) -> dict[str, Volunteer]:
        """What is known of volunteers, by id; one who was erased is not there."""
        return {one.volunteer: one for one in among(self._tables.by_id, self._connection, volunteers)}

    def put(self, volunteers: Collection[Volunteer]) -> None:
        """Add volunteers, or replace what is known of them."""
        if volunteers:
            self._connection.execute(self._tables.put, [volunteer._asdict() for volunteer in volunteers])
            self._connection.execute(self._tables.change)

    def drop(self, volunteer: str) -> None:
        """Let go of what was written ahead of a registration that never was."""
        volunteers = self._tables.volunteers
        self._connection.execute(delete(volunteers).where(volunteers.c.volunteer == volunteer))
        self._connection.execute(self._tables.change)


def among(query: InList, connection: Connection, values: Iterable[str]) -> list[Volunteer]:
    """The volunteers whom a query finds for any of some values."""
    wanted = list(dict.fromkeys(values))
    return [Volunteer(*row) for row in query.rows(connection, wanted)] if wanted else []
