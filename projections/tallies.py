"""How many on a board have more minutes than somebody: counted once, and kept up with what is recorded since."""

import threading
from collections import OrderedDict, deque
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import Connection, Table, bindparam, func, select

from ledger.domain.postings import service_lines
from ledger.store.codec import recorded, stored_names
from ledger.store.log import batches
from projections.periods import periods_of
from projections.view import View

_BLOCK = 256
"""Counts are summed up for so many minutes together, so that a rank is a few hundred additions."""
_MOST_BOARDS = 16
_MOST_BEHIND = 2_000
"""Facts that are read to catch up; after more of them the board is counted anew."""
_MOST_MOVES = 4_096


class Tally:
    """How many members of a board have just so many minutes, for each number of minutes that somebody has."""

    def __init__(self, counts: Iterable[tuple[int, int]] = ()) -> None:
        """Begin with pairs of minutes, above zero, and how many have them."""
        self._exact: dict[int, int] = {}
        self._blocks: dict[int, int] = {}
        self.members = 0
        for minutes, members in counts:
            self._count(minutes, members)

    def more(self, minutes: int) -> int:
        """How many have more minutes than so many."""
        block = minutes // _BLOCK
        beyond = sum(members for one, members in self._blocks.items() if one > block)
        exact = self._exact
        return beyond + sum(exact.get(one, 0) for one in range(minutes + 1, (block + 1) * _BLOCK))

    def equal(self, minutes: int) -> int:
        """How many have just so many minutes."""
        return self._exact.get(minutes, 0)

    def move(self, before: int, after: int) -> None:
        """One member's minutes have changed; raises ValueError where nobody had so many as it had before."""
        if before > 0:
            if not self._exact.get(before):
                raise ValueError(f"nobody has {before} minutes")
            self._count(before, -1)
        if after > 0:
            self._count(after, 1)

    def copy(self) -> "Tally":
        """The same counts, to be changed by themselves."""
        return Tally(self._exact.items())

    def _count(self, minutes: int, members: int) -> None:
        self._exact[minutes] = self._exact.get(minutes, 0) + members
        block = minutes // _BLOCK
        self._blocks[block] = self._blocks.get(block, 0) + members
        self.members += members
        if not self._exact[minutes]:
            del self._exact[minutes]
        if not self._blocks[block]:
            del self._blocks[block]


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
        self._types = view.types
        row = board.c
        of_the_board = (row.kind == kind, row.period == bindparam("period"))
        self._counts = (
            select(row.minutes, func.count()).where(*of_the_board, row.minutes > 0).group_by(row.minutes)
        )
        self._held = select(row.member, row.minutes).where(
            *of_the_board, row.member.in_(bindparam("members", expanding=True))
        )
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def at(self, connection: Connection, position: int, period: str) -> Generator[Tally]:
        """The tally of a period's board at the moment that a connection reads, which stands at a position.

        Others wait for that board's as long as it is looked at.
        """
        kept = self._keep(period)
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
        return Tally((row[0], row[1]) for row in connection.execute(self._counts, {"period": period}))

    def _keep(self, period: str) -> _Kept:
        with self._lock:
            kept = self._kept.setdefault(period, _Kept())
            self._kept.move_to_end(period)
            if len(self._kept) > _MOST_BOARDS:
                self._kept.popitem(last=False)
        return kept

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
            except (KeyError, ValueError):
                # The view was wrong, and has been rebuilt since it was counted.
                return False
            kept.position = position
        return True

    def _moves(
        self, connection: Connection, after: int, upto: int, period: str
    ) -> list[tuple[int, int, int]]:
        """How minutes changed from one position up to another: at which, from how many, to how many; in order."""
        added: list[tuple[int, str, int]] = []
        for some in batches(connection, after, upto, stored_names(self._types)):
            for stored in some:
                event = recorded(stored.position, stored.data).event
                added += (
                    (stored.position, line.volunteer, line.minutes)
                    for line in service_lines(event)
                    if period in periods_of(line.day)
                )
        if not added:
            return []
        asked = {"period": period, "members": sorted({member for _, member, _ in added})}
        held: dict[str, int] = {row[0]: row[1] for row in connection.execute(self._held, asked)}
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
