"""The statement: every change of a volunteer's two books, in log order, with running balances."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, Select, cast, func, select

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
from projections.balances import Balance
from projections.clocks import NOW, Clocks
from projections.periods import Period
from projections.view import View, days_within, instant_text, text_column

_COUNTED_BY = ("community", "team", "programme", "hosted_by")


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

    The oldest come first, or the `newest`; 0 is before the first of either. Running balances are those of the lines
    that the clocks let count.
    """

    after: int = 0
    limit: int = 200
    newest: bool = False
    period: Period | None = None
    clocks: Clocks = NOW


class Statement(View):
    """Numbered lines for each volunteer, and the totals that the next line starts from.

    A line holds what no single fact tells, and what its service minutes are counted by, so that any figure can be
    added up as it stood before; the rest is read from its fact in the log.
    """

    name = "statement"
    version = 2
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
            Column("records", Integer, nullable=False),
            *(text_column(name, optional=True) for name in _COUNTED_BY),
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
        totals = self._totals(connection, sorted({change.volunteer for change in changes}))
        rows: list[tuple[str | int | None, ...]] = []
        for change in changes:
            lines, service_balance, credit_balance = totals[change.volunteer]
            total = lines + 1, service_balance + change.service, credit_balance + change.credit
            totals[change.volunteer] = total
            rows.append((*change[:5], *total, *change[5:]))
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
        lines = self._counting(volunteer, asked.clocks)
        row = lines.selected_columns
        order = row.line.desc() if asked.newest else row.line.asc()
        if asked.after:
            lines = lines.where(row.line < asked.after if asked.newest else row.line > asked.after)
        if asked.period is not None:
            lines = lines.where(days_within(row.day, asked.period))
        rows = connection.execute(lines.order_by(order).limit(asked.limit)).fetchall()
        data = data_at(connection if facts is None else facts, sorted({row.position for row in rows}))
        events = {position: decode(text) for position, text in data.items()}
        return [_line(row, events[row.position]) for row in rows]

    def balance(self, connection: Connection, volunteer: str, clocks: Clocks) -> Balance:
        """Both books of a volunteer as the clocks let lines count; nothing for nobody."""
        row = self.lines.c
        sums = select(func.sum(row.service_minutes), func.sum(row.credit_minutes))
        counting = clocks.counting(row.day, row.position)
        service, credit = connection.execute(sums.where(row.volunteer == volunteer, *counting)).one()
        return Balance(int(service or 0), int(credit or 0))

    def _counting(self, volunteer: str, clocks: Clocks) -> Select[Any]:
        """The lines of a volunteer that count, with the running balances of just these."""
        row = self.lines.c
        lines = select(self.lines).where(row.volunteer == volunteer, *clocks.counting(row.day, row.position))
        if clocks.as_of is None:
            # What is known by a position is all that comes before it: the balances on the lines are right.
            return lines
        running = lines.with_only_columns(
            *(
                row[name]
                for name in ("volunteer", "position", "day", "service_minutes", "credit_minutes", "line")
            ),
            *(
                cast(func.sum(row[f"{book}_minutes"]).over(order_by=row.line), BigInteger).label(
                    f"{book}_balance"
                )
                for book in ("service", "credit")
            ),
        ).subquery()
        return select(running)

    def _totals(self, connection: Connection, volunteers: Sequence[str]) -> dict[str, tuple[int, int, int]]:
        known: dict[str, tuple[int, int, int]] = dict.fromkeys(volunteers, (0, 0, 0))
        for volunteer, lines, service_balance, credit_balance in self._known.rows(connection, volunteers):
            known[volunteer] = lines, service_balance, credit_balance
        return known


class _Change(NamedTuple):
    volunteer: str
    position: int
    day: str
    service: int
    credit: int
    records: int = 0
    community: str | None = None
    team: str | None = None
    programme: str | None = None
    hosted_by: str | None = None


def _changes(recorded: Recorded) -> list[_Change]:
    """Signed minutes of both books by volunteer and day, for all that the fact touches."""
    position, event, _ = recorded
    credit: dict[tuple[str, date], int] = {}
    for posting in postings(event):
        if posting.account.startswith(VOLUNTEER):
            key = posting.account.removeprefix(VOLUNTEER), posting.day
            credit[key] = credit.get(key, 0) + posting.minutes
    served = [
        _Change(
            line.volunteer,
            position,
            line.day.isoformat(),
            line.minutes,
            credit.pop((line.volunteer, line.day), 0),
            line.records,
            line.community,
            line.team,
            line.programme,
            line.hosted_by,
        )
        for line in service_lines(event)
    ]
    moved = [_Change(who, position, day.isoformat(), 0, some) for (who, day), some in credit.items()]
    return served + moved


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
