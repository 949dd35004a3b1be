"""Who served most: volunteers, teams and communities by service minutes."""

from collections.abc import Sequence
from typing import cast, get_args

from msgspec import Struct

from ledger.domain.events import Level
from ledger.operations.access import ANYBODY
from ledger.operations.clocks import PeriodClockPageQuery, of_the_past, views_as_asked
from ledger.operations.discretion import name_for_strangers
from ledger.operations.figures.periods import period_of
from ledger.operations.paging import LIST_CHANGED, page_of_figures
from ledger.operations.question import Moment, Question, Unread
from ledger.operations.refused import Problem
from ledger.operations.trees.communities import beneath
from ledger.people.directory import Volunteer
from projections.figures.boards import Board, Of, board, place_of, views_of
from projections.figures.neighbours import Place
from projections.figures.tallies import Counted
from projections.leaderboards import VOLUNTEERS


class BoardQuery(PeriodClockPageQuery, frozen=True, kw_only=True):
    """A board of a period.

    `within` (a community's id) leaves what was served for it and those beneath it, the teams of these, or these
    themselves; `level` is that of the communities on a board of communities.
    """

    within: str | None = None
    level: Level = Level.VILLAGE


class BoardPlace(Struct, frozen=True, kw_only=True):
    """One place: equals share a `rank`, and the next one counts them all (1, 2, 2, 4).

    Teams and communities have a `name`. A volunteer's `id` and `number` are for staff, auditors and the volunteer; a
    volunteer is told names, masked (王*兰), and null where the directory knows none.
    """

    rank: int
    id: str | None
    name: str | None
    number: str | None
    minutes: int


class BoardPage(Struct, frozen=True, kw_only=True):
    """Some places of a board. `own` is that of the volunteer who calls, on whichever page it would be; else null."""

    items: Sequence[BoardPlace]
    next_cursor: str | None
    own: BoardPlace | None


def _board(moment: Moment) -> BoardPage:
    by = moment.ids["by"]
    if by not in get_args(Of):
        raise Problem("not-found")
    query: BoardQuery = moment.query
    beneath(moment, query.within, "within")
    period, caller = period_of(moment).name, moment.caller.volunteer
    own: Place | None = None

    def first(many: int) -> Sequence[Place]:
        nonlocal own
        asked = Board(by=cast(Of, by), period=period, within=query.within, level=query.level, limit=many)
        views = moment.views
        with views_as_asked(moment, *views_of(views, asked)) as shown:
            numbers = moment.ledger.directory.numbers
            places = board(shown, views, asked, numbers)
            if by == VOLUNTEERS and caller is not None:
                own = place_of(shown, views, asked, caller, numbers, counted_for(moment)).own
                # The cursor's digest is over these: whoever holds the log could try out whose number is which id.
                places = [one._replace(name=None) for one in places]
        return places

    found = page_of_figures(moment, first, lambda _, places: shown_places(moment, by, places))
    shown = shown_places(moment, by, [] if own is None else [own])
    return BoardPage(items=found.items, next_cursor=found.next_cursor, own=shown[0] if shown else None)


def counted_for(moment: Moment) -> Counted | None:
    """What is counted of the boards that are asked for; None for boards of the past."""
    return None if of_the_past(moment.query) else Counted(moment.ledger.tallies, moment.position)


def shown_places(asked: Moment | Unread, by: str, places: Sequence[Place]) -> list[BoardPlace]:
    """Places as the caller may see them: volunteers are told masked names and no ids but their own."""
    if by != VOLUNTEERS:
        return [_place(one, id=one.id, name=one.name) for one in places]
    own = asked.caller.volunteer
    if own is None:
        return [_place(one, id=one.id, number=one.name) for one in places]
    known = asked.ledger.directory.by_id([one.id for one in places])
    return [_as_strangers_see(one, known.get(one.id), own=one.id == own) for one in places]


def _as_strangers_see(place: Place, person: Volunteer | None, *, own: bool) -> BoardPlace:
    return _place(
        place,
        id=place.id if own else None,
        name=name_for_strangers(person),
        number=person.number if own and person is not None else None,
    )


def _place(place: Place, *, id: str | None, name: str | None = None, number: str | None = None) -> BoardPlace:
    return BoardPlace(rank=place.rank, id=id, name=name, number=number, minutes=place.minutes)


QUESTIONS = (
    Question(
        name="listLeaderboardPlaces",
        subject=("by",),
        answers=BoardPage,
        views=("leaderboards", "contributions", "communities", "teams"),
        access=ANYBODY,
        tell=_board,
        query=BoardQuery,
        example={"by": "volunteers", "query": {"period": "2026", "limit": 10}},
        costly=of_the_past,
        problems=(LIST_CHANGED,),
    ),
)
