"""Which titles communities and teams bear."""

from collections.abc import Collection, Sequence
from typing import ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Select

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
    types: ClassVar = frozenset({DesignationGranted, DesignationEnded})

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(
            suffix,
            "designation",
            text_column("community", optional=True),
            text_column("team", optional=True),
            text_column("name"),
            text_column("granted_by"),
            Column("funding_fen", BigInteger),
            by=("community", "team"),
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
                    name=event.name,
                    granted_by=event.granted_by,
                    funding_fen=event.funding_fen,
                )
            else:
                self.end(connection, event.designation, event.on)

    def of(
        self,
        connection: Connection,
        part: Part,
        *,
        bearers: tuple[Collection[str], Select[str]] | None = None,
        team: str | None = None,
    ) -> list[Designation]:
        """Part of the designations, by id: of those of a team, or of some bearers, if told.

        `bearers` is communities, and a query of teams' ids.
        """
        wanted = self.about(team=team)
        if bearers is not None:
            communities, teams = bearers
            row = self.stays.c
            wanted.append(row.community.in_(sorted(communities)) | row.team.in_(teams))
        return [Designation(*row) for row in self.by_id(connection, part, wanted)]
