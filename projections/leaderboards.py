"""Leaderboards of volunteers, teams and communities, by day of service."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, Select, func, select

from ledger.domain.events import ServiceApproved, ServiceAttested, ServiceReversed
from ledger.domain.postings import service_lines
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from projections.periods import periods_of
from projections.view import View, text_column

VOLUNTEERS, TEAMS, COMMUNITIES = "volunteers", "teams", "communities"

Names = Callable[[Collection[str]], Mapping[str, str]]
"""Looks up what members are ordered by among equals: volunteer numbers, or names. An unknown id may be left out."""


class Place(NamedTuple):
    """One row of a board: ties share a rank, and the next rank counts them all (1, 2, 2, 4)."""

    rank: int
    id: str
    name: str | None
    minutes: int


class Leaderboards(View):
    """Minutes of every member of every board, for each month, quarter, year and all time."""

    name = "leaderboards"
    version = 2
    types: ClassVar = frozenset({ServiceApproved, ServiceAttested, ServiceReversed})

    def __init__(self, suffix: str = "") -> None:
        """Describe the tables."""
        super().__init__(suffix)
        self.board = self.table(
            "board",
            text_column("kind", key=True),
            text_column("period", key=True),
            text_column("member", key=True),
            Column("minutes", BigInteger, nullable=False),
        )
        # Not of those above nothing alone: SQLite uses such an index only where a query says so, and then reads from
        # there, whatever else the query says of minutes.
        Index(
            self.index_name("board_order"),
            self.board.c.kind,
            self.board.c.period,
            self.board.c.minutes,
            self.board.c.member,
        )
        self._add = Bulk(self.board, add=("minutes",))

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Add each day's minutes to the boards of its four periods."""
        board: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        for _, event, _ in batch:
            for line in service_lines(event):
                for period in periods_of(line.day):
                    board[VOLUNTEERS, period, line.volunteer] += line.minutes
                    board[COMMUNITIES, period, line.community] += line.minutes
                    if line.team is not None:
                        board[TEAMS, period, line.team] += line.minutes
        self._add.run(connection, [(*key, minutes) for key, minutes in sorted(board.items())])

    def of(
        self,
        connection: Connection,
        kind: str,
        period: str,
        names: Names,
        *,
        limit: int | None = None,
        members: Collection[str] | Select[str] | None = None,
    ) -> list[Place]:
        """The first `limit` places of a board, of all its members or of those given: ids, or a query of them."""
        minutes = self.minutes(kind, period)
        if members is not None:
            minutes = minutes.where(self.board.c.member.in_(members))
        return first_places(connection, minutes, names, limit)

    def minutes(self, kind: str, period: str) -> Select[str, int]:
        """A query for the members of a board with minutes of theirs, which may have been taken back to nothing."""
        return select(self.board.c.member, self.board.c.minutes).where(
            self.board.c.kind == kind, self.board.c.period == period
        )

    def minutes_of(self, connection: Connection, kind: str, period: str) -> dict[str, int]:
        """The minutes of every member of a board."""
        return dict(_pairs(connection, self.minutes(kind, period)))


def first_places(
    connection: Connection, minutes: Select[str, int], names: Names, limit: int | None = None
) -> list[Place]:
    """The first `limit` places of what a query finds: members, each once, with minutes of theirs.

    No more is read than what is shown, and whoever shares its last place.
    """
    # Each query says one thing of minutes at most: of two bounds SQLite takes either, and it may be the wide one.
    if limit is None:
        return ranked(dict(_pairs(connection, minutes)), names)
    member, value = minutes.subquery().c
    every = select(member, value)
    first = _pairs(connection, every.where(value > 0).order_by(value.desc(), member.desc()).limit(limit))
    if not first or len(first) < limit:
        return ranked(dict(first), names, limit)
    # Who shares the last place is decided by name, so all who share it are needed.
    ties = _pairs(connection, every.where(value == first[-1][1]))
    return ranked({**dict(first), **dict(ties)}, names, limit)


def placed(connection: Connection, minutes: Select[str, int], member: str) -> Place | None:
    """The place of one member among what a query finds, which has no name; None for one who is not there.

    Those with more are counted, and no more is read of them.
    """
    who, value = minutes.subquery().c
    own = connection.execute(select(value).where(who == member)).scalar()
    if own is None or own <= 0:
        return None
    before = connection.execute(select(func.count()).where(value > own)).scalar_one()
    return Place(before + 1, member, None, int(own))


def ranked(minutes: Mapping[str, int], names: Names, limit: int | None = None) -> list[Place]:
    """Places by minutes; equals by name or number, by code point, then by id; nobody with nothing."""
    some = {member: value for member, value in minutes.items() if value > 0}
    known = names(some.keys())
    order = sorted(some, key=lambda m: (-some[m], m not in known, known.get(m, ""), m))
    places: list[Place] = []
    for index, member in enumerate(order[:limit], start=1):
        tied = bool(places) and places[-1].minutes == some[member]
        rank = places[-1].rank if tied else index
        places.append(Place(rank, member, known.get(member), some[member]))
    return places


def _pairs(connection: Connection, statement: Select[Any, Any]) -> list[tuple[str, int]]:
    return [(row[0], int(row[1])) for row in connection.execute(statement)]
