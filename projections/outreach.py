"""What communities did for the public: activities held, whom they reached, and venues that were renewed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from msgspec import Struct, field
from sqlalchemy import CTE, BigInteger, Column, Connection, func, select

from ledger.domain.events import ActivityReported, Turnout, VenueUpdated
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from projections.communities import Communities
from projections.figures.periods import Period, month_of
from projections.view import View, text_column, within

_FIGURES = ("activities", "participants", "materials", "online_reach")


class Held(Struct, kw_only=True):
    """One community's figures of a period, with all beneath it, by the day on which activities were held there.

    `by_programme` (empty where an activity names none), `by_form` and `by_month` count activities.
    """

    activities: int = 0
    participants: int = 0
    materials: int = 0
    online_reach: int = 0
    venues_updated: int = 0
    by_programme: dict[str, int] = field(default_factory=dict[str, int])
    by_form: dict[str, int] = field(default_factory=dict[str, int])
    by_month: dict[str, int] = field(default_factory=dict[str, int])


class Outreach(View):
    """Sums by community and month; nothing is rolled up in the tables, so that a tree may change."""

    name = "outreach"
    types: ClassVar = frozenset({ActivityReported, VenueUpdated})

    def __init__(self, suffix: str = "") -> None:
        """Describe the tables."""
        super().__init__(suffix)
        self.held = self.table(
            "outreach_held",
            *(text_column(name, key=True) for name in ("community", "month", "programme", "form")),
            *(Column(name, BigInteger, nullable=False) for name in _FIGURES),
        )
        self.venues = self.table(
            "outreach_venue",
            text_column("community", key=True),
            text_column("month", key=True),
            Column("updates", BigInteger, nullable=False),
        )
        self._add_held = Bulk(self.held, add=_FIGURES)
        self._add_venues = Bulk(self.venues, add=("updates",))

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Add what was reported, and take off what it replaces."""
        self.fold_days(connection, batch, date.max)

    def fold_days(self, connection: Connection, batch: Sequence[Recorded], last: date) -> None:
        """Likewise, of the days up to a last one."""
        held: defaultdict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(_FIGURES))
        venues: defaultdict[tuple[str, str], int] = defaultdict(int)
        for _, event, _ in batch:
            if isinstance(event, VenueUpdated):
                if event.on <= last:
                    venues[event.community, month_of(event.on)] += 1
                continue
            assert isinstance(event, ActivityReported)
            for turnout, sign in ((event.turnout, 1), (event.replaces, -1)):
                if turnout is not None and turnout.day <= last:
                    activity = event.activity
                    key = activity.community, month_of(turnout.day), activity.programme or "", activity.form
                    held[key] = [
                        so_far + sign * more for so_far, more in zip(held[key], _of(turnout), strict=True)
                    ]
        self._add_held.run(connection, [(*key, *figures) for key, figures in sorted(held.items())])
        self._add_venues.run(connection, [(*key, updates) for key, updates in sorted(venues.items())])

    def of_communities(
        self, connection: Connection, communities: Communities, period: Period, top: str | None = None
    ) -> dict[str, Held]:
        """The figures of communities that have some, by id: of all, or of `top` and those directly beneath it."""
        found: defaultdict[str, Held] = defaultdict(Held)
        beneath = communities.beneath(top)
        for row in self._held(connection, beneath, period):
            one = found[row.top]
            for name in _FIGURES:
                setattr(one, name, getattr(one, name) + int(getattr(row, name)))
            for parts, name in (
                (one.by_programme, row.programme),
                (one.by_form, row.form),
                (one.by_month, row.month),
            ):
                parts[name] = parts.get(name, 0) + int(row.activities)
        updates = connection.execute(
            select(beneath.c.top, func.sum(self.venues.c.updates).label("updates"))
            .join(self.venues, self.venues.c.community == beneath.c.community)
            .where(within(self.venues.c.month, period))
            .group_by(beneath.c.top)
        )
        for row in updates:
            found[row.top].venues_updated = int(row.updates)
        return dict(found)

    def _held(self, connection: Connection, beneath: CTE, period: Period) -> Sequence[Any]:
        table = self.held
        parts = (table.c.month, table.c.programme, table.c.form)
        sums = (func.sum(table.c[name]).label(name) for name in _FIGURES)
        return connection.execute(
            select(beneath.c.top, *parts, *sums)
            .join(table, table.c.community == beneath.c.community)
            .where(within(table.c.month, period), table.c.activities > 0)
            .group_by(beneath.c.top, *parts)
            .order_by(beneath.c.top, *parts)
        ).fetchall()


def _of(turnout: Turnout) -> tuple[int, ...]:
    return 1, turnout.participants, turnout.materials, turnout.online_reach
