"""How many on a board have more minutes than somebody: counted once, and kept up with what is recorded since."""

import threading
from collections import deque
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import Connection, Integer, String, Table, bindparam, func, literal_column, select

from ledger.domain.postings import service_lines
from ledger.store import log
from ledger.store.codec import recorded, stored_names
from ledger.store.prepared import Prepared
from projections.figures.last_asked import LastAsked
from projections.figures.periods import periods_of
from projections.view import View

_WIDTHS = (1, 64, 4_096)
"""Counts are summed up for so many minutes together as well, so that a rank is a hundred additions."""
_MOST_BEHIND = 500
"""Facts that are read to catch up; after more of them the board is counted anew."""
_MOST_MOVES = 4_096


class Tally:
    """How many members of a board have just so many minutes, for each number of minutes that somebody has."""

    def __init__(self, counts: Iterable[tuple[int, int]] = ()) -> None:
        """Begin with pairs of minutes, above zero, and how many have them."""
        self._counts: tuple[dict[int, int], ...] = tuple({} for _ in _WIDTHS)
        self.members = 0
        for minutes, members in counts:
            self._count(minutes, members)

    def more(self, minutes: int) -> int:
        """How many have more minutes than so many."""
        found, least = 0, minutes + 1
        for width, wider, counts in zip(_WIDTHS, _WIDTHS[1:], self._counts, strict=False):
            # Up to where the wider ones begin.
            upto = -(-least // wider) * wider
            found += sum(counts.get(one, 0) for one in range(least // width, upto // width))
            least = upto
        widest = least // _WIDTHS[-1]
        return found + sum(members for one, members in self._counts[-1].items() if one >= widest)

    def equal(self, minutes: int) -> int:
        """How many have just so many minutes."""
        return self._counts[0].get(minutes, 0)

    def move(self, before: int, after: int) -> None:
        """One member's minutes have changed; raises ValueError where nobody had so many as it had before."""
        if before > 0:
            if not self.equal(before):
                raise ValueError(f"nobody has {before} minutes")
            self._count(before, -1)
        if after > 0:
            self._count(after, 1)

    def copy(self) -> "Tally":
        """The same counts, to be changed by themselves."""
        return Tally(self._counts[0].items())

    def _count(self, minutes: int, members: int) -> None:
        self.members += members
        for width, counts in zip(_WIDTHS, self._counts, strict=True):
            one = minutes // width
            counts[one] = counts.get(one, 0) + members
            if not counts[one]:
                del counts[one]


class _Kept:
    """The tally of one board at a position, and the last changes that led there."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.tally: Tally | None = None
        self.position = 0
        self.moves: deque[tuple[int, int, int]] = deque(maxlen=_MOST_MOVES)
        self.oldest = 0


class Tallies:
    """The tallies of one ledger's boards of one kind, by period, for any thread; the least used go first.

    A table of them would make each service record a fifth dearer, whether or not anybody asks for a rank.
    """

    def __init__(self, view: View, board: Table, kind: str) -> None:
        """Nothing is counted yet."""
        row, period = board.c, bindparam("period", type_=String)
        # Spelt out: such a query is planned once.
        of_the_kind = row.kind == literal_column(f"'{kind}'", String)
        some = row.minutes > literal_column("0", Integer)
        self._counts = Prepared(
            select(row.minutes, func.count())
            .where(of_the_kind, row.period == period, some)
            .group_by(row.minutes)
        )
        self._held = Prepared(
            select(row.minutes).where(of_the_kind, row.period == period, row.member == bindparam("member"))
        )
        self._facts = log.facts_between(stored_names(view.types))
        self._kept = LastAsked[str, _Kept](_Kept)

    @contextmanager
    def at(self, connection: Connection, position: int, period: str) -> Generator[Tally]:
        """The tally of a period's board at the moment that a connection reads, which stands at a position.

        Others wait for that board's as long as it is looked at.
        """
        kept = self._kept.of(period)
        with kept.lock:
            try:
                if kept.tally is None or not self._catch_up(connection, kept, position, period):
                    kept.tally = None
                    self._begin(connection, kept, position, period)
            except BaseException:
                # What is half done is no count.
                kept.tally = None
                raise
            assert kept.tally is not None
            yield kept.tally if kept.position == position else _undone(kept, position)

    def count(self, connection: Connection, period: str) -> Tally:
        """A tally counted now, which nobody keeps up: for who asks once."""
        return Tally(self._counts.rows(connection, {"period": period}))

    def _begin(self, connection: Connection, kept: _Kept, position: int, period: str) -> None:
        kept.tally = self.count(connection, period)
        kept.position = kept.oldest = position
        kept.moves.clear()

    def _catch_up(self, connection: Connection, kept: _Kept, position: int, period: str) -> bool:
        """Bring a tally to a position, or see that it can be taken back to there; whether it could be."""
        assert kept.tally is not None
        if position < kept.position:
            return position >= kept.oldest
        if position > kept.position + _MOST_BEHIND:
            return False
        if position > kept.position:
            try:
                for at, before, after in self._moves(connection, kept.position, position, period):
                    kept.tally.move(before, after)
                    if len(kept.moves) == _MOST_MOVES:
                        kept.oldest = kept.moves[0][0]
                    kept.moves.append((at, before, after))
            except ValueError:
                # The view was wrong, and has been rebuilt since it was counted.
                return False
            kept.position = position
        return True

    def _moves(
        self, connection: Connection, after: int, upto: int, period: str
    ) -> list[tuple[int, int, int]]:
        """How minutes changed from one position up to another: at which, from how many, to how many; in order."""
        added = [
            (position, line.volunteer, line.minutes)
            for position, data in self._facts.rows(connection, {"after": after, "upto": upto})
            for line in service_lines(recorded(position, data).event)
            if period in periods_of(line.day)
        ]
        held: dict[str, int] = {}
        for member in {member for _, member, _ in added}:
            ((held[member],),) = self._held.rows(connection, {"period": period, "member": member})
        moves: list[tuple[int, int, int]] = []
        for position, member, minutes in reversed(added):
            now = held[member]
            held[member] = now - minutes
            moves.append((position, now - minutes, now))
        return moves[::-1]


class Counted(NamedTuple):
    """A ledger's tallies, and the position of the moment at which they are asked."""

    tallies: Tallies
    position: int


def _undone(kept: _Kept, position: int) -> Tally:
    """The tally as it was at an earlier position: somebody's moment began before others went on."""
    assert kept.tally is not None
    tally = kept.tally.copy()
    for at, before, after in reversed(kept.moves):
        if at <= position:
            break
        tally.move(after, before)
    return tally
