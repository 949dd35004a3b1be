"""What each community contributed: its own volunteers' service, rolled up the tree, and what it hosted."""

from collections import defaultdict
from collections.abc import Collection, Container, Mapping, Sequence
from typing import Any, ClassVar

from msgspec import Struct, field
from sqlalchemy import CTE, BigInteger, Column, Connection, Select, func, select

from ledger.domain.events import Level, ServiceApproved, ServiceAttested, ServiceReversed
from ledger.domain.postings import service_lines
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from projections.communities import Communities
from projections.figures.periods import Period, month_of
from projections.view import View, text_column, within

_Sums = defaultdict[tuple[str, ...], int]


class Contribution(Struct, kw_only=True):
    """One community's figures of a period, with all beneath it.

    `people` are distinct volunteers, `visits` records that count; both, and the minutes by programme (empty where a
    record names none) and by month, follow `service_minutes`: those of the community's own volunteers.
    `hosted_minutes` were served there, by whomever. The two overlap and are never added.
    """

    id: str
    name: str
    level: str
    parent: str | None
    people: int = 0
    visits: int = 0
    service_minutes: int = 0
    hosted_minutes: int = 0
    by_programme: dict[str, int] = field(default_factory=dict[str, int])
    by_month: dict[str, int] = field(default_factory=dict[str, int])


class Contributions(View):
    """Sums by community and month; nothing is rolled up in the tables, so that a tree may change."""

    name = "contributions"
    types: ClassVar = frozenset({ServiceApproved, ServiceAttested, ServiceReversed})

    def __init__(self, suffix: str = "") -> None:
        """Describe the tables."""
        super().__init__(suffix)
        self.served = self.table(
            "contribution_served",
            text_column("community", key=True),
            text_column("month", key=True),
            text_column("programme", key=True),
            Column("minutes", BigInteger, nullable=False),
        )
        self.people = self.table(
            "contribution_person",
            text_column("community", key=True),
            text_column("month", key=True),
            text_column("volunteer", key=True),
            Column("minutes", BigInteger, nullable=False),
            Column("records", BigInteger, nullable=False),
        )
        self.hosted = self.table(
            "contribution_hosted",
            text_column("community", key=True),
            text_column("month", key=True),
            Column("minutes", BigInteger, nullable=False),
        )
        self._add_served = Bulk(self.served, add=("minutes",))
        self._add_people = Bulk(self.people, add=("minutes", "records"))
        self._add_hosted = Bulk(self.hosted, add=("minutes",))

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Add each day's minutes where they belong."""
        served: _Sums = defaultdict(int)
        hosted: _Sums = defaultdict(int)
        minutes: _Sums = defaultdict(int)
        records: _Sums = defaultdict(int)
        for _, event, _ in batch:
            for line in service_lines(event):
                month = month_of(line.day)
                served[line.community, month, line.programme or ""] += line.minutes
                minutes[line.community, month, line.volunteer] += line.minutes
                records[line.community, month, line.volunteer] += line.records
                if line.hosted_by is not None:
                    hosted[line.hosted_by, month] += line.minutes
        self._add_served.run(connection, _rows(served))
        self._add_people.run(connection, _rows(minutes, records))
        self._add_hosted.run(connection, _rows(hosted))

    def of_communities(
        self, connection: Connection, communities: Communities, period: Period, top: str | None = None
    ) -> list[Contribution]:
        """The figures of every community that is open or has some, or of `top` and those directly beneath it.

        The higher levels come first, then it goes by name and id.
        """
        figures, ended = self.figures(connection, communities, period, top)
        return in_order(figures, ended - {top})

    def figures(
        self, connection: Connection, communities: Communities, period: Period, top: str | None = None
    ) -> tuple[dict[str, Contribution], set[str]]:
        """The figures of every community by id, or of `top` and those directly beneath it, and which have ended."""
        ended: set[str] = set()
        found: dict[str, Contribution] = {}
        for one in communities.all(connection):
            if top is None or top in (one.id, one.parent):
                found[one.id] = Contribution(id=one.id, name=one.name, level=one.level, parent=one.parent)
                if one.ended:
                    ended.add(one.id)
        beneath = communities.beneath(top)
        self._count_people(connection, found, beneath, period)
        self._count_minutes(connection, found, beneath, period)
        self._count_hosted(connection, found, beneath, period)
        return found, ended

    def minutes_by_volunteer(self, communities: Collection[str], period: Period) -> Select[str, int]:
        """What each volunteer served for some communities together, if anything: to be asked within a query."""
        volunteer, minutes = self.people.c.volunteer, func.sum(self.people.c.minutes)
        return (
            select(volunteer, minutes.label("minutes"))
            .where(self.people.c.community.in_(sorted(communities)), within(self.people.c.month, period))
            .group_by(volunteer)
            .having(minutes > 0)
        )

    def together(
        self, connection: Connection, period: Period, communities: Collection[str] | None = None
    ) -> tuple[int, int, int]:
        """Distinct volunteers, visits and service minutes of some communities taken together, or of all."""
        table = self.people.c
        wanted = [within(table.month, period), table.minutes > 0]
        if communities is not None:
            wanted.append(table.community.in_(sorted(communities)))
        people, visits, minutes = connection.execute(
            select(
                func.count(table.volunteer.distinct()), func.sum(table.records), func.sum(table.minutes)
            ).where(*wanted)
        ).one()
        return int(people), int(visits or 0), int(minutes or 0)

    def _count_people(
        self, connection: Connection, found: dict[str, Contribution], beneath: CTE, period: Period
    ) -> None:
        rows = connection.execute(
            select(
                beneath.c.top,
                func.count(self.people.c.volunteer.distinct()),
                func.sum(self.people.c.records),
            )
            .join(self.people, self.people.c.community == beneath.c.community)
            .where(within(self.people.c.month, period), self.people.c.minutes > 0)
            .group_by(beneath.c.top)
        )
        for top, people, visits in rows:
            found[top].people, found[top].visits = int(people), int(visits)

    def _count_minutes(
        self, connection: Connection, found: dict[str, Contribution], beneath: CTE, period: Period
    ) -> None:
        month, programme = self.served.c.month, self.served.c.programme
        rows = connection.execute(
            select(beneath.c.top, month, programme, func.sum(self.served.c.minutes))
            .join(self.served, self.served.c.community == beneath.c.community)
            .where(within(self.served.c.month, period), self.served.c.minutes != 0)
            .group_by(beneath.c.top, month, programme)
            .order_by(beneath.c.top, month, programme)
        )
        for top, month_name, programme_name, total in rows:
            one, minutes = found[top], int(total)
            one.service_minutes += minutes
            one.by_month[month_name] = one.by_month.get(month_name, 0) + minutes
            one.by_programme[programme_name] = one.by_programme.get(programme_name, 0) + minutes
        for one in found.values():
            one.by_programme = dict(sorted(one.by_programme.items()))

    def _count_hosted(
        self, connection: Connection, found: dict[str, Contribution], beneath: CTE, period: Period
    ) -> None:
        rows = connection.execute(
            select(beneath.c.top, func.sum(self.hosted.c.minutes))
            .join(self.hosted, self.hosted.c.community == beneath.c.community)
            .where(within(self.hosted.c.month, period))
            .group_by(beneath.c.top)
        )
        for top, minutes in rows:
            found[top].hosted_minutes = int(minutes)


def in_order(figures: Mapping[str, Contribution], ended: Container[str]) -> list[Contribution]:
    """Figures as they are shown: by level, name and id, without those that have ended and have none."""
    some = (
        one for one in figures.values() if one.id not in ended or one.service_minutes or one.hosted_minutes
    )
    return sorted(some, key=lambda one: (Level(one.level).depth, one.name, one.id))


def _rows(*sums: _Sums) -> list[tuple[Any, ...]]:
    return [(*key, *(counted[key] for counted in sums)) for key in sorted(sums[0])]
