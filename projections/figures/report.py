"""The figures that offices report of a community, or of the whole ledger, for a period."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row

from projections.figures.periods import Period, last_day
from projections.outreach import Held
from projections.registry import Views
from projections.stays import Stays

Counts = dict[str, int]
"""How many of each kind, the most first, equals by kind; what has none is under the empty text."""

Within = Collection[str] | None
"""The ids of the communities that count; None for all, and for what belongs to no community."""


class Report(Struct, frozen=True, kw_only=True):
    """One community's figures with all beneath it, or the whole ledger's where `community` is None.

    `day` (ISO) is the period's last, or today where that has not come yet. Of that day are the `volunteers` who had not
    withdrawn, the posts held, the organisations attached (each once for a kind) and the designations, those of teams
    too. `people` are the distinct volunteers who served in the period and `visits` the records that count; both, and
    `service_minutes`, are those of the communities' own volunteers on the days of service, who need not be the
    `volunteers`. Activities held, with their participants, materials handed out and people reached online, and
    `venues_updated` are of the period too. Venues and teams are those in use today, a team's kind being its field.
    """

    community: str | None
    period: str
    day: str
    volunteers: int
    people: int
    visits: int
    service_minutes: int
    activities: int
    participants: int
    materials: int
    online_reach: int
    venues_updated: int
    venues_by_kind: Counts
    teams_by_field: Counts
    teams_by_brand: Counts
    posts_by_kind: Counts
    organisations_by_kind: Counts
    designations_by_name: Counts


def report(
    connection: Connection, views: Views, period: Period, today: date, top: str | None = None
) -> Report:
    """The figures of a community (an id) with all beneath it, or of the whole ledger."""
    day = last_day(period, today)
    within = None if top is None else {one.id for one in views.communities.subtree(connection, top)}
    homes = views.members.count_by_home(connection, views.communities, day)
    people, visits, minutes = views.contributions.together(connection, period, within)
    held = _held(connection, views, period, top)
    teams = [one for one in views.teams.all(connection) if within is None or one.community in within]
    in_use = [one for one in teams if not one.ended]
    organisations = _holding(connection, views.organisations, day, within)
    return Report(
        community=top,
        period=period.name,
        day=day.isoformat(),
        volunteers=sum(number for home, number in homes.items() if within is None or home in within),
        people=people,
        visits=visits,
        service_minutes=minutes,
        activities=held.activities,
        participants=held.participants,
        materials=held.materials,
        online_reach=held.online_reach,
        venues_updated=held.venues_updated,
        venues_by_kind=_venues(connection, views, today, within),
        teams_by_field=_counted(one.field for one in in_use),
        teams_by_brand=_counted(one.brand for one in in_use),
        posts_by_kind=_counted(row.post for row in _holding(connection, views.posts, day, within)),
        organisations_by_kind=_counted(
            kind for kind, _ in {(row.kind, row.organisation) for row in organisations}
        ),
        designations_by_name=_designations(connection, views, day, within, {one.id for one in teams}),
    )


def _held(connection: Connection, views: Views, period: Period, top: str | None) -> Held:
    """What was held in a community with all beneath it, or in all that stand beneath nothing, taken together."""
    found = views.outreach.of_communities(connection, views.communities, period, top)
    every = views.communities.all(connection)
    tops = [top] if top is not None else [one.id for one in every if one.parent is None]
    parts = [found[one] for one in tops if one in found]
    return Held(
        activities=sum(one.activities for one in parts),
        participants=sum(one.participants for one in parts),
        materials=sum(one.materials for one in parts),
        online_reach=sum(one.online_reach for one in parts),
        venues_updated=sum(one.venues_updated for one in parts),
    )


def _venues(connection: Connection, views: Views, today: date, within: Within) -> Counts:
    return _counted(
        one.kind
        for one in views.venues.all(connection)
        if (one.closed is None or one.closed > today.isoformat())
        and (within is None or one.community in within)
    )


def _holding(connection: Connection, view: Stays, day: date, within: Within) -> Sequence[Row[Any]]:
    """The stays of a day in some communities."""
    rows = view.rows(connection, view.holding(day))
    return [row for row in rows if within is None or row.community in within]


def _designations(
    connection: Connection, views: Views, day: date, within: Within, teams: Collection[str]
) -> Counts:
    rows = _holding(connection, views.designations, day, None)
    return _counted(
        row.name for row in rows if within is None or row.community in within or row.team in teams
    )


def _counted(kinds: Iterable[str | None]) -> Counts:
    numbers = Counter(kind or "" for kind in kinds)
    return dict(sorted(numbers.items(), key=lambda one: (-one[1], one[0])))
