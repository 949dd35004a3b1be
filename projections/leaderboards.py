"""Leaderboards of volunteers, teams and communities, by day of service."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    Select,
    String,
    bindparam,
    literal_column,
    select,
)

from ledger.domain.events import ServiceApproved, ServiceAttested, ServiceReversed
from ledger.domain.postings import service_lines
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from ledger.store.prepared import Prepared
from projections.figures.at_once import AtOnce
from projections.figures.neighbours import Around, Names, Place, around, nearest, read_nearest, sides
from projections.figures.periods import periods_of
from projections.figures.tallies import Counted, Tallies
from projections.view import View, text_column

VOLUNTEERS, TEAMS, COMMUNITIES = "volunteers", "teams", "communities"

_FEW = 16
"""How many more than are shown are read at first, as some mostly share the last place."""


class Leaderboards(View):
    """Minutes of every member of every board, for each month, quarter, year and all time."""

    name = "leaderboards"
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
        some = self.board.c.minutes > 0
        order = Index(
            self.index_name("board_order"),
            self.board.c.kind,
            self.board.c.period,
            self.board.c.minutes.desc(),
            self.board.c.member,
            sqlite_where=some,
        )
        self.on_postgresql(order, where=some)
        self._add = Bulk(self.board, add=("minutes",))
        row = self.board.c
        of_volunteers = row.kind == literal_column(f"'{VOLUNTEERS}'", String)
        of_the_board = (of_volunteers, row.period == bindparam("period"))
        with_some = row.minutes > literal_column("0", Integer)
        asked = row.member, row.minutes, of_the_board, [with_some]
        self._nearest = Prepared(nearest(*asked))
        self.at_once = AtOnce(sides(*asked))
        """Asks for the places of volunteers by one query each."""
        self._first = Prepared(
            select(row.member, row.minutes)
            .where(*of_the_board, with_some)
            .order_by(row.minutes.desc(), row.member)
            .limit(bindparam("many", type_=Integer))
        )

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

    def places(
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
        if kind == VOLUNTEERS and members is None and limit is not None:
            return _first_places(
                lambda many: self._first.rows(connection, {"period": period, "many": many}), names, limit
            )
        return first_places(connection, self.minutes(kind, period, members), names, limit)

    def tallies(self) -> Tallies:
        """Tallies of the boards of volunteers, of one ledger: nothing is counted yet."""
        return Tallies(self, self.board, VOLUNTEERS)

    def around(
        self, connection: Connection, counted: Counted, period: str, volunteer: str, names: Names
    ) -> Around:
        """A volunteer's place on the board of a period as it stands, and those next to it.

        The board is counted the first time that it is asked for; then nothing grows with how many are on it.
        """
        near = read_nearest(self._nearest.rows(connection, {"period": period, "member": volunteer}))
        with counted.tallies.at(connection, counted.position, period) as tally:
            return around(tally, volunteer, near, names)

    def minutes(
        self, kind: str, period: str, members: Collection[str] | Select[str] | None = None
    ) -> Select[str, int]:
        """A query for the members of a board, or for those given, with minutes of theirs."""
        row = self.board.c
        found = select(row.member, row.minutes).where(row.kind == kind, row.period == period, row.minutes > 0)
        return found if members is None else found.where(row.member.in_(members))

    def minutes_of(self, connection: Connection, kind: str, period: str) -> dict[str, int]:
        """The minutes of every member of a board."""
        return dict(
            _pairs(
                connection,
                select(self.board.c.member, self.board.c.minutes).where(
                    self.board.c.kind == kind, self.board.c.period == period
                ),
            )
        )


def first_places(
    connection: Connection, minutes: Select[str, int], names: Names, limit: int | None = None
) -> list[Place]:
    """The first `limit` places of what a query finds: members, each once, with minutes of theirs.

    Little more is read than what is shown, and whoever shares its last place: a name decides who of these is shown.
    """
    if limit is None:
        return ranked(dict(_pairs(connection, minutes)), names)
    member, value = minutes.subquery().c
    ordered = select(member, value).order_by(value.desc(), member)
    return _first_places(lambda many: _pairs(connection, ordered.limit(many)), names, limit)


def _first_places(read: Callable[[int], Sequence[tuple[str, int]]], names: Names, limit: int) -> list[Place]:
    """The first places of what is read in order, as many as are asked for."""
    many = limit + _FEW
    # Read on in order until minutes change: asked for those of just so many minutes, SQLite goes through all who have
    # any, as it takes the wider of two bounds for its index.
    while len(rows := read(many)) == many and rows[-1][1] == rows[limit - 1][1]:
        many *= 2
    last = rows[limit - 1][1] if len(rows) >= limit else 0
    return ranked({who: some for who, some in rows if some >= last}, names, limit)


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
    return [(row[0], int(row[1])) for row in connection.execute(statement).fetchall()]
