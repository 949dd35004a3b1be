"""Which volunteers there are, where they are at home, and which teams they are in: on any day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Index,
    Integer,
    Select,
    Text,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    union_all,
    update,
)

from ledger.domain.events import (
    TeamAssigned,
    TeamAssignmentEnded,
    VolunteerEvent,
    VolunteerMoved,
    VolunteerRegistered,
    VolunteerReinstated,
    VolunteerSuspended,
    VolunteerWithdrawn,
)
from ledger.domain.volunteer_state import Standing
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from ledger.store.prepared import Prepared
from projections.affairs import Homes
from projections.communities import Communities
from projections.stays import holds
from projections.view import View, text_column


class Assignment(NamedTuple):
    """One volunteer's stay in one team, from the day `since` to the day before `until`, both `YYYY-MM-DD`."""

    volunteer: str
    id: str
    team: str
    role: str
    since: str
    until: str | None


_HOME, _STANDING = 0, 1


class Membership(NamedTuple):
    """A volunteer as they stand on a day: registered `since` a day (`YYYY-MM-DD`), and at home in a community."""

    since: str
    home: str
    standing: Standing


class Members(View):
    """Where each volunteer is at home from a day on, each change of standing, and every team assignment.

    Who registers is active without a row that says so. Of several changes of a day the last one recorded is kept: the
    one that stands, as no rule lets another change follow a withdrawal on its day.
    """

    name = "members"
    version = 2
    types: ClassVar = frozenset(
        {
            VolunteerRegistered,
            VolunteerMoved,
            VolunteerSuspended,
            VolunteerReinstated,
            VolunteerWithdrawn,
            TeamAssigned,
            TeamAssignmentEnded,
        }
    )

    def __init__(self, suffix: str = "") -> None:
        """Describe the tables."""
        super().__init__(suffix)
        self.homes = self.table(
            "member_home",
            text_column("volunteer", key=True),
            text_column("since", key=True),
            text_column("community"),
        )
        self.standings = self.table(
            "member_standing",
            text_column("volunteer", key=True),
            text_column("since", key=True),
            text_column("standing"),
        )
        # Whom a community's office may know of is asked for each page of its lists.
        Index(self.index_name("member_home_by_community"), self.homes.c.community, self.homes.c.volunteer)
        # By volunteer first: an assignment's id is new to its volunteer, and no rule looks further.
        self.assignments = self.table(
            "member_assignment",
            text_column("volunteer", key=True),
            text_column("id", key=True),
            *(text_column(name) for name in ("team", "role", "since")),
            text_column("until", optional=True),
        )
        row = self.assignments.c
        # With the days, so that counting the members of all teams reads nothing else.
        Index(self.index_name("member_assignment_by_team"), row.team, row.since, row.until)
        self._prepare()
        self._put_homes = Bulk(self.homes, put=("community",))
        self._put_standings = Bulk(self.standings, put=("standing",))
        self._begin = Bulk(self.assignments)
        self._end = (
            update(self.assignments)
            .where(row.volunteer == bindparam("who"), row.id == bindparam("assignment"))
            .values(until=bindparam("day"))
        )

    def _prepare(self) -> None:
        """Put together what is asked of one volunteer."""
        row = self.assignments.c
        homes, standings = self.homes.c, self.standings.c
        who = bindparam("volunteer", type_=Text)
        of_homes = select(homes.since, homes.community).where(homes.volunteer == who)
        self._homes = Prepared(of_homes.order_by(homes.since))
        # One question for both: to ask it takes longer than to answer it.
        kinds = [literal_column(str(kind), Integer).label("kind") for kind in (_HOME, _STANDING)]
        self.dated = union_all(
            select(kinds[0], homes.since, homes.community).where(homes.volunteer == who),
            select(kinds[1], standings.since, standings.standing).where(standings.volunteer == who),
        )
        """What `membership_among` reads of a `volunteer`."""
        self.assigned = select(*(row[name] for name in Assignment._fields)).where(row.volunteer == who)
        """Every assignment of a `volunteer`, in no order."""
        self._dated, self._assigned = Prepared(self.dated), Prepared(self.assigned)

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Note each change on its day, begin all assignments, then end those that ended."""
        homes: dict[tuple[str, str], str] = {}
        standings: dict[tuple[str, str], str] = {}
        begun: list[Assignment] = []
        ended: list[dict[str, str]] = []
        for _, event, _ in batch:
            assert isinstance(event, VolunteerEvent)
            who, day = event.volunteer, event.on.isoformat()
            match event:
                case VolunteerRegistered() | VolunteerMoved():
                    homes[who, day] = event.community
                case TeamAssigned():
                    until = None if event.until is None else event.until.isoformat()
                    begun.append(Assignment(who, event.assignment, event.team, event.role, day, until))
                case TeamAssignmentEnded():
                    ended.append({"who": who, "assignment": event.assignment, "day": day})
                case _:
                    standings[who, day] = _STANDINGS[type(event)]
        self._put_homes.run(connection, [(*key, home) for key, home in sorted(homes.items())])
        self._put_standings.run(connection, [(*key, standing) for key, standing in sorted(standings.items())])
        self._begin.run(connection, sorted(begun, key=lambda one: one[:2]))
        if ended:
            connection.execute(self._end, ended)

    def home(self, connection: Connection, volunteer: str, day: date) -> str | None:
        """The community that a volunteer belongs to on a day, as it was then; None for nobody.

        A day before registration counts as that day, as it does for what was served.
        """
        homes = self._homes.rows(connection, {"volunteer": volunteer})
        return home_among(homes, day) if homes else None

    def standing(self, connection: Connection, volunteer: str, day: date) -> Standing | None:
        """A volunteer's standing on a day, likewise. Nothing comes after a withdrawal, whenever that was recorded."""
        found = self.membership(connection, volunteer, day)
        return None if found is None else found.standing

    def membership(self, connection: Connection, volunteer: str, day: date) -> Membership | None:
        """Since when a volunteer is one, with home and standing of a day, likewise; None for nobody."""
        return membership_among(self._dated.rows(connection, {"volunteer": volunteer}), day)

    def registered(self, connection: Connection, volunteer: str) -> str | None:
        """The day (ISO) on which a volunteer registered, None for nobody."""
        homes = self._homes.rows(connection, {"volunteer": volunteer})
        return homes[0][0] if homes else None

    def homes_on(self, day: date) -> Homes:
        """Tells, within a query, the community that each volunteer of a column belongs to on a day, as `home` does."""

        def home_of(volunteer: ColumnElement[str]) -> ColumnElement[str]:
            home = self.homes.alias().c
            theirs = select(home.community).where(home.volunteer == volunteer).limit(1)
            by_then = theirs.where(home.since <= day.isoformat()).order_by(home.since.desc())
            return func.coalesce(by_then.scalar_subquery(), theirs.order_by(home.since).scalar_subquery())

        return home_of

    def ever_at_home(self, community: ColumnElement[str]) -> Select[str]:
        """Who was at home in a community on some day, or will be: by index, each once, where in order by id."""
        home = self.homes.c
        return select(home.volunteer).where(home.community == community).distinct()

    def living_in(
        self, connection: Connection, communities: Collection[str], day: date, volunteers: Collection[str]
    ) -> set[str]:
        """Those of some volunteers who belong to any of some communities on a day, likewise."""
        who = self.homes.c.volunteer
        asked_of = select(who).where(who.in_(sorted(volunteers)))
        at_home = self.homes_on(day)(who).in_(sorted(communities))
        return set(connection.execute(asked_of.where(at_home)).scalars())

    def of_volunteer(self, connection: Connection, volunteer: str) -> list[Assignment]:
        """Every assignment of a volunteer, by day of beginning and id."""
        found = self._assigned.rows(connection, {"volunteer": volunteer})
        return in_order(Assignment(*one) for one in found)

    def of_team(self, connection: Connection, team: str, day: date) -> list[Assignment]:
        """Who is in a team itself on a day, the longest first; whoever withdrew, too, until the assignment ends."""
        row = self.assignments.c
        found = select(self.assignments).where(row.team == team, holds(row.since, row.until, day))
        in_order = found.order_by(row.since, row.volunteer, row.id)
        return [Assignment(*one) for one in connection.execute(in_order)]

    def count_by_team(self, connection: Connection, day: date) -> dict[str, int]:
        """How many are in each team itself on a day, likewise; teams without anybody are left out."""
        row = self.assignments.c
        counted = select(row.team, func.count()).where(holds(row.since, row.until, day)).group_by(row.team)
        return {team: int(number) for team, number in connection.execute(counted)}

    def count_by_home(self, connection: Connection, communities: Communities, day: date) -> dict[str, int]:
        """How many volunteers are registered and have not withdrawn on a day, by the community they belong to then.

        Those of a community that was merged by then count for its successor. Who is suspended counts.
        """
        on = day.isoformat()
        home, later, standing = self.homes.c, self.homes.alias().c, self.standings.c
        moved = exists().where(later.volunteer == home.volunteer, later.since > home.since, later.since <= on)
        withdrawn = select(standing.volunteer).where(
            standing.standing == Standing.WITHDRAWN.value, standing.since <= on
        )
        rows = connection.execute(
            select(home.community, func.count())
            .where(home.since <= on, ~moved, home.volunteer.not_in(withdrawn))
            .group_by(home.community)
        )
        successors = communities.successors(connection, day)
        counted: defaultdict[str, int] = defaultdict(int)
        for row in rows:
            community = str(row[0])
            counted[successors.get(community, community)] += int(row[1])
        return dict(counted)


_Dated = Sequence[Any]
"""A day, and what was noted for it."""

_STANDINGS: dict[type[VolunteerEvent], str] = {
    VolunteerSuspended: Standing.SUSPENDED.value,
    VolunteerReinstated: Standing.ACTIVE.value,
    VolunteerWithdrawn: Standing.WITHDRAWN.value,
}


def membership_among(rows: Iterable[tuple[Any, ...]], day: date) -> Membership | None:
    """Since when a volunteer is one, with home and standing of a day, by what is `dated` of them; None for nobody."""
    dated = sorted(rows)
    homes = [row[1:] for row in dated if row[0] == _HOME]
    if not homes:
        return None
    standing = standing_among(homes, [row[1:] for row in dated if row[0] == _STANDING], day)
    return Membership(homes[0][0], home_among(homes, day), standing)


def in_order(assignments: Iterable[Assignment]) -> list[Assignment]:
    """Somebody's assignments by day of beginning and id."""
    return sorted(assignments, key=lambda one: (one.since, one.id))


def home_among(homes: Sequence[_Dated], day: date) -> str:
    """The home of a day among all of somebody's, each with the day from which on it was that, in order."""
    return _by(homes, _counted_as(day, homes))[-1]


def standing_among(homes: Sequence[_Dated], changes: Sequence[_Dated], day: date) -> Standing:
    """The standing of a day, likewise, by all changes of it."""
    so_far = _by(changes, _counted_as(day, homes))
    return Standing.WITHDRAWN if Standing.WITHDRAWN in so_far else Standing([Standing.ACTIVE, *so_far][-1])


def _counted_as(day: date, homes: Sequence[_Dated]) -> str:
    """The day, or that of registration if it was before."""
    return max(day.isoformat(), homes[0][0])


def _by(dated: Sequence[_Dated], day: str) -> list[str]:
    """What was noted up to a day."""
    return [value for since, value in dated if since <= day]
