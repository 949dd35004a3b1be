"""One batch of commands under the log's lock: each is decided in turn, seeing the facts of those before it."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ledger.domain.commands import Command, Facts, Fold, InvalidInput, Refusal, Seen
from ledger.domain.events import Event
from ledger.domain.events.base import Cause
from ledger.domain.labels import refuse_hidden
from ledger.domain.opening import OPENING, OpenLedger
from ledger.store import log
from ledger.store.boundaries import Boundaries
from ledger.store.codec import Recorded, StoredEvent, decode, recorded, stored

_FURTHER_ROUNDS = 2

_Lines = tuple[Facts[Any], ...]


class Receipt(NamedTuple):
    """The answer to a command: the facts that follow from it, and the position of the last.

    `replayed` tells that they were recorded by an earlier try of the same request.
    """

    position: int
    events: tuple[Recorded, ...]
    replayed: bool


Outcome = Receipt | Refusal | Exception
"""An exception that is no Refusal is a fault of the program, in that one command."""


class Ask(NamedTuple):
    """A command with the one who asks.

    `once` is the tag under which a request is answered once, and `fingerprint` (64 hex digits) says what was asked;
    `batch` names the run of an import, and `trace` the HTTP request that it came by.
    """

    command: Command
    by: str
    once: str | None = None
    fingerprint: str | None = None
    batch: str | None = None
    trace: str | None = None


class KeyReused(Refusal):
    """The key stands for another request."""

    code = "key-reused"
    en = "Another request was recorded under this key."
    zh = "该请求编号已用于另一笔内容不同的请求。"


class NotOpen(Refusal):
    """Nothing happens before the ledger is opened."""

    code = "not-open"
    en = "This ledger is not open yet; `timebank init` opens it."
    zh = "账本尚未启用，请先运行 timebank init。"


OF_ANY_COMMAND = (InvalidInput, KeyReused, NotOpen)
"""The refusals that no command declares, as each can meet them."""


class DecisionBatch:
    """A batch being decided in one transaction; `rows` and `recorded` are what is to be appended."""

    def __init__(
        self,
        connection: Connection,
        boundaries: Boundaries,
        now: Callable[[], datetime],
        event_id: Callable[[], str],
    ) -> None:
        """Bring `boundaries` to the head, and stop the clock.

        `at` never decreases along positions; what day it is, the clock alone tells, so that one wrong hour of it does
        not date all that follows.
        """
        newest = log.last(connection)
        self._position = 0 if newest is None else newest.position
        self._now = now().astimezone(UTC)
        self._at = self._now if newest is None else max(self._now, decode(newest.data).at)
        self._connection = connection
        self._boundaries = boundaries
        self._event_id = event_id
        self._answers: dict[str, list[Recorded]] = {}
        self.rows: list[StoredEvent] = []
        self.recorded: list[Recorded] = []
        boundaries.catch_up(connection, self._position)

    def decide_all(self, asks: Sequence[Ask]) -> list[Outcome]:
        """An outcome for each ask, in order."""
        named = self._prepare(asks)
        return [self._outcome(ask, lines) for ask, lines in zip(asks, named, strict=True)]

    def _prepare(self, asks: Sequence[Ask]) -> list[_Lines]:
        """Read what the asks depend on together, and give the lines that each names by itself.

        What a command cannot know before its turn is read in its turn.
        """
        once = list(
            dict.fromkeys(ask.once for ask in asks if ask.once is not None and ask.once not in self._answers)
        )
        for tag, position, data in log.tagged(self._connection, once):
            self._answers.setdefault(tag, []).append(recorded(position, data))
        named = [() if ask.once in self._answers else _unless_faulty(ask.command.boundary) for ask in asks]
        self._boundaries.learn(self._connection, [OPENING, *(line for lines in named for line in lines)])
        further: list[Facts[Any]] = []
        for ask, lines in zip(asks, named, strict=True):
            if lines and type(ask.command).further is not Command.further:
                further.extend(_unless_faulty(partial(ask.command.further, self._seen(ask, lines))))
        self._boundaries.learn(self._connection, further)
        return named

    def _outcome(self, ask: Ask, lines: _Lines) -> Outcome:
        earlier = self._answers.get(ask.once) if ask.once is not None else None
        if earlier is not None:
            if earlier[0].event.cause.fingerprint != _fingerprint(ask):
                return KeyReused()
            return Receipt(earlier[-1].position, tuple(earlier), replayed=True)
        try:
            rows = self._decided(ask, lines)
        except Refusal as refusal:
            # With its traceback it would keep the whole batch in memory for as long as somebody keeps it.
            return refusal.with_traceback(None)
        except DBAPIError:
            raise
        except Exception as fault:
            return fault
        return self._taken(ask, rows)

    def _decided(self, ask: Ask, lines: _Lines) -> list[tuple[StoredEvent, Event]]:
        refuse_hidden(ask.command)
        events = ask.command.decide(self._sight(ask, lines))
        request = None if ask.once is None else _fingerprint(ask)
        cause = Cause(request=ask.once, fingerprint=request, batch=ask.batch, trace=ask.trace)
        rows: list[tuple[StoredEvent, Event]] = []
        for position, event in enumerate(events, start=self._position + 1):
            stamped = msgspec.structs.replace(event, id=self._event_id(), at=self._at, by=ask.by, cause=cause)
            rows.append((stored(position, stamped), stamped))
        return rows

    def _taken(self, ask: Ask, rows: list[tuple[StoredEvent, Event]]) -> Receipt:
        told = [Recorded(row.position, event, row.data) for row, event in rows]
        for row, event in rows:
            self._boundaries.decided(event, event.tags())
            self.rows.append(row)
        self._position += len(rows)
        self.recorded.extend(told)
        if ask.once is not None and told:
            self._answers[ask.once] = told
        return Receipt(self._position, tuple(told), replayed=False)

    def _sight(self, ask: Ask, lines: _Lines) -> Seen:
        # A command that could not name its lines says here why not.
        lines = lines or ask.command.boundary()
        seen = self._seen(ask, lines)
        for _ in range(_FURTHER_ROUNDS):
            more = [line for line in ask.command.further(seen) if line not in seen.folds]
            if not more:
                break
            lines = (*lines, *more)
            seen = self._seen(ask, lines)
        if not self._zone() and not isinstance(ask.command, OpenLedger):
            raise NotOpen
        return seen

    def _seen(self, ask: Ask, lines: _Lines) -> Seen:
        folds: dict[Facts[Any], Fold] = {}
        for line in lines:
            fold = self._boundaries.fold(line)
            if fold is None:
                self._boundaries.learn(self._connection, [line])
                fold = self._boundaries.fold(line)
                assert fold is not None
            folds[line] = fold
        return Seen(folds=folds, by=ask.by, now=self._now, zone=ZoneInfo(self._zone() or "UTC"))

    def _zone(self) -> str:
        opening = self._boundaries.fold(OPENING)
        return getattr(opening, "zone", "")


def _unless_faulty(name: Callable[[], Iterable[Facts[Any]]]) -> _Lines:
    """The lines that a command names; none if that fails, as it will fail again in its turn and harm no other."""
    try:
        return tuple(name())
    except Exception:
        return ()


def _fingerprint(ask: Ask) -> str:
    """What was asked, as a digest: the caller's own, or that of the command."""
    if ask.fingerprint is not None:
        return ask.fingerprint
    asked = type(ask.command).__name__.encode() + b"\x00" + msgspec.json.encode(ask.command)
    return hashlib.sha256(asked).hexdigest()
