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
from ledger.domain.holds import STATE_AFTER, State
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
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


class Redemptions(View):
    """A row for every redemption."""

    name = "redemptions"
    version = 2
    types: ClassVar = frozenset(STATE_AFTER)

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
        Index(
            self.index_name("redemption_due"), row.expires, row.id, sqlite_where=held, postgresql_where=held
        )
        self._add = Bulk(self.redemptions)
        self._step = (
            update(self.redemptions)
            .where(row.id == bindparam("redemption"))
            .values(state=bindparam("after"), since=bindparam("day"), reason=bindparam("why"))
        )

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Add the new ones, then take each to where the batch leads it."""
        placed: list[tuple[str | int | None, ...]] = []
        steps: dict[str, dict[str, str | None]] = {}
        for _, event, _ in batch:
            assert isinstance(event, RedemptionEvent)
            if isinstance(event, RedemptionPlaced):
                placed.append(_row(event))
            else:
                steps[event.redemption] = {
                    "redemption": event.redemption,
                    "after": STATE_AFTER[type(event)].value,
                    "day": event.on.isoformat(),
                    "why": getattr(event, "reason", None),
                }
        self._add.run(connection, placed)
        if steps:
            connection.execute(self._step, list(steps.values()))

    def get(self, connection: Connection, redemption: str) -> Redemption | None:
        """One redemption by id."""
        found = connection.execute(
            select(self.redemptions).where(self.redemptions.c.id == redemption)
        ).first()
        return None if found is None else Redemption(*found)

    def of(
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
        row = self.redemptions.c
        wanted = [row.volunteer == volunteer] if volunteer is not None else []
        return self._by_id(connection, [*wanted, *self._about(offer, state)], after, limit)

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
        wanted = [row.volunteer == volunteer, *self._about(None, state)]
        if before is not None:
            at, identifier = before
            wanted.append((row.placed_at < at) | ((row.placed_at == at) & (row.id < identifier)))
        in_order = select(self.redemptions).where(*wanted).order_by(row.placed_at.desc(), row.id.desc())
        return [Redemption(*one) for one in connection.execute(in_order.limit(limit))]

    def reached(
        self,
        connection: Connection,
        reach: tuple[Collection[str], Select[str]],
        *,
        offer: str | None = None,
        state: State | None = None,
        after: str = "",
        limit: int = 200,
    ) -> list[Redemption]:
        """Likewise, those that are for some communities to know of: of their offers, or of some volunteers.

        `reach` is the communities, and a query of the volunteers' ids.
        """
        row = self.redemptions.c
        communities, volunteers = reach
        theirs = row.community.in_(sorted(communities)) | row.volunteer.in_(volunteers)
        return self._by_id(connection, [theirs, *self._about(offer, state)], after, limit)

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

    def _about(self, offer: str | None, state: State | None) -> list[ColumnElement[bool]]:
        row = self.redemptions.c
        return [
            column == value for column, value in ((row.offer, offer), (row.state, state)) if value is not None
        ]

    def _by_id(
        self, connection: Connection, conditions: Sequence[ColumnElement[bool]], after: str, limit: int
    ) -> list[Redemption]:
        row = self.redemptions.c
        found = select(self.redemptions).where(row.id > after, *conditions).order_by(row.id).limit(limit)
        return [Redemption(*one) for one in connection.execute(found)]


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
