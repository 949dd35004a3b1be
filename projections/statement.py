"""The statement: every change of a volunteer's two books, in log order, with running balances."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Row, select

from ledger.domain.accounts import VOLUNTEER, pool_account, volunteer_account
from ledger.domain.events import (
    CountedService,
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    Event,
    RedemptionEvent,
)
from ledger.domain.postings import MOVING, postings, service_lines
from ledger.store.among import Among
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded, decode, type_name
from ledger.store.log import data_at
from projections.periods import Period
from projections.view import View, days_within, instant_text, text_column


class Line(NamedTuple):
    """One line of a statement. `day` is the day of service, `at` the instant of booking (UTC, RFC 3339).

    `about` is the activity, the offer or the other account, `reason` a code where one was given; minutes are signed.
    """

    line: int
    position: int
    event: str
    at: str
    day: str
    by: str
    about: str
    reason: str | None
    service_minutes: int
    credit_minutes: int
    service_balance: int
    credit_balance: int


class Some(NamedTuple):
    """Which lines of a statement: up to `limit` beyond the line numbered `after`, of a period's days of service.

    The oldest come first, or the `newest`; 0 is before the first of either.
    """

    after: int = 0
    limit: int = 200
    newest: bool = False
    period: Period | None = None


class Statement(View):
    """Numbered lines for each volunteer, and the totals that the next line starts from.

    A line holds what no single fact tells; the rest is read from its fact in the log.
    """

    name = "statement"
    types: ClassVar = MOVING

    def __init__(self, suffix: str = "") -> None:
        """Describe the tables."""
        super().__init__(suffix)
        self.lines = self.table(
            "statement_line",
            text_column("volunteer", key=True),
            Column("position", BigInteger, nullable=False),
            text_column("day"),
            Column("service_minutes", BigInteger, nullable=False),
            Column("credit_minutes", BigInteger, nullable=False),
            Column("line", BigInteger, primary_key=True, autoincrement=False),
            Column("service_balance", BigInteger, nullable=False),
            Column("credit_balance", BigInteger, nullable=False),
        )
        self.totals = self.table(
            "statement_total",
            text_column("volunteer", key=True),
            *(
                Column(name, BigInteger, nullable=False)
                for name in ("lines", "service_balance", "credit_balance")
            ),
        )
        self._put_totals = Bulk(self.totals, put=("lines", "service_balance", "credit_balance"))
        self._add_lines = Bulk(self.lines)
        self._known = Among(select(self.totals), self.totals.c.volunteer)

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Write the lines of each fact under those before."""
        changes = [change for recorded in batch for change in _changes(recorded)]
        totals = self._totals(connection, sorted({change[0] for change in changes}))
        rows: list[tuple[str | int, ...]] = []
        for volunteer, position, day, service, credit in changes:
            lines, service_balance, credit_balance = totals[volunteer]
            total = lines + 1, service_balance + service, credit_balance + credit
            totals[volunteer] = total
            rows.append((volunteer, position, day, service, credit, *total))
        self._add_lines.run(connection, rows)
        self._put_totals.run(connection, [(volunteer, *total) for volunteer, total in totals.items()])

    def of(
        self,
        connection: Connection,
        volunteer: str,
        *,
        after: int = 0,
        limit: int = 200,
        facts: Connection | None = None,
    ) -> list[Line]:
        """Up to `limit` lines after the line numbered `after`, in log order.

        `facts` is a connection to the log, where the view's own database is another.
        """
        return self.some(connection, volunteer, Some(after, limit), facts=facts)

    def some(
        self, connection: Connection, volunteer: str, asked: Some, *, facts: Connection | None = None
    ) -> list[Line]:
        """Likewise, some of the lines in either order."""
        row = self.lines.c
        wanted, order = [row.volunteer == volunteer], row.line.desc() if asked.newest else row.line.asc()
        if asked.after:
            wanted.append(row.line < asked.after if asked.newest else row.line > asked.after)
        if asked.period is not None:
            wanted.append(days_within(row.day, asked.period))
        rows = connection.execute(
            select(self.lines).where(*wanted).order_by(order).limit(asked.limit)
        ).fetchall()
        data = data_at(connection if facts is None else facts, sorted({row.position for row in rows}))
        events = {position: decode(text) for position, text in data.items()}
        return [_line(row, events[row.position]) for row in rows]

    def _totals(self, connection: Connection, volunteers: Sequence[str]) -> dict[str, tuple[int, int, int]]:
        known: dict[str, tuple[int, int, int]] = dict.fromkeys(volunteers, (0, 0, 0))
        for volunteer, lines, service_balance, credit_balance in self._known.rows(connection, volunteers):
            known[volunteer] = lines, service_balance, credit_balance
        return known


def _changes(recorded: Recorded) -> list[tuple[str, int, str, int, int]]:
    """Volunteer, position, day of service, and signed minutes of both books, for all that the fact touches."""
    position, event, _ = recorded
    service: dict[tuple[str, date], int] = {}
    credit: dict[tuple[str, date], int] = {}
    for line in service_lines(event):
        key = line.volunteer, line.day
        service[key] = service.get(key, 0) + line.minutes
    for posting in postings(event):
        if posting.account.startswith(VOLUNTEER):
            key = posting.account.removeprefix(VOLUNTEER), posting.day
            credit[key] = credit.get(key, 0) + posting.minutes
    return [
        (key[0], position, key[1].isoformat(), service.get(key, 0), credit.get(key, 0))
        for key in {**service, **credit}
    ]


def _line(row: Row[Any], event: Event) -> Line:
    return Line(
        line=row.line,
        position=row.position,
        event=type_name(type(event)),
        at=instant_text(event.at),
        day=row.day,
        by=event.by,
        about=_about(event, row.volunteer),
        reason=getattr(event, "reason", None),
        service_minutes=row.service_minutes,
        credit_minutes=row.credit_minutes,
        service_balance=row.service_balance,
        credit_balance=row.credit_balance,
    )


def _about(event: Event, volunteer: str) -> str:
    """What a line is about: the activity, the offer, or the account on the other side."""
    match event:
        case CountedService():
            return event.service.activity_name
        case RedemptionEvent():
            return event.offer_name
        case CreditsTransferred():
            return volunteer_account(event.receiver if event.giver == volunteer else event.giver)
        case CreditsDonated() | CreditsGranted():
            return pool_account(event.community)
        case _:
            return ""
