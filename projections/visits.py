"""Visits: who is somewhere now, and who was."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, bindparam, select, update

from ledger.domain.events import VisitAbandoned, VolunteerCheckedIn, VolunteerCheckedOut, VolunteerClockedIn
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from projections.view import View, instant_text, text_column

GOING_ON, OVER, ABANDONED = "going-on", "over", "abandoned"
_MINUTE = 60


class VisitRow(NamedTuple):
    """One visit, at a shift or at a venue: `begun` and `ended` are instants (UTC, RFC 3339), `minutes` whole ones."""

    id: str
    volunteer: str
    sign_up: str | None
    shift: str | None
    venue: str | None
    begun: str
    ended: str | None
    minutes: int
    state: str


class Visits(View):
    """A row for every visit there ever was."""

    name = "visits"
    types: ClassVar = frozenset({VolunteerCheckedIn, VolunteerClockedIn, VolunteerCheckedOut, VisitAbandoned})

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(suffix)
        self.visits = self.table(
            "visit",
            text_column("id", key=True),
            text_column("volunteer"),
            *(text_column(name, optional=True) for name in ("sign_up", "shift", "venue")),
            text_column("begun"),
            text_column("ended", optional=True),
            Column("minutes", BigInteger, nullable=False),
            text_column("state"),
        )
        Index(self.index_name("visit_volunteer"), self.visits.c.volunteer, self.visits.c.begun)
        Index(self.index_name("visit_shift"), self.visits.c.shift)
        self._add = Bulk(self.visits)
        self._end = (
            update(self.visits)
            .where(self.visits.c.id == bindparam("visit"))
            .values(
                ended=bindparam("its_end"), minutes=bindparam("its_minutes"), state=bindparam("its_state")
            )
        )

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Add those that began, then end those that ended."""
        events = [event for _, event, _ in batch]
        self._add.run(connection, [_begun(event) for event in events if _begins(event)])
        ends = [_ended(event) for event in events if not _begins(event)]
        if ends:
            connection.execute(self._end, ends)

    def get(self, connection: Connection, visit: str) -> VisitRow | None:
        """One visit by id."""
        found = connection.execute(select(self.visits).where(self.visits.c.id == visit)).first()
        return None if found is None else VisitRow(*found)

    def going_on(self, connection: Connection, volunteer: str) -> VisitRow | None:
        """Where a volunteer is now, None if nowhere."""
        table = self.visits
        found = connection.execute(
            select(table).where(table.c.volunteer == volunteer, table.c.state == GOING_ON)
        ).first()
        return None if found is None else VisitRow(*found)

    def of_sign_up(self, connection: Connection, shift: str, sign_up: str) -> VisitRow | None:
        """The visit that began last for a sign-up to a shift: one that goes on is that."""
        table = self.visits
        query = select(table).where(table.c.shift == shift, table.c.sign_up == sign_up)
        found = connection.execute(query.order_by(table.c.begun.desc(), table.c.id.desc()).limit(1)).first()
        return None if found is None else VisitRow(*found)

    def of_sign_ups(
        self, connection: Connection, shifts: Collection[str], sign_ups: Collection[str]
    ) -> dict[str, VisitRow]:
        """Likewise for some sign-ups to some shifts, by sign-up."""
        table = self.visits
        query = select(table).where(table.c.shift.in_(sorted(shifts)), table.c.sign_up.in_(sorted(sign_ups)))
        rows = [VisitRow(*row) for row in connection.execute(query.order_by(table.c.begun, table.c.id))]
        return {row.sign_up: row for row in rows if row.sign_up is not None}

    def latest(self, connection: Connection, volunteer: str) -> VisitRow | None:
        """Where a volunteer is now, else where they last were."""
        table = self.visits
        query = select(table).where(table.c.volunteer == volunteer)
        found = connection.execute(query.order_by(table.c.begun.desc(), table.c.id.desc()).limit(1)).first()
        return self.going_on(connection, volunteer) or (None if found is None else VisitRow(*found))

    def of_volunteer(
        self, connection: Connection, volunteer: str, since: datetime, until: datetime
    ) -> list[VisitRow]:
        """A volunteer's visits that began from one instant up to another, in order."""
        table = self.visits
        rows = connection.execute(
            select(table)
            .where(
                table.c.volunteer == volunteer,
                table.c.begun >= instant_text(since),
                table.c.begun < instant_text(until),
            )
            .order_by(table.c.begun, table.c.id)
        )
        return [VisitRow(*row) for row in rows]


def _begins(event: Any) -> bool:
    return isinstance(event, VolunteerCheckedIn | VolunteerClockedIn)


def _begun(event: Any) -> VisitRow:
    at_a_shift = isinstance(event, VolunteerCheckedIn)
    return VisitRow(
        id=event.visit,
        volunteer=event.volunteer,
        sign_up=event.sign_up if at_a_shift else None,
        shift=event.shift if at_a_shift else None,
        venue=None if at_a_shift else event.venue,
        begun=instant_text(event.begun),
        ended=None,
        minutes=0,
        state=GOING_ON,
    )


def _ended(event: Any) -> dict[str, Any]:
    if isinstance(event, VisitAbandoned):
        return {"visit": event.visit, "its_end": None, "its_minutes": 0, "its_state": ABANDONED}
    minutes = int((event.ended - event.begun).total_seconds()) // _MINUTE
    return {
        "visit": event.visit,
        "its_end": instant_text(event.ended),
        "its_minutes": minutes,
        "its_state": OVER,
    }
