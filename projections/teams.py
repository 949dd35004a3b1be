"""The tree of teams by name."""

from collections.abc import Collection, Sequence
from typing import ClassVar, NamedTuple

from sqlalchemy import Column, Connection, Integer, Select, select, update

from ledger.domain.events import TeamDisbanded, TeamEvent, TeamFormed, TeamRenamed, TeamReparented
from ledger.store.codec import Recorded
from ledger.store.in_lists import InList
from projections.view import View, text_column


class Team(NamedTuple):
    """A team; `ended` is 1 when it was disbanded."""

    id: str
    name: str
    parent: str | None
    community: str | None
    field: str | None
    brand: str | None
    ended: int


class Teams(View):
    """A row for every team there ever was."""

    name = "teams"
    types: ClassVar = frozenset({TeamFormed, TeamRenamed, TeamReparented, TeamDisbanded})

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(suffix)
        self.teams = self.table(
            "team",
            text_column("id", key=True),
            text_column("name"),
            *(text_column(name, optional=True) for name in ("parent", "community", "field", "brand")),
            Column("ended", Integer, nullable=False),
        )
        self._of = InList(select(self.teams.c.id), self.teams.c.community)

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Change one row after the other: these facts are rare."""
        for _, event, _ in batch:
            assert isinstance(event, TeamEvent)
            change = update(self.teams).where(self.teams.c.id == event.team)
            match event:
                case TeamFormed():
                    row = Team(
                        event.team, event.name, event.parent, event.community, event.field, event.brand, 0
                    )
                    connection.execute(self.teams.insert(), row._asdict())
                    continue
                case TeamRenamed():
                    change = change.values(name=event.name)
                case TeamReparented():
                    change = change.values(parent=event.parent)
                case _:
                    change = change.values(ended=1)
            connection.execute(change)

    def get(self, connection: Connection, team: str) -> Team | None:
        """One team by id."""
        found = connection.execute(select(self.teams).where(self.teams.c.id == team)).first()
        return None if found is None else Team(*found)

    def all(self, connection: Connection) -> list[Team]:
        """Every team, by id."""
        rows = connection.execute(select(self.teams).order_by(self.teams.c.id))
        return [Team(*row) for row in rows]

    def of_communities(self, connection: Connection, communities: Collection[str]) -> list[str]:
        """The ids of the teams of any of the communities."""
        return [team for (team,) in self._of.rows(connection, sorted(communities))]

    def within(self, communities: Collection[str]) -> Select[str]:
        """The ids of the teams of any of the communities: to be asked within a query."""
        return select(self.teams.c.id).where(self.teams.c.community.in_(sorted(communities)))

    def names(self, connection: Connection, teams: Collection[str]) -> dict[str, str]:
        """What some teams are called, by id."""
        row = self.teams.c
        called = select(row.id, row.name).where(row.id.in_(sorted(teams)))
        return {row.id: row.name for row in connection.execute(called)}
