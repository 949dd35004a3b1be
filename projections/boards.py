"""A leaderboard as it is asked for: of whom, within which community, at which level."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Select

from ledger.domain.events import Level
from projections.leaderboards import (
    COMMUNITIES,
    TEAMS,
    VOLUNTEERS,
    Names,
    Place,
    first_places,
    placed,
    ranked,
)
from projections.periods import read_period
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


def place_of(connection: Connection, views: Views, asked: Board, volunteer: str) -> Place | None:
    """A volunteer's place on a board of volunteers, wherever on it that is; None for one without service there."""
    return placed(connection, _minutes(connection, views, asked), volunteer)


def _volunteers(connection: Connection, views: Views, asked: Board, numbers: Names) -> list[Place]:
    if asked.within is None:
        return views.leaderboards.of(connection, VOLUNTEERS, asked.period, numbers, limit=asked.limit)
    return first_places(connection, _minutes(connection, views, asked), numbers, asked.limit)


def _minutes(connection: Connection, views: Views, asked: Board) -> Select[str, int]:
    """The minutes of every volunteer on a board."""
    if asked.within is None:
        return views.leaderboards.minutes(VOLUNTEERS, asked.period)
    served_for = {one.id for one in views.communities.subtree(connection, asked.within)}
    return views.contributions.minutes_by_volunteer(served_for, read_period(asked.period))


def _teams(connection: Connection, views: Views, asked: Board) -> list[Place]:
    members = None
    if asked.within is not None:
        homes = {one.id for one in views.communities.subtree(connection, asked.within)}
        members = views.teams.within(homes)
    return views.leaderboards.of(
        connection,
        TEAMS,
        asked.period,
        lambda teams: views.teams.names(connection, teams),
        limit=asked.limit,
        members=members,
    )


def _communities(connection: Connection, views: Views, asked: Board) -> list[Place]:
    if asked.within is None:
        shown = views.communities.all(connection)
    else:
        shown = views.communities.subtree(connection, asked.within)
    names = {one.id: one.name for one in shown}
    own = views.leaderboards.minutes_of(connection, COMMUNITIES, asked.period)
    sums = views.communities.rolled_up(connection, own, asked.level)
    minutes = {community: some for community, some in sums.items() if community in names}
    return ranked(minutes, lambda _: names, asked.limit)
