"""The training that volunteers completed."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Select

from ledger.domain.events import TrainingAnnulled, TrainingCompleted, TrainingEvent
from ledger.store.codec import Recorded
from projections.stays import Part, Stays
from projections.view import text_column


class Training(NamedTuple):
    """A training of so many minutes, completed on the day `since`, valid to the day before `until`, both `YYYY-MM-DD`.

    `annulled` is the reason, as a code, why it counts no more.
    """

    id: str
    volunteer: str
    name: str
    content: str
    minutes: int
    organiser: str
    annulled: str | None
    since: str
    until: str | None


class Trainings(Stays):
    """A row for every training there ever was, annulled or not."""

    name = "training"
    types: ClassVar = frozenset({TrainingCompleted, TrainingAnnulled})

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(
            suffix,
            "training",
            text_column("volunteer"),
            text_column("name"),
            text_column("content"),
            Column("minutes", BigInteger, nullable=False),
            text_column("organiser"),
            text_column("annulled", optional=True),
            by=("volunteer",),
        )

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Change one row after the other: these facts are rare."""
        for _, event, _ in batch:
            assert isinstance(event, TrainingEvent)
            if isinstance(event, TrainingCompleted):
                self.begin(
                    connection,
                    event.training,
                    event.on,
                    event.until,
                    volunteer=event.volunteer,
                    name=event.name,
                    content=event.content,
                    minutes=event.minutes,
                    organiser=event.organiser,
                    annulled=None,
                )
            else:
                assert isinstance(event, TrainingAnnulled)
                self.change(connection, event.training, annulled=event.reason)

    def of(
        self,
        connection: Connection,
        part: Part,
        *,
        volunteer: str | None = None,
        volunteers: Select[str] | None = None,
        annulled: bool = False,
    ) -> list[Training]:
        """Part of the trainings, by id: of a volunteer's, or of those of some, if told.

        `volunteers` is a query of their ids. With `annulled` comes what counts no more, too.
        """
        wanted = self.about(volunteer=volunteer)
        if volunteers is not None:
            wanted.append(self.stays.c.volunteer.in_(volunteers))
        if not annulled:
            wanted.append(self.stays.c.annulled.is_(None))
        return [Training(*row) for row in self.by_id(connection, part, wanted)]

    def of_volunteer(self, connection: Connection, volunteer: str) -> list[Training]:
        """All that a volunteer completed and that was not annulled, still valid or not."""
        row = self.stays.c
        rows = self.rows(connection, row.volunteer == volunteer, row.annulled.is_(None))
        return [Training(*one) for one in rows]
