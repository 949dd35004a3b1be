"""Answers that a few rows tell: at once where the database is a file, else for all who ask at a time."""

import asyncio
import contextlib
from collections.abc import Collection, Hashable, Mapping

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ledger.bootstrap import Ledger
from ledger.operations.answers import Answer, as_told, tell
from ledger.operations.asking import Enquiry, answer_in, views_of
from ledger.operations.callers import Role
from ledger.operations.quick.gathered import Gathered
from ledger.operations.quick.memory import Memory, Stand
from ledger.operations.quick.one_query import OneQueryAnswers
from ledger.operations.refused import Problem
from ledger.store.errors import StoreError
from projections.running import states

_MOST_AT_ONCE = 64
"""How many wait for each other at most: whoever comes then has a turn on a thread, fair among callers."""


class ShortAnswers:
    """Tells what is short as the general way would, and remembers it; whatever is unusual it leaves to that way.

    It is for whoever reaches a volunteer's affairs without a look at the tree of communities.
    """

    def __init__(self, ledger: Ledger, memory: Memory) -> None:
        """Nothing is read yet."""
        self._ledger = ledger
        self._memory = memory
        self._stood: dict[tuple[str, ...], int] = {}
        self._connection: Connection | None = None
        self._waiting: list[tuple[Enquiry, Hashable, asyncio.Future[tuple[int, Answer] | None]]] = []
        self._one_query = OneQueryAnswers(ledger)
        embedded = ledger.log.store.embedded
        self._gathered = None if embedded else Gathered(self._told_together, most=_MOST_AT_ONCE)

    async def here(self, asked: Enquiry, question: Hashable) -> tuple[int, Answer] | None:
        """Position and answer, None where the general way has to tell; where the database is a file.

        Those who ask in one turn of the loop are told one after the other, before any of them is answered: each query
        lets other threads in, which have nothing to do meanwhile.
        """
        if not _is_short(asked):
            return None
        loop = asyncio.get_running_loop()
        told: asyncio.Future[tuple[int, Answer] | None] = loop.create_future()
        self._waiting.append((asked, question, told))
        if len(self._waiting) == 1:
            loop.call_soon(self._tell_all)
        return await told

    def _tell_all(self) -> None:
        waiting, self._waiting = self._waiting, []
        for asked, question, told in waiting:
            if told.done():
                continue
            try:
                told.set_result(self._told_here(asked, question))
            except Exception as error:
                told.set_exception(error)

    def _told_here(self, asked: Enquiry, question: Hashable) -> tuple[int, Answer] | None:
        stand = self._memory.stand_here()
        if stand is None:
            return None
        glances = self._ledger.alone and self._stood.get(asked.views) == stand.position
        try:
            told = self._one_query.told(asked)
            if told is None:
                told = self._glanced(asked, stand) if glances else self._looked(asked, stand)
        except (Problem, StoreError):
            return None
        except DBAPIError:
            self._let_go()
            return None
        return self._remembered(told, question, stand)

    async def elsewhere(self, asked: Enquiry, question: Hashable, stand: Stand) -> tuple[int, Answer] | None:
        """The same where the database is a server's."""
        if self._gathered is None or not _is_short(asked):
            return None
        try:
            told = await self._gathered.get(asked)
        except StoreError:
            return None
        return self._remembered(told, question, stand)

    def close(self) -> None:
        """Let the connections go."""
        if self._gathered is not None:
            self._gathered.close()
        self._let_go()
        self._one_query.close()

    def _remembered(
        self, told: tuple[int, Answer] | None, question: Hashable, stand: Stand
    ) -> tuple[int, Answer] | None:
        """What was told. Where the directory went on meanwhile, nobody asks at this stand again."""
        if told is not None and told[0] == stand.position:
            self._memory.put(question, stand, told[1])
        return told

    def _looked(self, asked: Enquiry, stand: Stand) -> tuple[int, Answer] | None:
        """In a moment of its own, which tells whether the views stand."""
        position, answer = tell(self._ledger, asked)
        if position == stand.position:
            self._stood[asked.views] = position
        return None if answer is None else (position, answer)

    def _glanced(self, asked: Enquiry, stand: Stand) -> tuple[int, Answer] | None:
        """Without a moment of its own: it is one if the views stand afterwards where they stood before."""
        if stand.position < asked.query.min_position:
            return None
        if self._connection is None:
            self._connection = self._ledger.log.store.glancing()
        told = answer_in(self._ledger, asked, self._connection, stand.position)
        # Else what was read may be of several moments.
        if self._memory.position_here() != stand.position:
            return None
        return stand.position, as_told(asked, told)

    def _let_go(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(Exception):
                self._connection.invalidate()
            with contextlib.suppress(Exception):
                self._connection.close()
            self._connection = None

    def _told_together(self, questions: Collection[Enquiry]) -> Mapping[Enquiry, tuple[int, Answer]]:
        """What can be told of some questions in one moment."""
        told = self._one_query.told_together(questions)
        others = [asked for asked in questions if asked not in told]
        return told | self._told_in_a_moment(others) if others else told

    def _told_in_a_moment(self, questions: Collection[Enquiry]) -> dict[Enquiry, tuple[int, Answer]]:
        told: dict[Enquiry, tuple[int, Answer]] = {}
        reached: dict[tuple[str, ...], int] = {}
        with self._ledger.reading() as (connection, _):
            for asked in questions:
                position = reached.get(asked.views)
                if position is None:
                    position = states.refuse_unavailable(connection, *views_of(self._ledger, asked))
                    reached[asked.views] = position
                if position < asked.query.min_position:
                    continue
                with contextlib.suppress(Problem):
                    told[asked] = (
                        position,
                        as_told(asked, answer_in(self._ledger, asked, connection, position)),
                    )
        return told


def _is_short(asked: Enquiry) -> bool:
    return asked.caller.role is not Role.COORDINATOR and asked.question.short(asked.query)
