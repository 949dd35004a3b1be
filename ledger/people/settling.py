"""Who has which number, read and written while nobody else settles it."""

from collections.abc import Collection, Iterable
from itertools import chain

from sqlalchemy import Connection, delete

from ledger.domain.spelling import same_name
from ledger.people.persons import Volunteer
from ledger.people.tables import Tables
from ledger.store.in_lists import InList


class Holders(dict[str, Volunteer]):
    """Who alone has each of some numbers, by number as it was asked for.

    `several` are those who have one that others have too, spelt otherwise: whose it is, people decide.
    """

    def __init__(self, numbers: Iterable[str], found: Iterable[Volunteer]) -> None:
        """Tell apart the numbers that one has, several have, and nobody has."""
        super().__init__()
        self.several: dict[str, list[Volunteer]] = {}
        spelt: dict[str, list[Volunteer]] = {}
        for one in found:
            spelt.setdefault(same_name(one.number), []).append(one)
        for number in numbers:
            having = spelt.get(same_name(number), [])
            if len(having) == 1:
                self[number] = having[0]
            elif having:
                self.several[number] = having

    def spelt_so(self, number: str) -> Volunteer | None:
        """Who has a number; of several, the one who spells it so, else the first."""
        several = self.several.get(number, [])
        return self.get(number) or min(several, key=lambda one: (one.number != number, one), default=None)

    def all(self) -> set[Volunteer]:
        """Everybody who has one of the numbers."""
        return {*self.values(), *chain.from_iterable(self.several.values())}


class Settling:
    """What is read and written of volunteers at one moment, which nobody else changes before it is over."""

    def __init__(self, tables: Tables, connection: Connection) -> None:
        """Work on a directory's tables, within a transaction that nobody else can have."""
        self._tables, self._connection = tables, connection

    def by_number(self, numbers: Iterable[str]) -> Holders:
        """The volunteers who have the numbers, however these are spelt, by number as asked for."""
        wanted = list(dict.fromkeys(numbers))
        return Holders(wanted, among(self._tables.by_number, self._connection, map(same_name, wanted)))

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
