"""Where somebody stands on a board: the own place, with those right above and right below it."""

from collections.abc import Sequence
from contextlib import suppress

from msgspec import Struct

from ledger.domain.events import Level
from ledger.operations.access import ANYBODY
from ledger.operations.clocks import PeriodClockQuery, of_the_past, views_as_asked
from ledger.operations.figures.leaderboards import BoardPlace, counted_for, shown_places
from ledger.operations.figures.periods import period_of
from ledger.operations.people.volunteers import OF_THE_VOLUNTEER, registered, whose
from ledger.operations.question import Moment, Question, Unread
from ledger.operations.refused import there
from ledger.operations.trees.communities import beneath
from ledger.store.errors import StoreUnavailable
from projections.figures.boards import Board, Of, place_of, views_of
from projections.figures.neighbours import Around
from projections.figures.periods import UnknownPeriod, read_period
from projections.leaderboards import VOLUNTEERS


class PlaceQuery(PeriodClockQuery, frozen=True, kw_only=True):
    """A board of a period; `within` (a community's id) leaves what was served for it and those beneath it, or these."""

    within: str | None = None


class PlaceOnBoard(Struct, frozen=True, kw_only=True):
    """A place on a board of so many `members`: `own` is null for who has no minutes there.

    `equals` counts the others who share it. Those `above` have more and those `below` fewer minutes: the next two on
    each side, in the order of the board. Places are told as on the board itself.
    """

    own: BoardPlace | None
    equals: int
    members: int
    above: Sequence[BoardPlace]
    below: Sequence[BoardPlace]


def _volunteers(moment: Moment) -> PlaceOnBoard:
    return _place(moment, "volunteers", registered(moment))


def _teams(moment: Moment) -> PlaceOnBoard:
    team = moment.ids["team"]
    there(moment.views.teams.get(moment.connection, team))
    return _place(moment, "teams", team)


def _communities(moment: Moment) -> PlaceOnBoard:
    community = there(moment.views.communities.get(moment.connection, moment.ids["community"]))
    return _place(moment, "communities", community.id, Level(community.level))


def _place(moment: Moment, by: Of, member: str, level: Level = Level.VILLAGE) -> PlaceOnBoard:
    query: PlaceQuery = moment.query
    beneath(moment, query.within, "within")
    asked = Board(by=by, period=period_of(moment).name, within=query.within, level=level)
    views, numbers = moment.views, moment.ledger.directory.numbers
    with views_as_asked(moment, *views_of(views, asked)) as shown:
        found = place_of(shown, views, asked, member, numbers, counted_for(moment))
    return _told(moment, by, found)


def _at_once(unread: Unread) -> tuple[int, PlaceOnBoard] | None:
    """A volunteer's place, where that board of all is counted already."""
    ledger, query, found = unread.ledger, unread.query, None
    volunteer = whose(unread.caller, unread.words)
    if volunteer is None or query.within is not None or of_the_past(query):
        return None
    with suppress(UnknownPeriod, StoreUnavailable), ledger.log.store.glance() as connection:
        period, at_once = read_period(query.period).name, ledger.views.leaderboards.at_once
        found = at_once.around(
            connection, ledger.tallies, unread.needed, period, volunteer, ledger.directory.numbers
        )
    # Whoever is on a board is registered.
    return None if found is None or found[1].own is None else (found[0], _told(unread, VOLUNTEERS, found[1]))


def _told(asked: Moment | Unread, by: Of, found: Around) -> PlaceOnBoard:
    own, above = [] if found.own is None else [found.own], len(found.above)
    # Together, as the directory is asked for all of them at once.
    places = shown_places(asked, by, [*found.above, *own, *found.below])
    return PlaceOnBoard(
        own=places[above] if own else None,
        equals=found.equals,
        members=found.members,
        above=places[:above],
        below=places[above + len(own) :],
    )


QUESTIONS = (
    Question(
        name="getVolunteerPlace",
        subject=("volunteer",),
        answers=PlaceOnBoard,
        views=("leaderboards", "contributions", "communities", "members"),
        access=OF_THE_VOLUNTEER,
        tell=_volunteers,
        at_once=_at_once,
        query=PlaceQuery,
        example={"volunteer": "vol_ann", "query": {"period": "2026"}},
        costly=of_the_past,
    ),
    Question(
        name="getTeamPlace",
        subject=("team",),
        answers=PlaceOnBoard,
        views=("leaderboards", "teams", "communities"),
        access=ANYBODY,
        tell=_teams,
        query=PlaceQuery,
        example={"team": "tea_singers", "query": {"period": "2026"}},
        costly=of_the_past,
    ),
    Question(
        name="getCommunityPlace",
        subject=("community",),
        answers=PlaceOnBoard,
        views=("leaderboards", "communities"),
        access=ANYBODY,
        tell=_communities,
        query=PlaceQuery,
        example={"community": "com_valley", "query": {"period": "2026"}},
        costly=of_the_past,
    ),
)
