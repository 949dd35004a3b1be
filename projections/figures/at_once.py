"""Somebody's place on a board of volunteers as it stands, by one query: a moment by itself, with its position."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    cast,
    literal_column,
    null,
    select,
    union_all,
)

from ledger.store.prepared import Prepared
from projections.figures.neighbours import Around, Names, around, read_nearest
from projections.figures.tallies import Tallies
from projections.running import states
from projections.view import View

_POSITION, _FACT = -1, -2
_NO_TEXT, _NO_NUMBER = cast(null(), Text), cast(null(), BigInteger)


class AtOnce:
    """Asks for a place together with what was recorded since the board was counted, and where the views stand.

    In a transaction these are six messages to a server and back, each of which takes longer than what it asks for.
    """

    def __init__(self, sides: Sequence[Select[*tuple[Any, ...]]]) -> None:
        """`sides` are what is asked of who stands next."""
        self._sides = sides
        self._queries: dict[tuple[View, ...], Prepared] = {}

    def around(
        self,
        connection: Connection,
        tallies: Tallies,
        needed: tuple[View, ...],
        period: str,
        volunteer: str,
        names: Names,
    ) -> tuple[int, Around] | None:
        """The position of the `needed` views and the place there, on a connection in any moment or in none.

        It is None where it takes more than this: nothing was counted yet, too much was recorded since, or one of the
        views does not stand.
        """
        reached = tallies.reached(period)
        if reached is None:
            return None
        query = self._queries.get(needed)
        if query is None:
            query = self._queries[needed] = self._put_together(tallies, needed)
        asked = {"period": period, "member": volunteer, "after": reached}
        rows = query.rows(connection, asked)
        position = next(number for side, _, number, _ in rows if side == _POSITION)
        if position is None:
            return None
        # A union keeps no order.
        facts = sorted((at, data, held) for side, data, at, held in rows if side == _FACT)
        near = read_nearest(row[:3] for row in rows if row[0] >= 0)
        with tallies.after(reached, facts, position, period) as tally:
            return None if tally is None else (position, around(tally, volunteer, near, names))

    def _put_together(self, tallies: Tallies, needed: Sequence[View]) -> Prepared:
        position: ColumnElement[Any] = states.position_of(needed)
        at, data, held = tallies.facts.subquery("recorded").c
        parts: list[Any] = [
            *(side.add_columns(_NO_NUMBER) for side in self._sides),
            select(literal_column(str(_FACT), Integer), data, at, held),
            select(literal_column(str(_POSITION), Integer), _NO_TEXT, position, _NO_NUMBER),
        ]
        return Prepared(union_all(*parts))
