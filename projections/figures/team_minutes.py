"""What each team served, alone and with all teams beneath it."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from projections.figures.periods import Period
from projections.leaderboards import TEAMS
from projections.registry import Views
from projections.teams import Team
from projections.trees import upwards


class TeamMinutes(NamedTuple):
    """A team with how many are in it on a day, and the minutes served for it in a period.

    `service_minutes` are its own; with subteams come those of all teams beneath it, the disbanded ones too. Members
    are its own.
    """

    team: Team
    members: int
    service_minutes: int
    service_minutes_with_subteams: int


def team_minutes(connection: Connection, views: Views, period: Period, day: date) -> dict[str, TeamMinutes]:
    """Every team there ever was, by id, as the tree stands now: the minutes of a period, the members of a day."""
    teams = views.teams.all(connection)
    own = views.leaderboards.minutes_of(connection, TEAMS, period.name)
    members = views.members.count_by_team(connection, day)
    sums = _rolled_up({team.id: team.parent for team in teams}, own)
    return {
        team.id: TeamMinutes(team, members.get(team.id, 0), own.get(team.id, 0), sums[team.id])
        for team in teams
    }


def beneath(figures: Mapping[str, TeamMinutes], top: str) -> list[TeamMinutes]:
    """Those of the teams beneath one; of a disbanded team only if there is something of it in the sum."""
    above = {one.team.id: one.team.parent for one in figures.values()}
    return [
        one
        for one in figures.values()
        if one.team.id != top
        and top in upwards(above, one.team.id)
        and (not one.team.ended or one.service_minutes_with_subteams)
    ]


def _rolled_up(above: Mapping[str, str | None], minutes: Mapping[str, int]) -> Counter[str]:
    """What each node and all beneath it have together."""
    sums: Counter[str] = Counter()
    for team, some in minutes.items():
        for one in upwards(above, team):
            sums[one] += some
    return sums
