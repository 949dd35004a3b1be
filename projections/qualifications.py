"""What is noted of volunteers, day by day: their age bands, and the skills they have."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import Connection, Integer, Text, bindparam, literal_column, select, union_all, update

from ledger.domain.events import AgeBandNoted, SkillEnded, SkillRecognised
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from ledger.store.prepared import Prepared
from projections.stays import holds
from projections.view import View, text_column


class Qualified(NamedTuple):
    """The age band of a volunteer, None where none is noted, and the codes of the skills that they have, in order."""

    band: str | None
    skills: list[str]


class Qualifications(View):
    """A row for each age band that was noted, the last of a day alone, and one for each time of having a skill.

    A skill that ends on the day it begins was never there.
    """

    name = "qualifications"
    types: ClassVar = frozenset({AgeBandNoted, SkillRecognised, SkillEnded})

    def __init__(self, suffix: str = "") -> None:
        """Describe the tables."""
        super().__init__(suffix)
        self.bands = self.table(
            "age_band",
            text_column("volunteer", key=True),
            text_column("since", key=True),
            text_column("band"),
        )
        self.skills = self.table(
            "skill",
            text_column("volunteer", key=True),
            text_column("skill", key=True),
            text_column("since", key=True),
            text_column("until", optional=True),
        )
        self._put_bands = Bulk(self.bands, put=("band",))
        self._put_skills = Bulk(self.skills, put=("until",))
        row, day = self.skills.c, bindparam("day", type_=Text)
        self._prepare()
        self._end = (
            update(self.skills)
            .where(
                row.volunteer == bindparam("who"),
                row.skill == bindparam("what"),
                row.since <= day,
                row.until.is_(None) | (row.until > day),
            )
            .values(until=day)
        )

    def _prepare(self) -> None:
        """Put together what is asked of one volunteer."""
        row, day = self.skills.c, bindparam("day", type_=Text)
        band, who = self.bands.c, bindparam("volunteer", type_=Text)
        noted = select(literal_column("0", Integer).label("kind"), band.since, band.band).where(
            band.volunteer == who, band.since <= day
        )
        had = select(literal_column("1", Integer), row.since, row.skill).where(
            row.volunteer == who, holds(row.since, row.until, day)
        )
        # One question for both: to ask it takes longer than to answer it.
        self.dated = union_all(noted, had)
        """What `qualified_among` reads of a `volunteer` on a `day`."""
        self._dated = Prepared(self.dated)

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Change one row after the other: these facts are rare."""
        for _, event, _ in batch:
            day = event.on.isoformat()
            match event:
                case AgeBandNoted():
                    self._put_bands.run(connection, [(event.volunteer, day, event.band.value)])
                case SkillRecognised():
                    until = None if event.until is None else event.until.isoformat()
                    self._put_skills.run(connection, [(event.volunteer, event.skill, day, until)])
                case SkillEnded():
                    connection.execute(self._end, {"who": event.volunteer, "what": event.skill, "day": day})
                case _:
                    raise TypeError(event)

    def of_volunteer(self, connection: Connection, volunteer: str, day: date) -> Qualified:
        """What is noted of a volunteer for a day."""
        rows = self._dated.rows(connection, {"volunteer": volunteer, "day": day.isoformat()})
        return qualified_among(rows)


def qualified_among(rows: Sequence[Sequence[Any]]) -> Qualified:
    """What is noted of a volunteer for a day, by what is `dated` of them."""
    bands = [(since, band) for kind, since, band in rows if kind == 0]
    return Qualified(max(bands)[1] if bands else None, sorted({one for kind, _, one in rows if kind == 1}))
