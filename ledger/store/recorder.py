"""The log behind the interface of `eventsourcing.dcb`: for programs that follow it, and for the shared contract tests.

The only module that imports `eventsourcing`, whose version 10 renames that interface.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Any

from eventsourcing.dcb.api import (
    DCBAppendCondition,
    DCBEvent,
    DCBQuery,
    DCBQueryItem,
    DCBReadResponse,
    DCBRecorder,
    DCBSequencedEvent,
    DCBSubscription,
)
from eventsourcing.persistence import DataError, IntegrityError, ProgrammingError
from sqlalchemy import Column, Connection, Select, bindparam, func, select

from ledger.domain.events import LedgerOpened
from ledger.store import log
from ledger.store.codec import StoredEvent, decode_tags, encode_tags, type_name
from ledger.store.log import Log
from ledger.store.schema import EVENT, EVENT_TAG

_ROWS_A_READ = 500
_LEAST_ROWS_A_READ = 10
_POLL_SECONDS = 0.25
_LONGEST_NAME = 200
_WHOLE = (EVENT.c.position, EVENT.c.type, EVENT.c.tags, EVENT.c.data)

_Row = tuple[Any, ...]
_Statement = Select[Any, Any]
_Run = Callable[[_Statement, dict[str, int]], list[_Row]]
"""Something that runs a statement with its parameters, in a transaction of its own or somebody's."""


class Recorder(DCBRecorder):
    """Reads and follows a log, and appends to one that is no time bank's.

    A database that fails raises StoreUnavailable, as everywhere in this package.
    """

    def __init__(self, log: Log, *, poll_seconds: float = _POLL_SECONDS) -> None:
        """Use a log.

        Subscriptions hear at once of what its process appends, and look for what others do every `poll_seconds`.
        """
        self.log = log
        self.poll_seconds = poll_seconds

    def read(
        self, query: DCBQuery | None = None, *, after: int | None = None, limit: int | None = None
    ) -> "ReadResponse":
        """The matching events after a position, in order, up to the head of this moment.

        They are fetched in batches as they are asked for. No transaction stays open meanwhile: what lies before the
        head never changes.
        """
        start = after or 0
        with self.log.store.snapshot() as connection:
            head = log.head(connection)
        if limit is not None:
            # The contract's head of a limited read is its last event.
            positions = self._between(query, start, head, EVENT.c.position)
            head = max((row[0] for row in islice(positions, max(limit, 0))), default=0)
        rows = self._between(query, start, head, *_WHOLE)
        return ReadResponse(map(_sequenced, rows), head or None)

    def append(self, events: Sequence[DCBEvent], condition: DCBAppendCondition | None = None) -> int:
        """Append events under the log's lock, and give the position of the last.

        Raises IntegrityError if the condition fails, DataError for what is no storable text, and ProgrammingError
        for no events, or if the log is a time bank's.
        """
        if not events:
            raise ProgrammingError("there must be an event to append")
        rows = [_storable(event) for event in events]
        with self.log.appending() as connection:
            head = log.head(connection)
            first = log.between(connection, 0, 1)
            if first and first[0].type == type_name(LedgerOpened):
                # Its writer could not read what is no fact of its own, and would stop for ever.
                raise ProgrammingError("this log is a time bank's, whose commands are the one way in")
            if condition is not None:
                found = {"after": condition.after or 0, "upto": head, "size": 1}
                for item in _items(condition.fail_if_events_match):
                    if connection.execute(_statement(item, EVENT.c.position), found).first() is not None:
                        raise IntegrityError(condition)
            log.insert(connection, [row._replace(position=at) for at, row in enumerate(rows, start=head + 1)])
        return head + len(rows)

    def subscribe(self, query: DCBQuery | None = None, *, after: int | None = None) -> "Subscription":
        """The matching events after a position, and then each new one: in order, none missed, none repeated."""
        return Subscription(self, query, after)

    def pull(self, query: DCBQuery | None, after: int) -> tuple[list[DCBSequencedEvent], int]:
        """Some matching events after a position, and the position up to which these are all."""
        with self.log.store.snapshot() as connection:
            head = log.head(connection)
            rows = _merged(partial(_rows, connection), query, after, head, _WHOLE)
            events = [_sequenced(row) for row in islice(rows, _ROWS_A_READ)]
        return events, events[-1].position if len(events) == _ROWS_A_READ else max(after, head)

    def _between(
        self, query: DCBQuery | None, after: int, upto: int, *columns: Column[Any]
    ) -> Iterator[_Row]:
        return _merged(self._run, query, after, upto, columns)

    def _run(self, statement: _Statement, parameters: dict[str, int]) -> list[_Row]:
        with self.log.store.snapshot() as connection:
            return _rows(connection, statement, parameters)


class ReadResponse(DCBReadResponse):
    """Events, and the position up to which they are all there are."""

    def __init__(self, events: Iterator[DCBSequencedEvent], head: int | None) -> None:
        """Give out `events` one by one."""
        self._events = events
        self._head = head

    @property
    def head(self) -> int | None:
        """The head of the log when the reading began, or the last event of a limited read; None if there is none."""
        return self._head

    def __next__(self) -> DCBSequencedEvent:
        return next(self._events)


class Subscription(DCBSubscription[Recorder]):
    """Events as they come, for one thread to iterate over; any other may `stop` it.

    It starts no thread and keeps no connection. When the database fails, `next` raises StoreUnavailable, and the next
    `next` takes up where it was.
    """

    def __init__(self, recorder: Recorder, query: DCBQuery | None = None, after: int | None = None) -> None:
        """Begin after a position."""
        super().__init__(recorder, query, after)
        self._pulled: Iterator[DCBSequencedEvent] = iter(())

    def __next__(self) -> DCBSequencedEvent:
        bell = self._recorder.log.appended
        while not self._has_been_stopped:
            event = next(self._pulled, None)
            if event is not None:
                return event
            heard, before = bell.rings, self._last_position
            events, self._last_position = self._recorder.pull(self._query, before)
            self._pulled = iter(events)
            if self._last_position == before and not self._has_been_stopped:
                bell.wait(heard, self._recorder.poll_seconds)
        raise StopIteration

    def stop(self) -> None:
        """End the iteration, also where it waits."""
        super().stop()
        self._recorder.log.appended.ring()


def _items(query: DCBQuery | None) -> list[DCBQueryItem]:
    return query.items if query is not None and query.items else [DCBQueryItem()]


def _statement(item: DCBQueryItem, *columns: Column[Any]) -> _Statement:
    """The first `size` events after one position up to another that match an item."""
    tags = list(dict.fromkeys(item.tags))
    if tags:
        index = EVENT_TAG.alias()
        place, kind = index.c.position, index.c.type
        statement = select(*columns).join(index, place == EVENT.c.position).where(index.c.tag == tags[0])
        if tags[1:]:
            # Counted, not joined: databases plan long joins for seconds.
            other = EVENT_TAG.alias()
            borne = select(func.count()).where(other.c.position == place, other.c.tag.in_(tags[1:]))
            statement = statement.where(borne.scalar_subquery() == len(tags) - 1)
    else:
        place, kind = EVENT.c.position, EVENT.c.type
        statement = select(*columns)
    if item.types:
        statement = statement.where(kind.in_(sorted(set(item.types))))
    within = statement.where(place > bindparam("after"), place <= bindparam("upto"))
    return within.order_by(place).limit(bindparam("size"))


def _rows(connection: Connection, statement: _Statement, parameters: dict[str, int]) -> list[_Row]:
    return [tuple(row) for row in connection.execute(statement, parameters)]


def _merged(
    run: _Run, query: DCBQuery | None, after: int, upto: int, columns: Iterable[Column[Any]]
) -> Iterator[_Row]:
    """What matches any item, by position, each event once; the first column is the position."""
    items = _items(query)
    size = max(_ROWS_A_READ // len(items), _LEAST_ROWS_A_READ)
    found = [_paged(run, _statement(item, *columns), after, upto, size) for item in items]
    last = 0
    for row in merge(*found, key=itemgetter(0)):
        if row[0] != last:
            last = row[0]
            yield row


def _paged(run: _Run, statement: _Statement, after: int, upto: int, size: int) -> Iterator[_Row]:
    while after < upto:
        rows = run(statement, {"after": after, "upto": upto, "size": size})
        yield from rows
        after = rows[-1][0] if len(rows) == size else upto


def _sequenced(row: _Row) -> DCBSequencedEvent:
    position, kind, tags, data = row
    return DCBSequencedEvent(DCBEvent(type=kind, data=data.encode(), tags=list(decode_tags(tags))), position)


def _storable(event: DCBEvent) -> StoredEvent:
    """The row of an event, its position still open; raises DataError for what not every database keeps as it is."""
    for name in (event.type, *event.tags):
        if not 0 < len(name) <= _LONGEST_NAME or "\x00" in name or not _encodable(name):
            raise DataError(
                f"a type or tag has 1 to {_LONGEST_NAME} characters and no NUL, not {name[:40]!a}"
            )
    try:
        data = event.data.decode()
    except UnicodeDecodeError as error:
        raise DataError(f"the data of an event are UTF-8 text; these are not: {error}") from error
    if "\x00" in data:
        raise DataError(f"the data of an event hold no NUL; these do, as character {data.index(chr(0)) + 1}")
    return StoredEvent(0, event.type, encode_tags(event.tags), data)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
