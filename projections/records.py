"""Service records: every one of them, with what has become of it."""

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
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
    Event,
    ServiceApproved,
    ServiceAttested,
    ServiceDeclined,
    ServiceReported,
    ServiceReversed,
)
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from projections.periods import Period
from projections.view import View, text_column

REPORTED, APPROVED, DECLINED, ATTESTED, REVERSED = "reported", "approved", "declined", "attested", "reversed"

# Written out in the statement: for a bound value SQLite does not see that the index of what is pending would do.
_PENDING = literal(REPORTED, literal_execute=True)


class RecordRow(NamedTuple):
    """One service record: `day` (ISO) is its first, `minutes` those of all its days.

    `state` is reported, approved, declined, attested or reversed; `decided_by` is empty while it waits for a decision.
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


class Wanted(NamedTuple):
    """Which records are asked for: those of some volunteers (a query of ids), in a state, of a period; None for all."""

    volunteers: Select[str] | None = None
    state: str | None = None
    period: Period | None = None


class Records(View):
    """A row for every record there ever was."""

    name = "records"
    types: ClassVar = frozenset(
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
            text_column("decided_by", optional=True),
        )
        row = self.records.c
        pending = row.state == REPORTED
        Index(self.index_name("record_volunteer"), row.volunteer, row.day)
        # Only what waits, so that looking for it does not grow with history.
        Index(
            self.index_name("record_pending"), row.day, row.id, sqlite_where=pending, postgresql_where=pending
        )
        self._put = Bulk(self.records, put=("state", "decided_by"))
        self._end = (
            update(self.records)
            .where(row.id == bindparam("record"))
            .values(state=bindparam("its_state"), decided_by=bindparam("its_decider"))
        )
        self._undo = update(self.records).where(row.id == bindparam("record")).values(state=REVERSED)

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Put the latest of each that tells the whole of it, then end those that were declined or reversed."""
        rows: dict[str, RecordRow] = {}
        declined: list[dict[str, Any]] = []
        reversed_: list[dict[str, Any]] = []
        for _, event, _ in batch:
            match event:
                case ServiceDeclined():
                    declined.append({"record": event.record, "its_state": DECLINED, "its_decider": event.by})
                case ServiceReversed():
                    reversed_.append({"record": event.service.record})
                case _:
                    row = _row(event)
                    rows[row.id] = row
        self._put.run(connection, [rows[identifier] for identifier in sorted(rows)])
        if declined:
            connection.execute(self._end, declined)
        if reversed_:
            connection.execute(self._undo, reversed_)

    def get(self, connection: Connection, record: str) -> RecordRow | None:
        """One record by id."""
        found = connection.execute(select(self.records).where(self.records.c.id == record)).first()
        return None if found is None else RecordRow(*found)

    def of(
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
            wanted.append(row.state == _PENDING)
        if period is not None:
            wanted += _served_in(row.day, period)
        found = select(self.records).where(*wanted).order_by(row.day, row.id)
        return [RecordRow(*one) for one in connection.execute(found)]

    def after(
        self, connection: Connection, wanted: Wanted, *, after: tuple[str, str] = ("", ""), limit: int
    ) -> list[RecordRow]:
        """Up to `limit` of the wanted records after a first day and id, by first day and id."""
        row = self.records.c
        day, record = after
        conditions: list[Any] = [(row.day > day) | ((row.day == day) & (row.id > record))]
        if wanted.volunteers is not None:
            conditions.append(row.volunteer.in_(wanted.volunteers))
        if wanted.state is not None:
            conditions.append(row.state == (_PENDING if wanted.state == REPORTED else wanted.state))
        if wanted.period is not None:
            conditions += _served_in(row.day, wanted.period)
        found = select(self.records).where(*conditions).order_by(row.day, row.id).limit(limit)
        return [RecordRow(*one) for one in connection.execute(found)]

    def alike(
        self, connection: Connection, volunteer: str, activity: str, name: str, day: str
    ) -> list[RecordRow]:
        """The records of a volunteer that begin on a day at an activity, or one of its name, and wait or count."""
        row = self.records.c
        found = select(self.records).where(
            row.volunteer == volunteer,
            row.day == day,
            (row.activity == activity) | (row.activity_name == name),
            row.state.in_((REPORTED, APPROVED, ATTESTED)),
        )
        return [RecordRow(*one) for one in connection.execute(found.order_by(row.id))]


def _served_in(day: Column[str], period: Period) -> list[ColumnElement[bool]]:
    return [day >= f"{period.first_month}-01", day <= f"{period.last_month}-31"]


def _row(event: Event) -> RecordRow:
    assert isinstance(event, ServiceReported | CountedService)
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
    )
