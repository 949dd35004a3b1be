"""Service records: every one of them, with what has become of it."""

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Select,
    bindparam,
    literal,
    select,
    update,
)

from ledger.domain.events import (
    CountedService,
    ServiceApproved,
    ServiceAttested,
    ServiceDeclined,
    ServiceReported,
    ServiceReversed,
)
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from ledger.store.in_lists import InList
from projections.figures.periods import Period
from projections.record_affairs import PLACES, RecordAffairs
from projections.view import View, days_within, text_column

REPORTED, APPROVED, DECLINED, ATTESTED, REVERSED = "reported", "approved", "declined", "attested", "reversed"

PENDING = literal(REPORTED, literal_execute=True)
"""Written out in the statement: for a bound value SQLite does not see that the index of what is pending would do."""


class RecordRow(NamedTuple):
    """One service record: `day` (ISO) is its first, `minutes` those of all its days.

    `state` is reported, approved, declined, attested or reversed; `decided_by` is empty while it waits for a decision.
    `hosted_by` is the community in which it was held, where that is known.
    """

    id: str
    volunteer: str
    activity: str
    activity_name: str
    day: str
    minutes: int
    evidence: str
    visit: str | None
    state: str
    reported_by: str
    decided_by: str | None
    hosted_by: str | None


class Records(View):
    """A row for every record there ever was."""

    name = "records"
    version = 3
    types: ClassVar = PLACES | frozenset(
        {ServiceReported, ServiceApproved, ServiceDeclined, ServiceAttested, ServiceReversed}
    )

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(suffix)
        self.records = self.table(
            "record",
            text_column("id", key=True),
            *(text_column(name) for name in ("volunteer", "activity", "activity_name", "day")),
            Column("minutes", BigInteger, nullable=False),
            text_column("evidence"),
            text_column("visit", optional=True),
            *(text_column(name) for name in ("state", "reported_by")),
            *(text_column(name, optional=True) for name in ("decided_by", "hosted_by")),
            Column("told", BigInteger, nullable=False),
            *(Column(name, BigInteger) for name in ("decided", "undone")),
        )
        row = self.records.c
        pending = row.state == REPORTED
        Index(self.index_name("record_volunteer"), row.volunteer, row.day)
        Index(self.index_name("record_day"), row.day, row.id)
        Index(self.index_name("record_activity"), row.activity, row.day, row.id)
        # Only what waits, so that looking for it does not grow with history.
        waiting = Index(self.index_name("record_pending"), row.day, row.id, sqlite_where=pending)
        self.on_postgresql(waiting, where=pending)
        self._put = Bulk(self.records, put=("state", "decided_by", "decided"))
        this = row.id == bindparam("record")
        self._end = (
            update(self.records)
            .where(this)
            .values(state=DECLINED, decided_by=bindparam("its_decider"), decided=bindparam("at_position"))
        )
        self._undo = update(self.records).where(this).values(state=REVERSED, undone=bindparam("at_position"))
        self.columns = tuple(row[name] for name in RecordRow._fields)
        self.affairs = RecordAffairs(self, self.records, REPORTED)
        self._some = InList(select(*self.columns), row.id)
        self._steps = InList(select(row.id, row.told, row.decided, row.undone), row.id)

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Put the latest of each that tells the whole of it, then end those that were declined or reversed."""
        earliest: dict[str, tuple[RecordRow, int]] = {}
        rows: dict[str, tuple[Any, ...]] = {}
        declined: list[dict[str, Any]] = []
        reversed_: list[dict[str, Any]] = []
        for position, event, _ in batch:
            match event:
                case ServiceDeclined():
                    declined.append(
                        {"record": event.record, "its_decider": event.by, "at_position": position}
                    )
                case ServiceReversed():
                    reversed_.append({"record": event.service.record, "at_position": position})
                case ServiceReported() | CountedService():
                    row = _row(event)
                    decided = None if row.decided_by is None else position
                    # As `put` would, had the batch ended between the two.
                    first, told = earliest.setdefault(row.id, (row, position))
                    row = first._replace(state=row.state, decided_by=row.decided_by)
                    rows[row.id] = (*row, told, decided, None)
                case _:
                    pass
        self._put.run(connection, [rows[identifier] for identifier in sorted(rows)])
        if declined:
            connection.execute(self._end, declined)
        if reversed_:
            connection.execute(self._undo, reversed_)
        self.affairs.fold(connection, [event for _, event, _ in batch])

    def get(self, connection: Connection, record: str) -> RecordRow | None:
        """One record by id."""
        found = connection.execute(select(*self.columns).where(self.records.c.id == record)).first()
        return None if found is None else RecordRow(*found)

    def listed(
        self,
        connection: Connection,
        *,
        volunteer: str | None = None,
        pending: bool = False,
        period: Period | None = None,
    ) -> list[RecordRow]:
        """Records by first day and id: of a volunteer, waiting for a decision, of a period, where that is asked."""
        row = self.records.c
        wanted: list[Any] = []
        if volunteer is not None:
            wanted.append(row.volunteer == volunteer)
        if pending:
            wanted.append(row.state == PENDING)
        if period is not None:
            wanted.append(days_within(row.day, period))
        return self.rows(connection, select(*self.columns).where(*wanted).order_by(row.day, row.id))

    def steps(
        self, connection: Connection, records: Sequence[str]
    ) -> dict[str, tuple[int, int | None, int | None]]:
        """At which positions some records were first told, decided on, and reversed, by id."""
        return {row[0]: row[1:] for row in self._steps.rows(connection, records)}

    def some(self, connection: Connection, records: Sequence[str]) -> list[RecordRow]:
        """Some records that there are, in the order in which they are named."""
        rows = (RecordRow(*row) for row in self._some.rows(connection, records))
        found = {row.id: row for row in rows}
        return [found[record] for record in records]

    def rows(self, connection: Connection, query: Select[Any]) -> list[RecordRow]:
        """The records that a query of their `columns` finds."""
        return [RecordRow(*one) for one in connection.execute(query)]


def _row(event: ServiceReported | CountedService) -> RecordRow:
    service, by = event.service, event.by
    match event:
        case ServiceApproved():
            state, reported_by, decided_by = APPROVED, event.reported_by, by
        case ServiceAttested():
            state, reported_by, decided_by = ATTESTED, by, by
        case _:
            state, reported_by, decided_by = REPORTED, by, None
    return RecordRow(
        service.record,
        service.volunteer,
        service.activity,
        service.activity_name,
        event.days[0].day.isoformat(),
        sum(served.minutes for served in event.days),
        service.evidence,
        service.visit,
        state,
        reported_by,
        decided_by,
        service.hosted_by,
    )
