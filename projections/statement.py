"""The statement: every change of a volunteer's two books, in log order, with running balances."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    PrimaryKeyConstraint,
    Select,
    bindparam,
    cast,
    func,
    select,
)

from ledger.domain.accounts import VOLUNTEER
from ledger.domain.postings import MOVING, postings, service_lines
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from ledger.store.in_lists import InList
from ledger.store.log import data_at, with_data
from ledger.store.prepared import Prepared
from projections.balances import Balance
from projections.figures.clocks import LATEST, NOW, Clocks
from projections.figures.periods import EVER, Period, read_period
from projections.lines import Booked, Line, told
from projections.view import View, bounds_of, days_within, text_column

_ADDED_UP = ("position", "day", "service_minutes", "credit_minutes")
_COUNTED_BY = ("community", "team", "programme", "hosted_by")


class Correction(NamedTuple):
    """A line of service for a closed month that came later: `service_minutes` are signed, `records` +1, 0 or -1."""

    position: int
    day: str
    volunteer: str
    community: str
    service_minutes: int
    records: int


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

    @property
    def values(self) -> dict[str, str | int]:
        """The same as parameters of a query that always has all of them."""
        first, latest = bounds_of(self.period or EVER)
        after = self.after or (LATEST if self.newest else 0)
        return {**self.clocks.bounds, "first": first, "latest": latest, "after": after, "limit": self.limit}


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
        # What a balance of the past adds up lies in the key's own tree: PostgreSQL has rows as they came.
        key = PrimaryKeyConstraint("volunteer", "line")
        self.lines = self.table(
            "statement_line",
            text_column("volunteer"),
            Column("position", BigInteger, nullable=False),
            text_column("day"),
            Column("service_minutes", BigInteger, nullable=False),
            Column("credit_minutes", BigInteger, nullable=False),
            Column("line", BigInteger, nullable=False),
            Column("service_balance", BigInteger, nullable=False),
            Column("credit_balance", BigInteger, nullable=False),
            Column("records", Integer, nullable=False),
            *(text_column(name, optional=True) for name in _COUNTED_BY),
            key,
        )
        self.on_postgresql(key, include=_ADDED_UP)
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
        self._known = InList(select(self.totals), self.totals.c.volunteer)
        self._prepare()

    def _prepare(self) -> None:
        """Put together what is asked of one volunteer."""
        row = self.lines.c
        columns = [row[name] for name in Booked._fields]
        counting = (
            row.volunteer == bindparam("volunteer"),
            row.day <= bindparam("as_of"),
            row.position <= bindparam("known_at"),
        )
        # Put together once, with every bound: to put a statement together costs more than to run it.
        self.sums: Select[*tuple[Any, ...]] = select(
            func.sum(row.service_minutes), func.sum(row.credit_minutes)
        ).where(*counting)
        """What a balance adds up: of a `volunteer`, `as_of` a day, `known_at` a position."""
        self._sums = Prepared(self.sums)
        of_books = {f"{book}_balance": row[f"{book}_minutes"] for book in ("service", "credit")}
        summed = [
            cast(func.sum(of_books[one.name]).over(order_by=row.line), BigInteger).label(one.name)
            if one.name in of_books
            else one
            for one in columns
        ]
        self.booked = _Pages(select(*columns).where(*counting))
        self._running = _Pages(select(*summed).where(*counting))

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

    def of_volunteer(
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
        # What is known by a position is all that comes before it: the balances on the lines are right.
        pages = self.booked if asked.clocks.as_of is None else self._running
        if facts is None:
            found = pages.with_facts(connection, volunteer, asked)
            return [told(volunteer, Booked(*row), data) for *row, data in found]
        rows = [Booked(*row) for row in pages.rows(connection, volunteer, asked)]
        data = data_at(facts, sorted({row.position for row in rows}))
        return [told(volunteer, row, data[row.position]) for row in rows]

    def balance(self, connection: Connection, volunteer: str, clocks: Clocks) -> Balance | None:
        """Both books of a volunteer as the clocks let lines count; None where none do."""
        sums = self._sums.first(connection, {"volunteer": volunteer, **clocks.bounds})
        assert sums is not None
        service, credit = sums
        return None if service is None else Balance(int(service), int(credit))

    def corrections(self, connection: Connection, month: str, after: int) -> list[Correction]:
        """Lines of service for days of a month that came after a position, in log order."""
        row = self.lines.c
        wanted = (row.community.is_not(None), row.position > after, days_within(row.day, read_period(month)))
        columns = (row[name] for name in Correction._fields)
        lines = select(*columns).where(*wanted).order_by(row.position, row.day)
        return [Correction(*line) for line in connection.execute(lines)]

    def _totals(self, connection: Connection, volunteers: Sequence[str]) -> dict[str, tuple[int, int, int]]:
        known: dict[str, tuple[int, int, int]] = dict.fromkeys(volunteers, (0, 0, 0))
        for volunteer, lines, service_balance, credit_balance in self._known.rows(connection, volunteers):
            known[volunteer] = lines, service_balance, credit_balance
        return known


class _Pages:
    """Some of the lines that a query gives, in either order: put together once, with every bound."""

    def __init__(self, lines: Select[*tuple[Any, ...]]) -> None:
        found = lines.subquery()
        row = found.c
        period = row.day >= bindparam("first"), row.day <= bindparam("latest")
        limit = bindparam("limit", type_=Integer)
        some = select(found).where(*period).limit(limit)
        oldest = some.where(row.line > bindparam("after")).order_by(row.line)
        newest = some.where(row.line < bindparam("after")).order_by(row.line.desc())
        self._alone = Prepared(oldest), Prepared(newest)
        self.told = with_data(oldest, row.position), with_data(newest, row.position)
        """What tells lines, the oldest first or the newest: each with the text of its fact as the last column."""
        self._told = Prepared(self.told[0]), Prepared(self.told[1])

    def rows(self, connection: Connection, volunteer: str, asked: Some) -> list[tuple[Any, ...]]:
        """What the view holds of the lines."""
        return self._rows(self._alone, connection, volunteer, asked)

    def with_facts(self, connection: Connection, volunteer: str, asked: Some) -> list[tuple[Any, ...]]:
        """The same, and last the text of each line's fact, where the log is in the same database."""
        return self._rows(self._told, connection, volunteer, asked)

    def _rows(
        self, either: tuple[Prepared, Prepared], connection: Connection, volunteer: str, asked: Some
    ) -> list[tuple[Any, ...]]:
        return either[asked.newest].rows(connection, {"volunteer": volunteer, **asked.values})


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
