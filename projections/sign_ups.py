"""Sign-ups: by shift they are its roster with its waitlist, by volunteer a calendar."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, bindparam, func, select, update

from ledger.domain.events import (
    NoShowLifted,
    NoShowRecorded,
    SignUpEvent,
    SignUpPromoted,
    SignUpReleased,
    SignUpWithdrawn,
    VolunteerPlaced,
    VolunteerSignedUp,
    VolunteerWaitlisted,
)
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from projections.view import View, instant_text, text_column

PLACED, WAITING, WITHDRAWN, RELEASED, NO_SHOW = "placed", "waiting", "withdrawn", "released", "no-show"
_STATES: dict[type[SignUpEvent], str] = {
    VolunteerSignedUp: PLACED,
    VolunteerPlaced: PLACED,
    SignUpPromoted: PLACED,
    NoShowLifted: PLACED,
    VolunteerWaitlisted: WAITING,
    SignUpWithdrawn: WITHDRAWN,
    SignUpReleased: RELEASED,
    NoShowRecorded: NO_SHOW,
}


class SignUpRow(NamedTuple):
    """One sign-up: `state` is placed, waiting, withdrawn, released or no-show, since the fact at `position`.

    A no-show and its lifting leave the position: the place is the same. `begins` and `ends` are the shift's instants
    (UTC, RFC 3339).
    """

    id: str
    shift: str
    activity: str
    volunteer: str
    role: str
    begins: str
    ends: str
    state: str
    position: int


class Headcount(NamedTuple):
    """How many have a place on a shift, those who did not come included, and how many wait for one."""

    placed: int
    waiting: int


class SignUps(View):
    """A row for every sign-up there ever was."""

    name = "sign-ups"
    version = 2
    types: ClassVar = frozenset(_STATES)

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(suffix)
        self.sign_ups = self.table(
            "sign_up",
            text_column("id", key=True),
            *(
                text_column(name)
                for name in ("shift", "activity", "volunteer", "role", "begins", "ends", "state")
            ),
            Column("position", BigInteger, nullable=False),
        )
        Index(self.index_name("sign_up_shift"), self.sign_ups.c.shift, self.sign_ups.c.state)
        Index(self.index_name("sign_up_volunteer"), self.sign_ups.c.volunteer, self.sign_ups.c.begins)
        self._put = Bulk(self.sign_ups, put=("state", "position"))
        self._note = (
            update(self.sign_ups)
            .where(self.sign_ups.c.id == bindparam("sign_up"))
            .values(state=bindparam("noted"))
        )

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Keep the latest that happened to each."""
        rows: dict[str, SignUpRow] = {}
        noted: dict[str, str] = {}
        for position, event, _ in batch:
            assert isinstance(event, SignUpEvent)
            if not isinstance(event, NoShowRecorded | NoShowLifted):
                rows[event.sign_up] = _row(position, event)
                noted.pop(event.sign_up, None)
            elif event.sign_up in rows:
                rows[event.sign_up] = rows[event.sign_up]._replace(state=_STATES[type(event)])
            else:
                noted[event.sign_up] = _STATES[type(event)]
        self._put.run(connection, [rows[identifier] for identifier in sorted(rows)])
        if noted:
            changes = [{"sign_up": one, "noted": state} for one, state in noted.items()]
            connection.execute(self._note, changes)

    def get(self, connection: Connection, sign_up: str) -> SignUpRow | None:
        """One sign-up by id."""
        found = connection.execute(select(self.sign_ups).where(self.sign_ups.c.id == sign_up)).first()
        return None if found is None else SignUpRow(*found)

    def of_volunteer(self, connection: Connection, volunteer: str) -> list[SignUpRow]:
        """Every sign-up of a volunteer, whatever became of it, that for the latest shift first."""
        table = self.sign_ups
        theirs = select(table).where(table.c.volunteer == volunteer)
        rows = connection.execute(theirs.order_by(table.c.begins.desc(), table.c.id.desc()))
        return [SignUpRow(*row) for row in rows]

    def latest(self, connection: Connection, shift: str, volunteer: str) -> SignUpRow | None:
        """The sign-up of a volunteer for a shift that changed last, whatever became of it."""
        table = self.sign_ups
        theirs = (table.c.shift == shift) & (table.c.volunteer == volunteer)
        query = select(table).where(theirs).order_by(table.c.position.desc()).limit(1)
        found = connection.execute(query).first()
        return None if found is None else SignUpRow(*found)

    def roster(self, connection: Connection, shift: str) -> list[SignUpRow]:
        """Who has a place on a shift, then who waits for one, each in the order in which they got there."""
        table = self.sign_ups
        rows = connection.execute(
            select(table)
            .where(table.c.shift == shift, table.c.state.in_((PLACED, NO_SHOW, WAITING)))
            .order_by(table.c.position)
        )
        found = [SignUpRow(*row) for row in rows]
        return sorted(found, key=lambda one: one.state == WAITING)

    def by_role(self, connection: Connection, shifts: Collection[str]) -> dict[tuple[str, str], Headcount]:
        """How many each of some shifts has in a role, by shift and role; those without anybody are left out."""
        row = self.sign_ups.c
        rows = connection.execute(
            select(row.shift, row.role, row.state, func.count())
            .where(row.shift.in_(sorted(shifts)), row.state.in_((PLACED, NO_SHOW, WAITING)))
            .group_by(row.shift, row.role, row.state)
        )
        found: dict[tuple[str, str], Headcount] = {}
        for shift, role, state, number in rows:
            placed, waiting = found.get((shift, role), (0, 0))
            found[shift, role] = (
                Headcount(placed, waiting + number)
                if state == WAITING
                else Headcount(placed + number, waiting)
            )
        return found

    def waits(self, connection: Connection, shifts: Collection[str]) -> dict[str, int]:
        """Of all who wait for a place on some shifts, by sign-up: 1 for who is next in their role, and so on."""
        row = self.sign_ups.c
        place = func.row_number().over(partition_by=(row.shift, row.role), order_by=row.position)
        waiting = select(row.id, place).where(row.shift.in_(sorted(shifts)), row.state == WAITING)
        return {sign_up: int(number) for sign_up, number in connection.execute(waiting)}

    def calendar(
        self, connection: Connection, volunteer: str, since: datetime, until: datetime
    ) -> list[SignUpRow]:
        """What a volunteer has a place on, or waits for, that begins from one instant up to another."""
        table = self.sign_ups
        rows = connection.execute(
            select(table)
            .where(
                table.c.volunteer == volunteer,
                table.c.begins >= instant_text(since),
                table.c.begins < instant_text(until),
                table.c.state.in_((PLACED, NO_SHOW, WAITING)),
            )
            .order_by(table.c.begins, table.c.id)
        )
        return [SignUpRow(*row) for row in rows]


def _row(position: int, event: SignUpEvent) -> SignUpRow:
    return SignUpRow(
        id=event.sign_up,
        shift=event.shift,
        activity=event.activity,
        volunteer=event.volunteer,
        role=event.role,
        begins=instant_text(event.begins),
        ends=instant_text(event.ends),
        state=_STATES[type(event)],
        position=position,
    )
