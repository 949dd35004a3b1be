"""What teams served in a period, each alone and with all teams beneath it."""

from msgspec import Struct

from ledger.operations.access import ANYBODY
from ledger.operations.clocks import (
    PeriodClockPageQuery,
    PeriodClockQuery,
    clocks_of,
    of_the_past,
    views_as_asked,
)
from ledger.operations.cursors import Text
from ledger.operations.figures.periods import period_of
from ledger.operations.paging import Order, Page, one_by_one, page_of
from ledger.operations.question import Moment, Question
from ledger.operations.refused import there
from ledger.operations.shapes import shaped, shown
from ledger.operations.trees.teams import TEAM
from projections.figures.team_minutes import TeamMinutes, beneath, team_minutes
from projections.teams import Team

FIGURES = ("teams", "members", "leaderboards")

TeamFigures = shaped(
    "TeamFigures",
    Team,
    """A team with how many are in it today, and the minutes served for it in a period.

    `service_minutes` are its own; with subteams come those of all teams beneath it.
    """,
    ended=bool,
    members=int,
    service_minutes=int,
    service_minutes_with_subteams=int,
)


class TeamFiguresQuery(PeriodClockPageQuery, frozen=True, kw_only=True):
    """The teams in use, with `ended=true` all there ever were; with `team` those beneath it.

    Of the disbanded ones beneath a team those are told whose minutes are in its sum.
    """

    ended: bool = False
    team: str | None = None


def _figures(moment: Moment) -> dict[str, TeamMinutes]:
    views = moment.views
    day = clocks_of(moment).as_of or moment.today
    with views_as_asked(moment, views.teams, views.members, views.leaderboards) as connection:
        return team_minutes(connection, views, period_of(moment), day)


def _shown(figures: TeamMinutes) -> Struct:
    more = figures._asdict()
    return shown(TeamFigures, more.pop("team"), **more)


def _team(moment: Moment) -> Struct:
    return _shown(there(_figures(moment).get(moment.ids["team"])))


_BY_ID: Order[TeamMinutes, str] = Order(Text, lambda one: one.team.id)


def _teams(moment: Moment) -> Page[Struct]:
    query: TeamFiguresQuery = moment.query
    every = _figures(moment)
    if query.team is None:
        some = [one for one in every.values() if query.ended or not one.team.ended]
    else:
        some = beneath(every, query.team)
    rows = sorted(some, key=_BY_ID.place)
    return page_of(moment, rows, _BY_ID, one_by_one(_shown))


QUESTIONS = (
    Question(
        name="getTeam",
        subject=("team",),
        answers=TeamFigures,
        views=FIGURES,
        access=ANYBODY,
        tell=_team,
        query=PeriodClockQuery,
        example={**TEAM.named, "query": {"period": "2026"}},
        costly=of_the_past,
    ),
    Question(
        name="listTeamFigures",
        answers=Page[TeamFigures],
        views=FIGURES,
        access=ANYBODY,
        tell=_teams,
        query=TeamFiguresQuery,
        example={"query": {"period": "2026"}},
        costly=of_the_past,
    ),
)
