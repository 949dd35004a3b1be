"""The training that volunteers completed."""

from collections.abc import Collection, Sequence
from typing import ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, select

from ledger.domain.events import TrainingAnnulled, TrainingCompleted
from ledger.store.codec import Recorded
from ledger.store.in_lists import InList
from projections.affairs import HOMES, Affair, Affairs, Homes, homes
from projections.figures.merging import Lists, merged
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
    version = 2
    types: ClassVar = HOMES | frozenset({TrainingCompleted, TrainingAnnulled})

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
        row = self.stays.c
        self.affairs = Affairs(self, "training", ("id",))
        self._of_some = InList(select(row.id, row.volunteer), row.volunteer)

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Change one row after the other: these facts are rare."""
        completed: list[Affair] = []
        for _, event, _ in batch:
            if isinstance(event, TrainingCompleted):
                completed.append(Affair((event.training,), (event.volunteer,)))
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
            elif isinstance(event, TrainingAnnulled):
                self.change(connection, event.training, annulled=event.reason)
        moved = self.affairs.learn(connection, homes(event for _, event, _ in batch))
        theirs = self._of_some.rows(connection, moved) if moved else ()
        self.affairs.add(
            connection, [*completed, *(Affair((training,), (volunteer,)) for training, volunteer in theirs)]
        )

    def listed(
        self,
        connection: Connection,
        part: Part,
        *,
        volunteer: str | None = None,
        at_home: tuple[Collection[str], Homes] | None = None,
        annulled: bool = False,
    ) -> list[Training]:
        """Part of the trainings, by id: of a volunteer, and of those at home in some communities, if told.

        `at_home` is these, and what tells where volunteers are at home. With `annulled` comes what counts no more, too.
        """
        row = self.stays.c
        wanted = self.about(volunteer=volunteer)
        if not annulled:
            wanted.append(row.annulled.is_(None))
        if at_home is None:
            return [Training(*one) for one in self.by_id(connection, part, wanted)]
        communities, home = at_home
        if volunteer is not None:
            wanted.append(home(row.volunteer).in_(sorted(communities)))
            return [Training(*one) for one in self.by_id(connection, part, wanted)]
        listed = self.affairs.rows.c
        every = select(listed.id).join_from(self.affairs.rows, self.stays, row.id == listed.id)
        some = every.where(*wanted, *self.on(part.day))
        theirs = Lists(
            lambda one: some.where(listed.community == one, home(row.volunteer) == one),
            communities,
            (listed.id,),
        )
        found = merged(connection, theirs, after=(part.after,), limit=part.limit)
        return [Training(*one) for one in self.some(connection, [one for (one,) in found])]

    def of_volunteer(self, connection: Connection, volunteer: str) -> list[Training]:
        """All that a volunteer completed and that was not annulled, still valid or not."""
        row = self.stays.c
        rows = self.rows(connection, row.volunteer == volunteer, row.annulled.is_(None))
        return [Training(*one) for one in rows]
