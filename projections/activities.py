"""Activities: what is planned, what was held and what came of it, what was called off."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, ColumnElement, Connection, Index, select, true, tuple_

from ledger.domain.events import (
    Activity,
    ActivityCancelled,
    ActivityPublished,
    ActivityReported,
    ActivityRevised,
    Turnout,
)
from ledger.domain.spelling import same_name
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from projections.figures.merging import Lists, merged
from projections.figures.periods import Period
from projections.view import View, text_column

PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"
_NOTHING_YET = (0, 0, 0)


class ActivityRow(NamedTuple):
    """One activity: `state` is planned, held or cancelled, `day` (ISO) that on which it is planned or was held.

    The figures are 0 until it is reported as held.
    """

    id: str
    name: str
    programme: str | None
    campaign: str | None
    form: str
    audience: str | None
    community: str
    venue: str | None
    place: str
    content: str
    unit: str
    in_charge: str | None
    day: str
    state: str
    participants: int
    materials: int
    online_reach: int


class Activities(View):
    """A row for every activity that was ever published."""

    name = "activities"
    version = 4
    types: ClassVar = frozenset({ActivityPublished, ActivityRevised, ActivityReported, ActivityCancelled})

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(suffix)
        self.activities = self.table(
            "activity",
            text_column("id", key=True),
            text_column("name"),
            text_column("programme", optional=True),
            text_column("campaign", optional=True),
            text_column("form"),
            text_column("audience", optional=True),
            text_column("community"),
            text_column("venue", optional=True),
            *(text_column(name) for name in ("place", "content", "unit")),
            text_column("in_charge", optional=True),
            *(text_column(name) for name in ("day", "state")),
            *(
                Column(name, BigInteger, nullable=False)
                for name in ("participants", "materials", "online_reach")
            ),
            text_column("same_name"),
        )
        row = self.activities.c
        Index(self.index_name("activity_same_name"), row.same_name)
        Index(self.index_name("activity_by_day"), row.day, row.id)
        Index(self.index_name("activity_by_community"), row.community, row.day, row.id)
        self._put = Bulk(self.activities, put=(*ActivityRow._fields[1:], "same_name"))

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Keep the latest that was said of each: every fact of an activity describes it whole."""
        rows: dict[str, ActivityRow] = {}
        for _, event, _ in batch:
            match event:
                case ActivityReported():
                    row = _row(event.activity, event.on.isoformat(), HELD, event.turnout)
                case ActivityCancelled():
                    row = _row(event.activity, event.on.isoformat(), CANCELLED)
                case ActivityPublished() | ActivityRevised():
                    row = _row(event.activity, event.on.isoformat(), PLANNED)
                case _:
                    raise TypeError(event)
            rows[row.id] = row
        self._put.run(connection, [(*rows[one], same_name(rows[one].name)) for one in sorted(rows)])

    def get(self, connection: Connection, activity: str) -> ActivityRow | None:
        """One activity by id."""
        found = self._read(connection, self.activities.c.id == activity)
        return found[0] if found else None

    def some(self, connection: Connection, activities: Collection[str]) -> dict[str, ActivityRow]:
        """Some activities, by id."""
        return {one.id: one for one in self._read(connection, self.activities.c.id.in_(sorted(activities)))}

    def host_of(self, activity: ColumnElement[str]) -> ColumnElement[str]:
        """The community that hosts each activity of a column: to be asked within a query."""
        row = self.activities.c
        return select(row.community).where(row.id == activity).scalar_subquery()

    def called(self, connection: Connection, name: str) -> list[ActivityRow]:
        """The activities of a name, spelt in any way that is the same after NFKC, those called off too."""
        return self._read(connection, self.activities.c.same_name == same_name(name))

    def listed(
        self,
        connection: Connection,
        period: Period,
        *,
        community: str | None = None,
        state: str | None = None,
    ) -> list[ActivityRow]:
        """The activities of a period by day, then name and id: of a community, and in a state, where one is named."""
        table = self.activities
        chosen: Any = (table.c.day >= f"{period.first_month}-01") & (table.c.day <= f"{period.last_month}-31")
        if community is not None:
            chosen &= table.c.community == community
        if state is not None:
            chosen &= table.c.state == state
        return self._read(connection, chosen)

    def on_days(
        self,
        connection: Connection,
        days: tuple[str, str],
        *,
        communities: Collection[str] | None = None,
        state: str | None = None,
        after: tuple[str, str] = ("", ""),
        limit: int,
    ) -> list[ActivityRow]:
        """The first `limit` activities from a day up to, not including, another (both ISO), by day and id.

        Of some communities or of all, in a state or in any; only those that come `after` the day and id of one.
        """
        row, until_then = self.activities.c, (days[1], "")
        after = max(after, (days[0], ""))
        place, wanted = (row.day, row.id), true() if state is None else row.state == state
        query = select(*(row[name] for name in ActivityRow._fields))
        if communities is None:
            between = (tuple_(*place) > tuple_(*after)) & (tuple_(*place) < tuple_(*until_then))
            rows = connection.execute(query.where(between, wanted).order_by(*place).limit(limit))
            return [ActivityRow(*one) for one in rows]

        hosted = Lists(lambda one: select(*place).where(row.community == one, wanted), communities, place)
        found = merged(connection, hosted, after=after, until=until_then, limit=limit)
        some = self.some(connection, [one for _, one in found])
        return [some[one] for _, one in found]

    def _read(self, connection: Connection, chosen: ColumnElement[bool]) -> list[ActivityRow]:
        table = self.activities
        columns = (table.c[name] for name in ActivityRow._fields)
        rows = connection.execute(
            select(*columns).where(chosen).order_by(table.c.day, table.c.name, table.c.id)
        )
        return [ActivityRow(*row) for row in rows]


def _row(activity: Activity, day: str, state: str, turnout: Turnout | None = None) -> ActivityRow:
    figures = (
        _NOTHING_YET if turnout is None else (turnout.participants, turnout.materials, turnout.online_reach)
    )
    return ActivityRow(
        activity.id,
        activity.name,
        activity.programme,
        activity.campaign,
        activity.form,
        activity.audience,
        activity.community,
        activity.venue,
        activity.place,
        activity.content,
        activity.unit,
        activity.in_charge,
        day,
        state,
        *figures,
    )
