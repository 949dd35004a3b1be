"""Who is registered, and where they are at home: in pages, whatever happened to each."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Table, select

from ledger.domain.affairs import Standing
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
    row = members.homes.c
    asked = select(row.volunteer) if homes is None else members.at_home(homes, day)
    in_order = asked.where(row.volunteer > after).distinct().order_by(row.volunteer).limit(limit)
    volunteers = list(connection.execute(in_order).scalars())
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
