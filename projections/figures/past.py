"""Views as they stood: small copies in memory, of what counts by the two clocks.

Whatever reads views reads such a copy likewise, so that a figure of the past and one of today are told by one code.
"""

import contextlib
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    cast,
    func,
    select,
)

from ledger.domain import tags
from ledger.domain.events import Event, TeamAssigned, TeamAssignmentEnded
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded, recorded, stored_names
from ledger.store.log import tagged
from projections.figures.clocks import NOW, Clocks
from projections.figures.periods import Period
from projections.leaderboards import COMMUNITIES, TEAMS, VOLUNTEERS
from projections.registry import Views
from projections.running.scratch import scratch
from projections.view import View, days_within

_MONTH_CHARACTERS = 7


@contextlib.contextmanager
def as_they_stood(
    connection: Connection, views: Views, clocks: Clocks, period: Period, needed: Collection[View]
) -> Generator[Connection]:
    """A copy of the `needed` views as the clocks tell them, with minutes of the period alone; for now the live ones.

    The trees are those known by then, whatever the day. Costs grow with the lines of service that there are, for views
    of minutes, and with the facts about the trees.
    """
    if clocks == NOW:
        yield connection
        return
    with scratch(needed, in_memory=True) as copy:
        filling = _Filling(connection, copy, views, clocks, period)
        for view in needed:
            filling.fill(view)
        yield copy


class _Filling:
    """Fills empty tables from a live ledger."""

    def __init__(
        self, live: Connection, copy: Connection, views: Views, clocks: Clocks, period: Period
    ) -> None:
        self._live = live
        self._copy = copy
        self._views = views
        self._clocks = clocks
        self._period = period
        self._ways: dict[View, Callable[[], None]] = {
            views.communities: lambda: self._fold(views.communities, [tags.COMMUNITIES]),
            views.teams: lambda: self._fold(views.teams, [tags.TEAMS]),
            views.members: self._members,
            views.outreach: self._outreach,
            views.leaderboards: self._leaderboards,
            views.contributions: self._contributions,
        }

    def fill(self, view: View) -> None:
        """Fill one view; raises KeyError for one that cannot be told of the past."""
        self._ways[view]()

    def _fold(self, view: View, some: Sequence[str]) -> None:
        view.fold(self._copy, self._facts(some, view.types))

    def _members(self) -> None:
        teams = [tags.about(one.id) for one in self._views.teams.all(self._live)]
        assigned = self._facts(teams, {TeamAssigned, TeamAssignmentEnded})
        self._views.members.fold(self._copy, assigned)

    def _outreach(self) -> None:
        view = self._views.outreach
        places = [tags.about(one.id) for one in self._views.communities.all(self._live)]
        view.fold_days(self._copy, self._facts(places, view.types), self._clocks.as_of or date.max)

    def _facts(self, some: Sequence[str], kinds: Iterable[type[Event]]) -> list[Recorded]:
        """The facts of some kinds under any of some tags that were known."""
        last = self._clocks.known_at
        found = tagged(self._live, some, stored_names(kinds))
        return [recorded(place, data) for _, place, data in found if last is None or place <= last]

    def _leaderboards(self) -> None:
        line, table = self._views.statement.lines.c, self._views.leaderboards.board
        for kind, member in ((VOLUNTEERS, line.volunteer), (TEAMS, line.team), (COMMUNITIES, line.community)):
            rows = self._sums([member])
            Bulk(table).run(self._copy, [(kind, self._period.name, *row) for row in rows])

    def _contributions(self) -> None:
        line, view = self._views.statement.lines.c, self._views.contributions
        month = func.substr(line.day, 1, _MONTH_CHARACTERS)
        programme = func.coalesce(line.programme, "")
        Bulk(view.served).run(self._copy, self._sums([line.community, month, programme]))
        Bulk(view.hosted).run(self._copy, self._sums([line.hosted_by, month]))
        people = self._sums([line.community, month, line.volunteer], line.records)
        Bulk(view.people).run(self._copy, people)

    def _sums(
        self, by: Sequence[ColumnElement[Any]], *more: ColumnElement[int]
    ) -> list[tuple[str | int, ...]]:
        """Keys, the first of which is there, with the sums of service minutes and of more that count for them."""
        line = self._views.statement.lines.c
        sums = [cast(func.sum(one), BigInteger) for one in (line.service_minutes, *more)]
        rows = self._live.execute(
            select(*by, *sums)
            .where(
                line.community.is_not(None),
                by[0].is_not(None),
                days_within(line.day, self._period),
                *self._clocks.counting(line.day, line.position),
            )
            .group_by(*by)
        )
        return [tuple(row) for row in rows]
