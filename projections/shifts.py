"""Shifts: when they are, and how many they want."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, select, update

from ledger.domain.events import ShiftCancelled, ShiftPublished
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from projections.view import View, instant_text, text_column


class ShiftRow(NamedTuple):
    """One shift: `begins` and `ends` are instants (UTC, RFC 3339), `day` the local day (ISO) on which it begins.

    `cancelled` is 1 when it was called off; `places` those of all roles together. `ages` and `skills` are the codes
    that it asks for, with spaces between them.
    """

    id: str
    activity: str
    community: str
    day: str
    begins: str
    ends: str
    places: int
    waitlist: int
    cancelled: int
    ages: str
    skills: str


class Shifts(View):
    """A row for every shift that was ever published, and one for each role that it wants."""

    name = "shifts"
    version = 2
    types: ClassVar = frozenset({ShiftPublished, ShiftCancelled})

    def __init__(self, suffix: str = "") -> None:
        """Describe the tables."""
        super().__init__(suffix)
        self.shifts = self.table(
            "shift",
            text_column("id", key=True),
            *(text_column(name) for name in ("activity", "community", "day", "begins", "ends")),
            *(Column(name, BigInteger, nullable=False) for name in ("places", "waitlist")),
            Column("cancelled", Integer, nullable=False),
            *(text_column(name) for name in ("ages", "skills")),
        )
        self.roles = self.table(
            "shift_role",
            text_column("shift", key=True),
            text_column("role", key=True),
            Column("places", BigInteger, nullable=False),
        )
        Index(self.index_name("shift_activity"), self.shifts.c.activity, self.shifts.c.begins)
        Index(self.index_name("shift_begins"), self.shifts.c.begins)
        self._add = Bulk(self.shifts)
        self._add_roles = Bulk(self.roles)

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Add new shifts, then mark those that were called off."""
        published = [event for _, event, _ in batch if isinstance(event, ShiftPublished)]
        self._add.run(connection, [_row(event) for event in published])
        self._add_roles.run(
            connection,
            [(event.shift, wanted.role, wanted.places) for event in published for wanted in event.roles],
        )
        for _, event, _ in batch:
            if isinstance(event, ShiftCancelled):
                shift = self.shifts.c.id == event.shift
                connection.execute(update(self.shifts).where(shift).values(cancelled=1))

    def get(self, connection: Connection, shift: str) -> ShiftRow | None:
        """One shift by id."""
        found = connection.execute(select(self.shifts).where(self.shifts.c.id == shift)).first()
        return None if found is None else ShiftRow(*found)

    def places(self, connection: Connection, shift: str) -> dict[str, int]:
        """How many a shift wants, by role."""
        return self.places_of(connection, [shift]).get(shift, {})

    def places_of(self, connection: Connection, shifts: Collection[str]) -> dict[str, dict[str, int]]:
        """How many each of some shifts wants, by role."""
        table = self.roles
        rows = connection.execute(
            select(table).where(table.c.shift.in_(sorted(shifts))).order_by(table.c.shift, table.c.role)
        )
        found: dict[str, dict[str, int]] = {}
        for row in rows:
            found.setdefault(row.shift, {})[row.role] = row.places
        return found

    def of_activity(self, connection: Connection, activity: str) -> list[ShiftRow]:
        """The shifts of an activity, as they follow each other."""
        table = self.shifts
        rows = connection.execute(
            select(table).where(table.c.activity == activity).order_by(table.c.begins, table.c.id)
        )
        return [ShiftRow(*row) for row in rows]

    def between(self, connection: Connection, since: datetime, until: datetime) -> list[ShiftRow]:
        """The shifts that begin from one instant up to, not including, another, and were not called off."""
        table = self.shifts
        rows = connection.execute(
            select(table)
            .where(
                table.c.begins >= instant_text(since),
                table.c.begins < instant_text(until),
                table.c.cancelled == 0,
            )
            .order_by(table.c.begins, table.c.id)
        )
        return [ShiftRow(*row) for row in rows]


def _row(event: ShiftPublished) -> ShiftRow:
    return ShiftRow(
        id=event.shift,
        activity=event.activity,
        community=event.community,
        day=event.on.isoformat(),
        begins=instant_text(event.begins),
        ends=instant_text(event.ends),
        places=sum(wanted.places for wanted in event.roles),
        waitlist=event.waitlist,
        cancelled=0,
        ages=" ".join(event.ages),
        skills=" ".join(event.skills),
    )
