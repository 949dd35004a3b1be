"""Redemptions: every one of them, with what has become of it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    Select,
    bindparam,
    literal,
    select,
    update,
)

from ledger.domain.events import RedemptionEvent, RedemptionPlaced
from ledger.domain.redemption_state import STATE_AFTER, State
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from ledger.store.in_lists import InList
from projections.affairs import HOMES, Affair, Affairs, Homes, homes
from projections.figures.merging import Lists, merged
from projections.view import View, instant_text, text_column

# Written out in the statement: for a bound value SQLite does not see that the index of what is due would do.
_HELD = literal(State.PLACED.value, literal_execute=True)


class Redemption(NamedTuple):
    """A redemption. `minutes` are those of all its items, `placed` is the day on which they were held.

    `state` is what has become of it since the day `since`; from the day `expires` on a hold may be released.
    `placed_at` is the instant of placing (UTC, RFC 3339), `reason` the code with which it was cancelled or returned.
    """

    id: str
    offer: str
    offer_name: str
    community: str | None
    volunteer: str
    items: int
    minutes: int
    placed: str
    expires: str
    state: str
    since: str
    placed_at: str
    reason: str | None


class Wanted(NamedTuple):
    """Which redemptions: those of a volunteer, of an offer, in a state, each if it is told."""

    volunteer: str | None = None
    offer: str | None = None
    state: State | None = None


class Redemptions(View):
    """A row for every redemption."""

    name = "redemptions"
    version = 3
    types: ClassVar = HOMES | frozenset(STATE_AFTER)

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(suffix)
        self.redemptions = self.table(
            "redemption",
            text_column("id", key=True),
            text_column("offer"),
            text_column("offer_name"),
            text_column("community", optional=True),
            text_column("volunteer"),
            Column("items", BigInteger, nullable=False),
            Column("minutes", BigInteger, nullable=False),
            text_column("placed"),
            text_column("expires"),
            text_column("state"),
            text_column("since"),
            text_column("placed_at"),
            text_column("reason", optional=True),
        )
        row = self.redemptions.c
        held = row.state == State.PLACED.value
        Index(self.index_name("redemption_volunteer"), row.volunteer, row.placed_at, row.id)
        Index(self.index_name("redemption_offer"), row.offer, row.id)
        # Only what is held, so that looking for what is due does not grow with history.
        due = Index(self.index_name("redemption_due"), row.expires, row.id, sqlite_where=held)
        self.on_postgresql(due, where=held)
        self.affairs = Affairs(self, "redemption", ("id",))
        self._some = InList(select(self.redemptions), row.id)
        self._of_some = InList(select(row.id, row.volunteer, row.community), row.volunteer)
        self._add = Bulk(self.redemptions)
        self._step = (
            update(self.redemptions)
            .where(row.id == bindparam("redemption"))
            .values(state=bindparam("after"), since=bindparam("day"), reason=bindparam("why"))
        )

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Add the new ones, then take each to where the batch leads it."""
        placed: list[tuple[str | int | None, ...]] = []
        affairs: list[Affair] = []
        steps: dict[str, dict[str, str | None]] = {}
        for _, event, _ in batch:
            if isinstance(event, RedemptionPlaced):
                placed.append(_row(event))
                affairs.append(_affair(event.redemption, event.volunteer, event.community))
            elif isinstance(event, RedemptionEvent):
                steps[event.redemption] = {
                    "redemption": event.redemption,
                    "after": STATE_AFTER[type(event)].value,
                    "day": event.on.isoformat(),
                    "why": getattr(event, "reason", None),
                }
        self._add.run(connection, placed)
        if steps:
            connection.execute(self._step, list(steps.values()))
        moved = self.affairs.learn(connection, homes(event for _, event, _ in batch))
        theirs = self._of_some.rows(connection, moved) if moved else ()
        self.affairs.add(connection, [*affairs, *(_affair(*row) for row in theirs)])

    def get(self, connection: Connection, redemption: str) -> Redemption | None:
        """One redemption by id."""
        found = connection.execute(
            select(self.redemptions).where(self.redemptions.c.id == redemption)
        ).first()
        return None if found is None else Redemption(*found)

    def listed(
        self,
        connection: Connection,
        *,
        volunteer: str | None = None,
        offer: str | None = None,
        state: State | None = None,
        after: str = "",
        limit: int = 200,
    ) -> list[Redemption]:
        """Up to `limit` redemptions after the id `after`, by id: those of a volunteer, an offer or a state, if told."""
        wanted = Wanted(volunteer, offer, state)
        return self._by_id(connection, self._about(wanted), after, limit)

    def latest(
        self,
        connection: Connection,
        volunteer: str,
        *,
        state: State | None = None,
        before: tuple[str, str] | None = None,
        limit: int = 200,
    ) -> list[Redemption]:
        """Up to `limit` redemptions of a volunteer, the latest first: those before an instant of placing and an id."""
        row = self.redemptions.c
        wanted = self._about(Wanted(volunteer, state=state))
        if before is not None:
            at, identifier = before
            wanted.append((row.placed_at < at) | ((row.placed_at == at) & (row.id < identifier)))
        in_order = select(self.redemptions).where(*wanted).order_by(row.placed_at.desc(), row.id.desc())
        return [Redemption(*one) for one in connection.execute(in_order.limit(limit))]

    def reached(
        self,
        connection: Connection,
        reach: tuple[Collection[str], Homes],
        wanted: Wanted,
        *,
        after: str = "",
        limit: int = 200,
    ) -> list[Redemption]:
        """Likewise, those that are for some communities to know of: of their offers, or of some volunteers.

        `reach` is the communities, and what tells where volunteers are at home.
        """
        row, listed = self.redemptions.c, self.affairs.rows.c
        communities, home = reach
        every = select(listed.id).join_from(self.affairs.rows, self.redemptions, row.id == listed.id)
        some = every.where(*self._about(wanted))

        def theirs(community: ColumnElement[str]) -> Select[str]:
            here = (row.community == community) | (home(row.volunteer) == community)
            return some.where(listed.community == community, here)

        found = merged(connection, Lists(theirs, communities, (listed.id,)), after=(after,), limit=limit)
        rows = self._some.rows(connection, [one for (one,) in found])
        return sorted((Redemption(*one) for one in rows), key=lambda one: one.id)

    def due(self, connection: Connection, day: date, *, limit: int = 200) -> list[Redemption]:
        """Up to `limit` holds that may be released on a day, the oldest first."""
        row = self.redemptions.c
        found = (
            select(self.redemptions)
            .where(row.state == _HELD, row.expires <= day.isoformat())
            .order_by(row.expires, row.id)
            .limit(limit)
        )
        return [Redemption(*one) for one in connection.execute(found)]

    def _about(self, wanted: Wanted) -> list[ColumnElement[bool]]:
        row = self.redemptions.c
        columns = (row.volunteer, row.offer, row.state)
        return [column == value for column, value in zip(columns, wanted, strict=True) if value is not None]

    def _by_id(
        self, connection: Connection, conditions: Sequence[ColumnElement[bool]], after: str, limit: int
    ) -> list[Redemption]:
        row = self.redemptions.c
        found = select(self.redemptions).where(row.id > after, *conditions).order_by(row.id).limit(limit)
        return [Redemption(*one) for one in connection.execute(found)]


def _affair(redemption: str, volunteer: str, community: str | None) -> Affair:
    return Affair((redemption,), (volunteer,), () if community is None else (community,))


def _row(event: RedemptionPlaced) -> tuple[str | int | None, ...]:
    day = event.on.isoformat()
    return (
        event.redemption,
        event.offer,
        event.offer_name,
        event.community,
        event.volunteer,
        event.items,
        event.minutes,
        day,
        event.expires.isoformat(),
        State.PLACED.value,
        day,
        instant_text(event.at),
        None,
    )
