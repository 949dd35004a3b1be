"""Who is registered, and where they are at home: in pages, whatever happened to each."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Table, select

from ledger.domain.volunteer_state import Standing
from projections.figures.merging import Lists, merged
from projections.members import Members, home_among, standing_among


class Listed(NamedTuple):
    """A volunteer on a day: `home` is their community as it was then, `since` (ISO) the day of registration."""

    id: str
    home: str
    since: str
    standing: Standing


def listed(
    connection: Connection,
    members: Members,
    day: date,
    *,
    homes: Collection[str] | None = None,
    after: str = "",
    limit: int,
) -> list[Listed]:
    """Up to `limit` volunteers after an id, by id: those at home in some communities on a day, or all."""
    volunteers = _after(connection, members, day, homes, after, limit)
    lived = _dated(connection, members.homes, "community", volunteers)
    changes = _dated(connection, members.standings, "standing", volunteers)
    return [
        Listed(
            one,
            home_among(lived[one], day),
            lived[one][0][0],
            standing_among(lived[one], changes[one], day),
        )
        for one in volunteers
    ]


def _after(
    connection: Connection,
    members: Members,
    day: date,
    homes: Collection[str] | None,
    after: str,
    limit: int,
) -> list[str]:
    who = members.homes.c.volunteer
    if homes is None:
        in_order = select(who).where(who > after).distinct().order_by(who).limit(limit)
        return list(connection.execute(in_order).scalars())

    home = members.homes_on(day)
    at_home = Lists(lambda one: members.ever_at_home(one).where(home(who) == one), homes, (who,))
    return [one for (one,) in merged(connection, at_home, after=(after,), limit=limit)]


def _dated(
    connection: Connection, table: Table, value: str, volunteers: Collection[str]
) -> defaultdict[str, list[tuple[str, str]]]:
    row = table.c
    rows = connection.execute(
        select(row.volunteer, row.since, row[value])
        .where(row.volunteer.in_(volunteers))
        .order_by(row.volunteer, row.since)
    )
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for volunteer, since, what in rows:
        found[volunteer].append((since, what))
    return found
