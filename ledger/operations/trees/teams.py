"""The tree of teams, who is in each, and how both change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from ledger.domain.teams import DisbandTeam, FormTeam, RenameTeam, ReparentTeam
from ledger.domain.volunteer_state import InNoTeam, Standing
from ledger.domain.volunteers import AssignTeam, ChangeTeam, EndAssignment
from ledger.operations.access import ANYBODY, About, Access, area
from ledger.operations.action import Action, Completing, completion
from ledger.operations.callers import OVERSIGHT, STAFF, Role
from ledger.operations.clocks import ClockPageQuery, clocks_of, of_the_past
from ledger.operations.cursors import Text
from ledger.operations.discretion import name_told
from ledger.operations.paging import BY_ID, Order, Page, PageQuery, page_of
from ledger.operations.question import Moment, Question
from ledger.operations.refused import refused, there
from ledger.operations.shapes import each, shaped
from ledger.operations.subject import Subject
from ledger.operations.trees.communities import beneath
from projections.figures.past import as_they_stood
from projections.figures.periods import ALL, read_period
from projections.members import Assignment
from projections.teams import Team

MEMBERS = Access(roles=OVERSIGHT, about=(About("team", "team"),))
OF_THE_TEAM = Access(roles=STAFF, about=(About("team", "team"),))
BENEATH_OWN = Access(
    roles=STAFF, about=(About("community", "community"), About("parent", "team", needed=False))
)
"""Teams of no community are the association's."""
UNDER_OWN = Access(roles=STAFF, about=(About("team", "team"), About("parent", "team")))
OF_THE_MEMBER = Access(roles=STAFF, about=(About("volunteer", "volunteer"),))
"""Whoever reaches the volunteer: a team may be of another community, or of none."""
CURRENT = "current"
"""The word for the assignment that a volunteer has on the day."""
TEAM = Subject("team", "tea_singers")

TeamItem = shaped("Team", Team, "A team; one that `ended` was disbanded.", ended=bool)


class TeamQuery(PageQuery, frozen=True, kw_only=True):
    """The teams in use, with `ended=true` all there ever were; with `community` its own and those beneath it."""

    ended: bool = False
    community: str | None = None


class TeamMember(Struct, frozen=True, kw_only=True):
    """Somebody who is in a team on the day asked for, from the day `since` to the day before `until` (ISO).

    `standing` is that of the day, as it is known now. `name` is null for an auditor, for a coordinator of elsewhere,
    and where the directory knows nobody.
    """

    assignment: str
    volunteer: str
    number: str | None
    role: str
    since: str
    until: str | None
    name: str | None
    standing: Standing


def _teams(moment: Moment) -> Page[Struct]:
    query: TeamQuery = moment.query
    views, connection = moment.views, moment.connection
    wanted = beneath(moment, query.community)
    rows = [
        one
        for one in views.teams.all(connection)
        if (query.ended or not one.ended) and (wanted is None or one.community in wanted)
    ]
    return page_of(moment, rows, BY_ID, each(TeamItem))


_LONGEST: Order[Assignment, tuple[str, str, str]] = Order(
    tuple[Text, Text, Text], lambda one: (one.since, one.volunteer, one.id)
)


def _members(moment: Moment) -> Page[TeamMember]:
    views, team, clocks = moment.views, moment.ids["team"], clocks_of(moment)
    there(views.teams.get(moment.connection, team))
    day = clocks.as_of or moment.today
    with as_they_stood(moment.connection, views, clocks, read_period(ALL), (views.members,)) as then:
        rows = views.members.of_team(then, team, day)
    return page_of(moment, rows, _LONGEST, lambda _, some: _shown_members(moment, some, day))


def _shown_members(moment: Moment, rows: Sequence[Assignment], day: date) -> list[TeamMember]:
    ledger, members = moment.ledger, moment.views.members
    people = ledger.directory.by_id([one.volunteer for one in rows])
    shown: list[TeamMember] = []
    for one in rows:
        membership = members.membership(moment.connection, one.volunteer, day)
        assert membership is not None
        person = people.get(one.volunteer)
        reached = moment.caller.role is not Role.COORDINATOR or membership.home in area(
            moment.caller, moment.sight
        )
        shown.append(
            TeamMember(
                assignment=one.id,
                volunteer=one.volunteer,
                number=None if person is None else person.number,
                role=one.role,
                since=one.since,
                until=one.until,
                name=name_told(moment.caller, person) if reached else None,
                standing=membership.standing,
            )
        )
    return shown


@completion()
def _current_assignment(completing: Completing) -> Mapping[str, Any]:
    """The assignment that a volunteer has on the last day, where `current` stands for its id."""
    said, sight = completing.said, completing.sight
    if said["assignment"] != CURRENT:
        return {}
    whose, last_day = said["volunteer"], (said.get("day") or sight.today).isoformat()
    stays = sight.views.members.of_volunteer(sight.connection, whose)
    holding = [one for one in stays if one.since <= last_day and (one.until is None or last_day < one.until)]
    if not holding and completing.keyed:
        # The request may be the one that ended it.
        holding = [one for one in stays if one.until == last_day]
    if not holding:
        raise refused(InNoTeam(volunteer=whose, day=last_day))
    return {"assignment": holding[-1].id}


QUESTIONS = (
    Question(
        name="listTeams",
        answers=Page[TeamItem],
        views=("teams", "communities"),
        access=ANYBODY,
        tell=_teams,
        query=TeamQuery,
        example={"query": {"community": "com_valley"}},
    ),
    Question(
        name="listTeamMembers",
        subject=("team",),
        answers=Page[TeamMember],
        views=("teams", "members", "communities"),
        access=MEMBERS,
        tell=_members,
        query=ClockPageQuery,
        example=TEAM.named,
        costly=of_the_past,
    ),
)

ACTIONS = (
    Action(
        name="formTeam",
        command=FormTeam,
        made={"team": "tea"},
        access=BENEATH_OWN,
        example={"body": {"name": "舞蹈队", "community": "com_valley", "field": "arts"}},
    ),
    TEAM.action("renameTeam", RenameTeam, OF_THE_TEAM, {"name": "老年合唱队"}),
    TEAM.action("reparentTeam", ReparentTeam, UNDER_OWN, {"parent": "tea_hikers"}),
    TEAM.action("disbandTeam", DisbandTeam, OF_THE_TEAM),
    Action(
        name="assignTeam",
        command=AssignTeam,
        made={"place.assignment": "asg"},
        access=OF_THE_MEMBER,
        example={"body": {"volunteer": "vol_bob", "place": {"team": TEAM.example}}},
    ),
    Subject("assignment", "asg_ann").action(
        "endAssignment",
        EndAssignment,
        OF_THE_MEMBER,
        body={"volunteer": "vol_ann"},
        complete=_current_assignment,
        problems=(InNoTeam.code,),
    ),
    Subject("volunteer", "vol_ann").action(
        "changeTeam",
        ChangeTeam,
        OF_THE_MEMBER,
        body={"place": {"team": "tea_hikers"}},
        made={"place.assignment": "asg"},
    ),
)
