"""Answers that are remembered until the log, the directory or the day moves on: a portal asks the same all the time."""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select

from ledger.bootstrap import Ledger
from ledger.operations.answers import Answer
from ledger.operations.quick.gathered import Gathered
from ledger.store.codec import Recorded
from ledger.store.compiled_query import CompiledQuery
from ledger.store.errors import StoreUnavailable
from projections.running import states

_MOST_ANSWERS = 4_000
_LONGEST_BYTES = 65_536


class Stand(NamedTuple):
    """All that an answer depends on but the question: the views' position, the directory's version, and the day."""

    position: int
    directory: int
    day: date


class _Telling:
    """An answer that is being made, and how many wait for it."""

    def __init__(self, task: "asyncio.Future[tuple[int, Answer]]") -> None:
        self.task = task
        self.waiting = 0


class Memory:
    """The answers of one moment, for one thread; the oldest go first."""

    def __init__(self, ledger: Ledger) -> None:
        """Remember nothing yet."""
        self._ledger = ledger
        position = select(func.min(states.TABLE.c.position)).where(states.TABLE.c.broken_at.is_(None))
        self._position = CompiledQuery(ledger.log.store, position)
        self._version = ledger.directory.version()
        self._answers: OrderedDict[Hashable, tuple[Stand, Answer]] = OrderedDict()
        self._asked: dict[Hashable, _Telling] = {}
        self._reached = CompiledQuery(ledger.log.store, position)
        # Where to ask takes as long as to answer, one question is for all who wait.
        self._gathered = (
            None
            if ledger.log.store.embedded
            else Gathered[None, Stand | None](lambda _: {None: self._looked_up()})
        )
        self._known: int | None = None
        self._commits = 0
        self._lock = threading.Lock()
        self._closed = False
        if ledger.alone:
            ledger.bank.tell_of_commits(self._committed)

    async def stand(self) -> Stand | None:
        """What answers rest on now, None if that cannot be told."""
        return self.stand_here() if self._gathered is None else await self._gathered.get(None)

    def stand_here(self) -> Stand | None:
        """The same where the database is a file."""
        if not self._ledger.alone:
            return self._looked_up()
        # Below zero, as no version in a database is.
        today, changes = self._ledger.today(), -1 - self._ledger.directory.changes
        position = self._reached_here() if self._known is None else self._known
        return None if position is None else Stand(position, changes, today)

    def position_here(self) -> int | None:
        """Where the views stand in the database, where that is a file; None where nobody can say.

        What its only writer has committed is seen there a moment before the writer tells of it.
        """
        try:
            position = self._position.first({})
        except StoreUnavailable:
            return None
        return None if position is None else position[0]

    def _reached_here(self) -> int | None:
        commits = self._commits
        reached = self.position_here()
        with self._lock:
            if self._commits == commits:
                self._known = reached
        return reached

    def _looked_up(self) -> Stand | None:
        today = self._ledger.today()
        try:
            position, version = self._position.first({}), self._version.first({})
        except StoreUnavailable:
            return None
        if position is None or position[0] is None or version is None:
            return None
        return Stand(position[0], version[0], today)

    def get(self, question: Hashable, stand: Stand) -> Answer | None:
        """The answer to a question, if it was given at that very stand."""
        known = self._answers.get(question)
        return known[1] if known is not None and known[0] == stand else None

    async def once(
        self, question: Hashable, stand: Stand, tell: Callable[[], Coroutine[Any, Any, tuple[int, Answer]]]
    ) -> tuple[int, Answer]:
        """What `tell` gives: one telling for all who ask the same question at the same stand while it lasts.

        It is given up once all of them are gone.
        """
        asked = self._asked.get((question, stand))
        if asked is None:
            asked = self._asked[question, stand] = _Telling(asyncio.ensure_future(tell()))
            asked.task.add_done_callback(lambda done: self._told(question, stand, done))
        asked.waiting += 1
        try:
            # One of those who wait may go away; the others still want to be told.
            return await asyncio.shield(asked.task)
        finally:
            asked.waiting -= 1
            if not asked.waiting and not asked.task.done():
                # Whoever asks from now on begins anew.
                del self._asked[question, stand]
                asked.task.cancel()

    def _told(self, question: Hashable, stand: Stand, done: "asyncio.Future[tuple[int, Answer]]") -> None:
        known = self._asked.get((question, stand))
        if known is not None and known.task is done:
            del self._asked[question, stand]
        if not done.cancelled():
            # Where all who asked are gone, a problem is nobody's, and the loop need not tell of it.
            done.exception()

    def put(self, question: Hashable, stand: Stand, answer: Answer) -> None:
        """Remember an answer that was given at a stand, unless it is long."""
        if len(answer.content) > _LONGEST_BYTES:
            return
        self._answers[question] = stand, answer
        self._answers.move_to_end(question)
        if len(self._answers) > _MOST_ANSWERS:
            self._answers.popitem(last=False)

    def _committed(self, _commands: int, _recorded: Sequence[Recorded]) -> None:
        """Note, on the writer's thread, where the views have got to; they are asked, as one may have broken."""
        if self._closed:
            return
        try:
            reached = self._reached.first({})
        except StoreUnavailable:
            reached = None
        with self._lock:
            self._commits += 1
            self._known = None if reached is None else reached[0]

    def close(self) -> None:
        """Let its connections go."""
        self._closed = True
        if self._gathered is not None:
            self._gathered.close()
        self._position.close()
        self._reached.close()
        self._version.close()
