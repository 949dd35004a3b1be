"""Who served most: volunteers, teams and communities by service minutes."""

from collections.abc import Sequence
from typing import cast, get_args

from msgspec import Struct

from ledger.api.access import ANYBODY
from ledger.api.callers import Role
from ledger.api.clocks import PeriodClockPageQuery, of_the_past, views_as_asked
from ledger.api.communities import beneath
from ledger.api.paging import LIST_CHANGED, Page, page_of_figures
from ledger.api.periods import period_of
from ledger.api.problems import Problem
from ledger.api.reading import Moment, Read
from ledger.domain.events import Level
from projections.boards import Board, Of, board, views_of
from projections.leaderboards import Place


class BoardQuery(PeriodClockPageQuery, frozen=True, kw_only=True):
    """A board of a period.

    `within` (a community's id) leaves what was served for it and those beneath it, the teams of these, or these
    themselves; `level` is that of the communities on a board of communities.
    """

    within: str | None = None
    level: Level = Level.VILLAGE


class BoardPlace(Struct, frozen=True, kw_only=True):
    """One place: equals share a `rank`, and the next one counts them all (1, 2, 2, 4).

    Teams and communities have a `name`. A volunteer's `number` is for staff, auditors and the volunteer.
    """

    rank: int
    id: str
    name: str | None
    number: str | None
    minutes: int


def _board(moment: Moment) -> Page[BoardPlace]:
    by = moment.ids["by"]
    if by not in get_args(Of):
        raise Problem("not-found")
    query: BoardQuery = moment.query
    beneath(moment, query.within, "within")
    period = period_of(moment).name

    def first(many: int) -> Sequence[Place]:
        asked = Board(
            by=cast(Of, by),
            period=period,
            within=query.within,
            level=query.level,
            limit=many,
        )
        views = moment.ledger.views
        with views_as_asked(moment, *views_of(views, asked)) as shown:
            return board(shown, views, asked, moment.ledger.directory.numbers)

    return page_of_figures(
        moment, first, shapes=lambda places: [_shown(moment, by, place) for place in places]
    )


def _shown(moment: Moment, by: str, place: Place) -> BoardPlace:
    if by != "volunteers":
        return BoardPlace(rank=place.rank, id=place.id, name=place.name, number=None, minutes=place.minutes)
    told = moment.caller.role is not Role.VOLUNTEER or moment.caller.volunteer == place.id
    number = place.name if told else None
    return BoardPlace(rank=place.rank, id=place.id, name=None, number=number, minutes=place.minutes)


READS = (
    Read(
        path="/leaderboards/{by}",
        name="listLeaderboardPlaces",
        summary="Who served most in a period: `volunteers`, `teams` or `communities`.",
        answers=Page[BoardPlace],
        views=("leaderboards", "contributions", "communities", "teams"),
        access=ANYBODY,
        tell=_board,
        query=BoardQuery,
        example={"by": "volunteers", "query": {"period": "2026", "limit": 10}},
        costly=of_the_past,
        problems=(LIST_CHANGED,),
    ),
)
WRITES = ()
