"""Which communities a view's rows may be the affair of: what lists of a community are read from."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, select

from ledger.domain.events import Event, VolunteerMoved, VolunteerRegistered
from ledger.store.bulk import Bulk
from ledger.store.in_lists import InList
from projections.view import View, text_column

HOMES: frozenset[type[Event]] = frozenset({VolunteerRegistered, VolunteerMoved})
"""The facts that say where volunteers are at home."""


Homes = Callable[[ColumnElement[str]], ColumnElement[str]]
"""The community of each of a column's ids: to be asked within a query."""


class Affair(NamedTuple):
    """A row of a view by its `place` in lists: the affair of some `communities`, and of those of whom it is `about`.

    `about` are ids of volunteers, and of other things that belong to a community.
    """

    place: tuple[str, ...]
    about: tuple[str, ...]
    communities: tuple[str, ...] = ()


class Affairs:
    """A row for each place and each community that it is, was, or from some day on will be the affair of.

    Where somebody is at home moves with the days, without a fact: so a list asks of each row whether it is a
    community's affair on the day, and reads nothing but these.
    """

    def __init__(self, view: View, name: str, place: Sequence[str]) -> None:
        """Describe two tables of a view; rows are listed by the columns of `place`."""
        self.known = view.table(
            f"{name}_about", text_column("about", key=True), text_column("community", key=True)
        )
        self.rows: Table = view.table(
            f"{name}_affair",
            text_column("community", key=True),
            *(text_column(column, key=True) for column in place),
        )
        self._learn = Bulk(self.known, keep=True)
        self._add = Bulk(self.rows, keep=True)
        self._of = InList(select(self.known), self.known.c.about)

    def learn(self, connection: Connection, pairs: Iterable[tuple[str, str]]) -> list[str]:
        """Note communities, each with what belongs to it; gives what did not belong there before, in order.

        Whatever is about these must be added again.
        """
        told = set(pairs)
        if not told:
            return []
        new = sorted(told - set(self._communities(connection, {about for about, _ in told})))
        self._learn.run(connection, new)
        return sorted({about for about, _ in new})

    def add(self, connection: Connection, affairs: Sequence[Affair]) -> list[tuple[str, ...]]:
        """Add rows, or add to those there are; what they are about must be known by then. Gives all rows of these."""
        if not affairs:
            return []
        of: dict[str, list[str]] = {}
        for about, community in self._communities(
            connection, {about for one in affairs for about in one.about}
        ):
            of.setdefault(about, []).append(community)
        distinct = {
            (community, *one.place)
            for one in affairs
            for community in (*one.communities, *(c for about in one.about for c in of.get(about, ())))
        }
        rows = sorted(distinct)
        self._add.run(connection, rows)
        return rows

    def _communities(self, connection: Connection, about: Collection[str]) -> Iterator[tuple[str, str]]:
        return ((row[0], row[1]) for row in self._of.rows(connection, sorted(about)))


def homes(events: Iterable[Event]) -> set[tuple[str, str]]:
    """The volunteers of whom facts say where they are at home, each with the community."""
    return {
        (event.volunteer, event.community)
        for event in events
        if isinstance(event, VolunteerRegistered | VolunteerMoved)
    }
