"""What communities contributed in a period, rolled up the tree: added up once, then kept up with what is recorded."""

import threading
import time
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import replace
from sqlalchemy import BigInteger, Connection, bindparam, cast, func, select

from ledger.domain.events import Event
from ledger.domain.postings import ServiceLine, service_lines
from ledger.store import log
from ledger.store.codec import recorded, stored_names
from ledger.store.prepared import Prepared
from projections.contributions import Contribution, in_order
from projections.figures.last_asked import LastAsked
from projections.figures.periods import Period, month_of
from projections.outreach import Held
from projections.registry import Views
from projections.running import states
from projections.trees import upwards
from projections.view import bounds_of

_MOST_BEHIND = 500
"""Facts that are read to catch up; after more of them all is added up anew."""
_LONGEST_SECONDS = 3_600.0
"""After which all is added up anew: a view may have been put right by a rebuild, which no position tells."""
_MONTH_CHARACTERS = 7

_Served = dict[tuple[str, str], tuple[int, int]]
"""A volunteer's minutes and records by community and month."""


class Unfit(Exception):
    """What is kept cannot be what the views tell."""


class Told(NamedTuple):
    """What communities contributed, in the order in which they are shown, and what those held that held something."""

    contributions: list[Contribution]
    held: dict[str, Held]


class _Rolled:
    """The figures of every community there is, each with all beneath it."""

    def __init__(self, figures: dict[str, Contribution], ended: set[str], held: Mapping[str, Held]) -> None:
        self.held = held
        self._figures = figures
        self._ended = ended
        self._parents = {one.id: one.parent for one in figures.values()}
        self._above: dict[str, tuple[Contribution, ...]] = {}

    def of(self, top: str | None) -> Told:
        """What is told of a community and those directly beneath it, or of all, for the caller to keep."""
        some = {
            one.id: replace(
                one,
                by_programme=dict(sorted(one.by_programme.items())),
                by_month=dict(sorted(one.by_month.items())),
            )
            for one in self._figures.values()
            if top is None or top in (one.id, one.parent)
        }
        held = {one: self.held[one] for one in some if one in self.held}
        return Told(in_order(some, self._ended - {top}), held)

    def serve(self, lines: Iterable[ServiceLine]) -> None:
        """Add what lines add to minutes; raises Unfit where less was there than they take off."""
        for line in lines:
            for one in self._with_above(line.community):
                one.service_minutes += line.minutes
                _add(one.by_programme, line.programme or "", line.minutes)
                _add(one.by_month, month_of(line.day), line.minutes)
            for one in () if line.hosted_by is None else self._with_above(line.hosted_by):
                one.hosted_minutes += line.minutes
                _refuse_debt(one.hosted_minutes)

    def count(self, before: _Served, after: _Served) -> None:
        """Count somebody by what they served after, and no longer before; raises Unfit likewise."""
        for served, sign in ((before, -1), (after, 1)):
            counting = [(where, records) for (where, _), (minutes, records) in served.items() if minutes > 0]
            # Once in whatever stands above several of their communities.
            for one in {one.id: one for where, _ in counting for one in self._with_above(where)}.values():
                one.people += sign
                _refuse_debt(one.people)
            for where, records in counting:
                for one in self._with_above(where):
                    one.visits += sign * records

    def _with_above(self, community: str) -> tuple[Contribution, ...]:
        """The figures of a community and of all above it."""
        found = self._above.get(community)
        if found is None:
            known = upwards(self._parents, community) if community in self._parents else ()
            found = self._above[community] = tuple([self._figures[one] for one in known])
        return found


class _Kept:
    """The figures of one period at a position, and since when they are kept."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.rolled: _Rolled | None = None
        self.position = 0
        self.begun = 0.0


class Rollups:
    """What one ledger's communities contributed, by period, for any thread; the least used periods go first.

    The first who asks for a period has all of it added up, at a cost that grows with how many served. From then on a
    question costs what was recorded since the last one, and what it tells.
    """

    def __init__(self, views: Views) -> None:
        """Nothing is added up yet."""
        self._views = views
        kinds = (*views.contributions.types, *views.outreach.types, *views.communities.types)
        self._facts = log.facts_between(stored_names(kinds))
        line = views.statement.lines.c
        month = func.substr(line.day, 1, _MONTH_CHARACTERS).label("month")
        self._served = Prepared(
            select(
                line.community,
                month,
                cast(func.sum(line.service_minutes), BigInteger),
                cast(func.sum(line.records), BigInteger),
            )
            .where(
                line.volunteer == bindparam("volunteer"),
                line.community.is_not(None),
                line.day >= bindparam("first"),
                line.day <= bindparam("last"),
            )
            .group_by(line.community, month)
        )
        self._kept = LastAsked[Period, _Kept](_Kept)

    def of(self, connection: Connection, position: int, period: Period, top: str | None) -> Told:
        """What a community and those directly beneath it, or all, did in a period, at the moment of a connection.

        `position` is that at which the views of contributions, outreach and communities stand there.
        """
        # One's own lines tell what one had before; where they stand elsewhere, that cannot be told.
        if states.reached(connection, (self._views.statement,)) == position:
            kept = self._kept.of(period)
            with kept.lock:
                # Who began to read before others wrote has it added up for themselves.
                if kept.rolled is None or position >= kept.position:
                    return self._kept_up(connection, kept, position, period).of(top)
        return self._added_up(connection, period, top).of(top)

    def _kept_up(self, connection: Connection, kept: _Kept, position: int, period: Period) -> _Rolled:
        rolled, kept.rolled = kept.rolled, None
        now = time.monotonic()
        if (
            rolled is None
            or position > kept.position + _MOST_BEHIND
            or now > kept.begun + _LONGEST_SECONDS
            or not self._caught_up(connection, rolled, kept.position, position, period)
        ):
            rolled = self._added_up(connection, period)
            kept.begun = now
        # Only now, as what is half done tells nothing.
        kept.rolled, kept.position = rolled, position
        return rolled

    def _added_up(self, connection: Connection, period: Period, top: str | None = None) -> _Rolled:
        views = self._views
        figures, ended = views.contributions.figures(connection, views.communities, period, top)
        return _Rolled(
            figures, ended, views.outreach.of_communities(connection, views.communities, period, top)
        )

    def _caught_up(
        self, connection: Connection, rolled: _Rolled, after: int, upto: int, period: Period
    ) -> bool:
        """Bring figures from a position to another; whether they could be, else they are of no use any more."""
        views = self._views
        facts: list[Event] = []
        if upto > after:
            rows = self._facts.rows(connection, {"after": after, "upto": upto})
            facts = [recorded(*row).event for row in rows]
        kinds = {type(one) for one in facts}
        if not kinds.isdisjoint(views.communities.types):
            return False
        if not kinds.isdisjoint(views.outreach.types):
            rolled.held = views.outreach.of_communities(connection, views.communities, period)
        added: dict[str, list[ServiceLine]] = {}
        for line in (line for one in facts for line in service_lines(one)):
            if period.first_month <= month_of(line.day) <= period.last_month:
                added.setdefault(line.volunteer, []).append(line)
        try:
            for volunteer, lines in added.items():
                after_them = self._served_by(connection, volunteer, period)
                rolled.serve(lines)
                rolled.count(_without(after_them, lines), after_them)
        except Unfit:
            return False
        return True

    def _served_by(self, connection: Connection, volunteer: str, period: Period) -> _Served:
        first, last = bounds_of(period)
        rows = self._served.rows(connection, {"volunteer": volunteer, "first": first, "last": last})
        return {(community, month): (minutes, records) for community, month, minutes, records in rows}


def _without(served: _Served, lines: Iterable[ServiceLine]) -> _Served:
    before = dict(served)
    for line in lines:
        key = line.community, month_of(line.day)
        minutes, records = before.get(key, (0, 0))
        before[key] = minutes - line.minutes, records - line.records
    return before


def _add(sums: dict[str, int], key: str, minutes: int) -> None:
    total = sums.get(key, 0) + minutes
    _refuse_debt(total)
    if total:
        sums[key] = total
    else:
        sums.pop(key, None)


def _refuse_debt(figure: int) -> None:
    if figure < 0:
        raise Unfit
