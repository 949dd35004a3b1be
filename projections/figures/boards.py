"""A leaderboard as it is asked for: of whom, within which community, at which level."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Select

from ledger.domain.events import Level
from projections.figures.neighbours import Around, Names, Place, around_in, around_of
from projections.figures.periods import read_period
from projections.figures.tallies import Counted
from projections.leaderboards import COMMUNITIES, TEAMS, VOLUNTEERS, first_places, ranked
from projections.registry import Views
from projections.view import View

Of = Literal["volunteers", "teams", "communities"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One question to the leaderboards.

    `period` is a name such as 2026-Q3, `limit` counts rows. `within` (an id)
    leaves what was served for the community and those beneath it, the teams of these, or these themselves; `level`
    is that of the communities shown, whose minutes are their own with those of all beneath them.
    """

    by: Of
    period: str
    within: str | None = None
    level: Level = Level.VILLAGE
    limit: int | None = None


def views_of(views: Views, asked: Board) -> tuple[View, ...]:
    """The views that a board is read from."""
    match asked.by:
        case "volunteers" if asked.within is None:
            return (views.leaderboards,)
        case "volunteers":
            return views.contributions, views.communities
        case "teams":
            return views.leaderboards, views.teams, views.communities
        case "communities":
            return views.leaderboards, views.communities


def board(connection: Connection, views: Views, asked: Board, numbers: Names) -> list[Place]:
    """The places of a board; `numbers` looks up volunteer numbers, which order equals among volunteers."""
    match asked.by:
        case "volunteers":
            return _volunteers(connection, views, asked, numbers)
        case "teams":
            return _teams(connection, views, asked)
        case "communities":
            return _communities(connection, views, asked)


def place_of(
    connection: Connection, views: Views, asked: Board, member: str, numbers: Names, counted: Counted | None
) -> Around:
    """A member's place on a board, wherever on it that is, with those next to it; `limit` counts for nothing.

    What is `counted` belongs to the views as they stand; it is None for views of the past.
    """
    match asked.by:
        case "volunteers" if asked.within is None and counted is not None:
            return views.leaderboards.around(connection, counted, asked.period, member, numbers)
        case "volunteers":
            return around_of(connection, _minutes(connection, views, asked), member, numbers)
        case "teams":
            teams = _minutes_of_teams(connection, views, asked)
            return around_of(connection, teams, member, lambda some: views.teams.names(connection, some))
        case "communities":
            minutes, names = _minutes_of_communities(connection, views, asked)
            return around_in(minutes, member, lambda _: names)


def _volunteers(connection: Connection, views: Views, asked: Board, numbers: Names) -> list[Place]:
    if asked.within is None:
        return views.leaderboards.places(connection, VOLUNTEERS, asked.period, numbers, limit=asked.limit)
    return first_places(connection, _minutes(connection, views, asked), numbers, asked.limit)


def _minutes(connection: Connection, views: Views, asked: Board) -> Select[str, int]:
    """The minutes of every volunteer on a board."""
    if asked.within is None:
        return views.leaderboards.minutes(VOLUNTEERS, asked.period)
    served_for = {one.id for one in views.communities.subtree(connection, asked.within)}
    return views.contributions.minutes_by_volunteer(served_for, read_period(asked.period))


def _teams(connection: Connection, views: Views, asked: Board) -> list[Place]:
    minutes = _minutes_of_teams(connection, views, asked)
    return first_places(connection, minutes, lambda teams: views.teams.names(connection, teams), asked.limit)


def _minutes_of_teams(connection: Connection, views: Views, asked: Board) -> Select[str, int]:
    members = None
    if asked.within is not None:
        homes = {one.id for one in views.communities.subtree(connection, asked.within)}
        members = views.teams.within(homes)
    return views.leaderboards.minutes(TEAMS, asked.period, members)


def _communities(connection: Connection, views: Views, asked: Board) -> list[Place]:
    minutes, names = _minutes_of_communities(connection, views, asked)
    return ranked(minutes, lambda _: names, asked.limit)


def _minutes_of_communities(
    connection: Connection, views: Views, asked: Board
) -> tuple[dict[str, int], dict[str, str]]:
    """The minutes of the communities on a board, and the names of these and others."""
    if asked.within is None:
        shown = views.communities.all(connection)
    else:
        shown = views.communities.subtree(connection, asked.within)
    names = {one.id: one.name for one in shown}
    own = views.leaderboards.minutes_of(connection, COMMUNITIES, asked.period)
    sums = views.communities.rolled_up(connection, own, asked.level)
    return {community: some for community, some in sums.items() if community in names}, names
