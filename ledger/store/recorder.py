"""The log behind the interface of `eventsourcing.dcb`: for programs that follow it, and for the shared contract tests.

The only module that imports `eventsourcing`, whose version 10 renames that interface.
"""

import threading
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from operator import attrgetter

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
from sqlalchemy import Connection, Select, bindparam, select

from ledger.domain.events import LedgerOpened
from ledger.store import log
from ledger.store.codec import StoredEvent, decode_tags, encode_tags, type_name
from ledger.store.log import Log
from ledger.store.schema import EVENT, EVENT_TAG

_ROWS_A_READ = 500
_POLL_SECONDS = 0.25
_LONGEST_NAME = 200

_ROW = (EVENT.c.position, EVENT.c.type, EVENT.c.tags, EVENT.c.data)
_ANY = DCBQueryItem()


class Recorder(DCBRecorder):
    """Reads, follows and, where no time bank was opened, appends to a log."""

    def __init__(self, log: Log, *, poll_seconds: float = _POLL_SECONDS) -> None:
        """Use a log; a subscription looks for events of other processes every `poll_seconds`."""
        self._log = log
        self._poll_seconds = poll_seconds
        self._appended = threading.Condition()

    def read(
        self, query: DCBQuery | None = None, *, after: int | None = None, limit: int | None = None
    ) -> "ReadResponse":
        """The matching events after a position, in order, read in batches as they are asked for.

        They end at the head of this moment, however long the reading takes: no transaction is held open, as what
        lies before the head never changes.
        """
        with self._log.store.snapshot() as connection:
            head = log.head(connection)
            if limit is not None:
                # The contract's head of a limited read: the last event of it.
                head = _last_position(connection, query, after or 0, head, limit)
        return ReadResponse(self._between(query, after or 0, head), head or None)

    def append(self, events: Sequence[DCBEvent], condition: DCBAppendCondition | None = None) -> int:
        """Append events under the log's lock and give the last one's position.

        Raises IntegrityError if the condition fails, DataError for what cannot be stored as text, and
        ProgrammingError for no events, or for a ledger: that has one way in, which is the time bank.
        """
        if not events:
            raise ProgrammingError("there is nothing to append")
        rows = [_storable(event) for event in events]
        with self._log.appending() as connection:
            head = log.head(connection)
            first = log.between(connection, 0, 1)
            if first and first[0].type == type_name(LedgerOpened):
                raise ProgrammingError("this log is a time bank's: only its commands are recorded in it")
            if condition is not None:
                after = condition.after or 0
                if any(True for _ in _matching(connection, condition.fail_if_events_match, after, head, 1)):
                    raise IntegrityError(condition)
            log.insert(connection, [row._replace(position=head + n) for n, row in enumerate(rows, start=1)])
        self.wake()
        return head + len(rows)

    def subscribe(self, query: DCBQuery | None = None, *, after: int | None = None) -> "Subscription":
        """The matching events after a position, and then every new one: each once, in order."""
        return Subscription(self, query, after)

    def wake(self) -> None:
        """Let the subscriptions of this recorder look at once; they would soon look anyway."""
        with self._appended:
            self._appended.notify_all()
