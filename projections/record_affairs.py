"""Which communities service records may be the affair of: all of them, and apart from these those that wait."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Index, Table, bindparam, delete, select

from ledger.domain.events import (
    ActivityCancelled,
    ActivityPublished,
    ActivityReported,
    ActivityRevised,
    CountedService,
    Event,
    ServiceApproved,
    ServiceAttested,
    ServiceDeclined,
    ServiceReported,
)
from ledger.store.bulk import Bulk
from ledger.store.in_lists import InList
from projections.affairs import HOMES, Affair, Affairs, homes
from projections.view import View, text_column

_ACTIVITIES = ActivityPublished | ActivityRevised | ActivityReported | ActivityCancelled
PLACES: frozenset[type[Event]] = HOMES | frozenset(
    {ActivityPublished, ActivityRevised, ActivityReported, ActivityCancelled}
)
"""The facts, besides those of records, that say whose affair a record is."""


class _Row(NamedTuple):
    """What a record's row holds of whose affair it is."""

    id: str
    day: str
    volunteer: str
    activity: str
    hosted_by: str | None
    state: str


class RecordAffairs:
    """Records by community, day and id.

    A record is the affair of those among whom its volunteer is at home, and of the community that hosted it; where it
    names none, of that of its activity.
    """

    def __init__(self, view: View, records: Table, waiting: str) -> None:
        """Describe the tables, beside that of the records; `waiting` is their state before a decision."""
        self._waiting = waiting
        self._every = Affairs(view, "record", ("day", "id"))
        self.rows = self._every.rows
        # By id first, as whoever decides knows that.
        self.pending = view.table(
            "record_waiting",
            text_column("id", key=True),
            text_column("community", key=True),
            text_column("day"),
        )
        wait = self.pending.c
        Index(view.index_name("record_waiting_by_day"), wait.community, wait.day, wait.id)
        self._wait = Bulk(self.pending, keep=True)
        self._decided = delete(self.pending).where(wait.id == bindparam("record"))
        row = records.c
        told = select(*(row[name] for name in _Row._fields))
        self._by_volunteer = InList(told, row.volunteer)
        self._by_activity = InList(told.where(row.hosted_by.is_(None)), row.activity)

    def fold(self, connection: Connection, events: Sequence[Event]) -> None:
        """Take in facts, once the rows of the records are as they say."""
        moved = self._every.learn(connection, homes(events) | _hosts(events))
        decided = [
            event.service.record if isinstance(event, CountedService) else event.record
            for event in events
            if isinstance(event, ServiceApproved | ServiceDeclined)
        ]
        rows = [*_told(events, self._waiting)]
        if moved:
            # As they stand: those that were decided just now among them.
            rows += (_Row(*row) for row in self._by_volunteer.rows(connection, moved))
            rows += (_Row(*row) for row in self._by_activity.rows(connection, moved))
        affairs = self._every.add(connection, [_affair(row) for row in rows])
        waiting = {row.id for row in rows if row.state == self._waiting}.difference(decided)
        self._wait.run(
            connection,
            [(record, community, day) for community, day, record in affairs if record in waiting],
        )
        if decided:
            connection.execute(self._decided, [{"record": record} for record in decided])


def _told(events: Iterable[Event], waiting: str) -> Iterator[_Row]:
    """What is first told of records, as their rows will hold it."""
    for event in events:
        if isinstance(event, ServiceReported | ServiceAttested):
            service, day = event.service, event.days[0].day.isoformat()
            state = waiting if isinstance(event, ServiceReported) else ""
            yield _Row(service.record, day, service.volunteer, service.activity, service.hosted_by, state)


def _hosts(events: Iterable[Event]) -> set[tuple[str, str]]:
    return {
        (event.activity.id, event.activity.community) for event in events if isinstance(event, _ACTIVITIES)
    }


def _affair(row: _Row) -> Affair:
    place = (row.day, row.id)
    if row.hosted_by is None:
        return Affair(place, (row.volunteer, row.activity))
    return Affair(place, (row.volunteer,), (row.hosted_by,))
