"""Which titles communities and teams bear."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, ColumnElement, Connection

from ledger.domain.events import DesignationEnded, DesignationEvent, DesignationGranted
from ledger.store.codec import Recorded
from projections.stays import Part, Stays
from projections.view import text_column


class Designation(NamedTuple):
    """A title of a community or a team, from the day `since` to the day before `until`, both `YYYY-MM-DD`.

    `funding_fen` is in 1/100 yuan.
    """

    id: str
    community: str | None
    team: str | None
    name: str
    granted_by: str
    funding_fen: int | None
    since: str
    until: str | None


class Designations(Stays):
    """A row for every designation there ever was."""

    name = "designations"
    version = 2
    types: ClassVar = frozenset({DesignationGranted, DesignationEnded})

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(
            suffix,
            "designation",
            text_column("community", optional=True),
            text_column("team", optional=True),
            # Either of the two, so that those of a community and of its teams are lists of one kind.
            text_column("bearer"),
            text_column("name"),
            text_column("granted_by"),
            Column("funding_fen", BigInteger),
            by=("bearer", "team"),
        )

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Change one row after the other: these facts are rare."""
        for _, event, _ in batch:
            assert isinstance(event, DesignationEvent)
            if isinstance(event, DesignationGranted):
                self.begin(
                    connection,
                    event.designation,
                    event.on,
                    event.until,
                    community=event.community,
                    team=event.team,
                    bearer=event.community or event.team,
                    name=event.name,
                    granted_by=event.granted_by,
                    funding_fen=event.funding_fen,
                )
            else:
                self.end(connection, event.designation, event.on)

    def listed(
        self,
        connection: Connection,
        part: Part,
        *,
        bearers: Collection[str] | None = None,
        team: str | None = None,
    ) -> list[Designation]:
        """Part of the designations, by id: of those of a team, or of some bearers, if told.

        `bearers` are communities and teams.
        """
        wanted = self.about(team=team)
        if bearers is None:
            rows = self.by_id(connection, part, wanted)
        else:
            rows = self.lists_by_id(connection, part, wanted, "bearer", bearers)
        return [_shown(row) for row in rows]

    def rows(self, connection: Connection, *conditions: ColumnElement[bool]) -> Sequence[Designation]:
        """The designations that meet the conditions, by day of beginning and id."""
        return [_shown(row) for row in super().rows(connection, *conditions)]


def _shown(row: Any) -> Designation:
    return Designation(*(getattr(row, name) for name in Designation._fields))
