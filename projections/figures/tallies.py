"""How many on a board have more minutes than somebody: counted once, and kept up with what is recorded since."""

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import (
    Connection,
    Integer,
    Select,
    String,
    Table,
    bindparam,
    func,
    literal_column,
    select,
)

from ledger.domain.bilingual import of_the_decoder
from ledger.domain.postings import SIGNS
from ledger.store import log
from ledger.store.codec import UnreadableEvent, stored_names
from ledger.store.prepared import Prepared
from projections.figures.last_asked import LastAsked
from projections.figures.periods import periods_of
from projections.view import View

_MOST_BEHIND = 500
"""Facts that are read to catch up; after more of them the board is counted anew."""
_MOST_MOVES = 4_096


class Tally:
    """How many members of a board have just so many minutes, for each number of minutes that somebody has."""

    def __init__(self, counts: Iterable[tuple[int, int]] = ()) -> None:
        """Begin with pairs of minutes, above zero, and how many have them."""
        self._counts: dict[int, int] = {}
        # Fenwick's tree: under each number, how many have it or fewer, down to where its last bit is taken away.
        self._sums: dict[int, int] = {}
        self._top = 1
        self.members = 0
        for minutes, members in counts:
            self._count(minutes, members)

    def more(self, minutes: int) -> int:
        """How many have more minutes than so many."""
        if minutes >= self._top:
            return 0
        found, sums = self.members, self._sums
        while minutes > 0:
            found -= sums.get(minutes, 0)
            minutes &= minutes - 1
        return found

    def equal(self, minutes: int) -> int:
        """How many have just so many minutes."""
        return self._counts.get(minutes, 0)

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
        return Tally(self._counts.items())

    def _count(self, minutes: int, members: int) -> None:
        while minutes > self._top:
            self._top *= 2
            self._sums[self._top] = self.members
        self.members += members
        self._counts[minutes] = self._counts.get(minutes, 0) + members
        if not self._counts[minutes]:
            del self._counts[minutes]
        while minutes <= self._top:
            self._sums[minutes] = self._sums.get(minutes, 0) + members
            minutes += minutes & -minutes


class _Service(Struct, frozen=True):
    volunteer: str


class _Day(Struct, frozen=True):
    day: date
    minutes: int


class _Served(Struct, frozen=True):
    """Of a fact of service, what a board counts: to read all of it takes as long as to ask for it."""

    type: str
    service: _Service
    days: tuple[_Day, ...]


_decoder = msgspec.json.Decoder(_Served)
_SIGNS = {name: sign for kind, sign in SIGNS.items() for name in stored_names([kind])}


def _read(data: str) -> _Served:
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise UnreadableEvent(*of_the_decoder(error)) from error


Fact = tuple[int, str, int | None]
"""Position and data of a fact of service, and the minutes that its volunteer has now."""


class _Kept:
    """The tally of one board at a position, and the last changes that led there; for whoever has the lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.tally: Tally | None = None
        self.position = 0
        self._moves: deque[tuple[int, int, int]] = deque(maxlen=_MOST_MOVES)
        self._oldest = 0

    def begin(self, tally: Tally, position: int) -> None:
        """Begin anew with a tally that was counted at a position."""
        self.tally = tally
        self.position = self._oldest = position
        self._moves.clear()

    def caught_up(self, facts: Callable[[], Iterable[Fact]], position: int, period: str) -> bool:
        """Bring the tally to a position, or see that it can be taken back to there; whether it could be."""
        if self.tally is None or position > self.position + _MOST_BEHIND:
            return False
        if position <= self.position:
            return position >= self._oldest
        tally, self.tally = self.tally, None
        try:
            for at, before, after in _moves(facts(), self.position, position, period):
                tally.move(before, after)
                if len(self._moves) == _MOST_MOVES:
                    self._oldest = self._moves[0][0]
                self._moves.append((at, before, after))
        except ValueError:
            # The view was wrong, and has been rebuilt since it was counted. What is half done is no count.
            return False
        self.tally, self.position = tally, position
        return True

    def at(self, position: int) -> Tally:
        """The tally as it is, or was at an earlier position: somebody's moment began before others went on."""
        assert self.tally is not None
        if position == self.position:
            return self.tally
        tally = self.tally.copy()
        for at, before, after in reversed(self._moves):
            if at <= position:
                break
            tally.move(after, before)
        return tally


def _moves(facts: Iterable[Fact], after: int, upto: int, period: str) -> list[tuple[int, int, int]]:
    """How minutes changed from one position up to another: at which, from how many, to how many; in order."""
    added = [
        (position, fact.service.volunteer, _SIGNS[fact.type] * day.minutes, held)
        for position, data, held in facts
        if after < position <= upto
        for fact in [_read(data)]
        for day in fact.days
        if period in periods_of(day.day)
    ]
    before: dict[str, int] = {}
    moves: list[tuple[int, int, int]] = []
    for position, member, minutes, held in reversed(added):
        now = before.get(member, held)
        if now is None:
            raise ValueError(f"{member} is not on the board")
        before[member] = now - minutes
        moves.append((position, now - minutes, now))
    return moves[::-1]


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
        theirs = (of_the_kind, row.period == period, row.member == log.SERVED)
        held = select(row.minutes).where(*theirs).scalar_subquery()
        self.facts: Select[*tuple[Any, ...]] = log.facts_since(
            stored_names(view.types), _MOST_BEHIND
        ).add_columns(held)
        """What was recorded `after` a position, with what its volunteers have now on the board of a `period`."""
        self._facts = Prepared(self.facts)
        self._kept = LastAsked[str, _Kept](_Kept)

    @contextmanager
    def at(self, connection: Connection, position: int, period: str) -> Generator[Tally]:
        """The tally of a period's board at the moment that a connection reads, which stands at a position.

        Others wait for that board's as long as it is looked at.
        """

        def facts() -> Iterable[Fact]:
            return self._facts.rows(connection, {"after": kept.position, "period": period})

        kept = self._kept.of(period)
        with kept.lock:
            if not kept.caught_up(facts, position, period):
                kept.begin(self.count(connection, period), position)
            yield kept.at(position)

    def reached(self, period: str) -> int | None:
        """The position at which a period's board is counted, None if it is not."""
        kept = self._kept.of(period)
        return None if kept.tally is None else kept.position

    @contextmanager
    def after(
        self, reached: int, facts: Iterable[Fact], position: int, period: str
    ) -> Generator[Tally | None]:
        """The same by the `facts` since what was `reached` before; None where these do not tell it."""
        kept = self._kept.of(period)
        with kept.lock:
            told = reached <= kept.position and position <= reached + _MOST_BEHIND
            yield kept.at(position) if told and kept.caught_up(lambda: facts, position, period) else None

    def count(self, connection: Connection, period: str) -> Tally:
        """A tally counted now, which nobody keeps up: for who asks once."""
        return Tally(self._counts.rows(connection, {"period": period}))


class Counted(NamedTuple):
    """A ledger's tallies, and the position of the moment at which they are asked."""

    tallies: Tallies
    position: int
