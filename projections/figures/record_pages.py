"""Pages of service records: by first day and id, of whatever is asked for."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from projections.affairs import Homes
from projections.figures.merging import Lists, Place, merged
from projections.figures.periods import Period
from projections.records import PENDING, REPORTED, RecordRow, Records


class Reach(NamedTuple):
    """What is the affair of some communities: the records of who is at home there, and what was served at their places.

    Where a record says by whom it was hosted, that tells; of the others, the activity. `home` and `host` say where
    volunteers are at home, and which community hosts activities.
    """

    communities: Collection[str]
    home: Homes
    host: Homes


class Wanted(NamedTuple):
    """Which records are asked for: those within each of some reaches, and of a volunteer, and so on; None for all."""

    within: tuple[Reach, ...] = ()
    volunteer: str | None = None
    activity: str | None = None
    state: str | None = None
    period: Period | None = None


def page_of(
    connection: Connection, view: Records, wanted: Wanted, *, after: tuple[str, str] = ("", ""), limit: int
) -> list[RecordRow]:
    """Up to `limit` of the wanted records after a first day and id, by first day and id."""
    until = None
    if wanted.period is not None:
        # Bounds of places, not of days: SQLite takes the first of two that it could begin at.
        after = max(after, (f"{wanted.period.first_month}-01", ""))
        until = (f"{wanted.period.last_month}-32", "")
    if wanted.within and wanted.volunteer is None and wanted.activity is None:
        return _merged(connection, view, wanted, (after, until), limit)
    # The records of one volunteer or activity are few beside those of a community.
    row = view.records.c
    place = tuple_(row.day, row.id)
    conditions = [
        place > tuple_(*after),
        *_about(view, wanted),
        *(_within(view, one) for one in wanted.within),
    ]
    if until is not None:
        conditions.append(place < tuple_(*until))
    return view.rows(
        connection, select(*view.columns).where(*conditions).order_by(row.day, row.id).limit(limit)
    )


def _merged(
    connection: Connection, view: Records, wanted: Wanted, between: tuple[Place, Place | None], limit: int
) -> list[RecordRow]:
    least, *others = sorted(wanted.within, key=lambda reach: len(reach.communities))
    near = (view.affairs.pending if wanted.state == REPORTED else view.affairs.rows).c
    row = view.records.c
    # Areas lie within each other, or have nothing in common.
    beyond = [
        _within(view, reach) for reach in others if not set(least.communities) <= set(reach.communities)
    ]

    every = select(near.day, near.id).join_from(near.id.table, view.records, row.id == near.id)
    some = every.where(*beyond, *_about(view, wanted))

    def affairs(community: ColumnElement[str]) -> Select[str, str]:
        here = (least.home(row.volunteer) == community) | (_host(view, least) == community)
        return some.where(near.community == community, here)

    after, until = between
    lists = Lists(affairs, least.communities, (near.day, near.id))
    places = merged(connection, lists, after=after, until=until, limit=limit)
    return view.some(connection, [record for _, record in places])


def _about(view: Records, wanted: Wanted) -> list[ColumnElement[bool]]:
    row = view.records.c
    conditions: list[ColumnElement[bool]] = []
    if wanted.volunteer is not None:
        conditions.append(row.volunteer == wanted.volunteer)
    if wanted.activity is not None:
        conditions.append(row.activity == wanted.activity)
    if wanted.state is not None:
        conditions.append(row.state == (PENDING if wanted.state == REPORTED else wanted.state))
    return conditions


def _within(view: Records, reach: Reach) -> ColumnElement[bool]:
    communities = sorted(reach.communities)
    return reach.home(view.records.c.volunteer).in_(communities) | _host(view, reach).in_(communities)


def _host(view: Records, reach: Reach) -> ColumnElement[str]:
    row = view.records.c
    return func.coalesce(row.hosted_by, reach.host(row.activity))
