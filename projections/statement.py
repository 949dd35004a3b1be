"""The statement: every change of a volunteer's two books, in log order, with running balances."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, select

from ledger.domain.accounts import VOLUNTEER, pool_account, volunteer_account
from ledger.domain.events import (
    CountedService,
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    Event,
    ServiceApproved,
    ServiceAttested,
    ServiceReversed,
)
from ledger.domain.postings import postings, service_lines
from ledger.store.among import Among
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded, type_name
from projections.view import View, text_column


class Line(NamedTuple):
    """One line of a statement. `day` is the day of service, `at` the instant of booking (UTC, RFC 3339).

    `about` is the activity or the other account, `reason` a code where one was given; minutes are signed.
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


class Statement(View):
    """Numbered lines for each volunteer, and the totals that the next line starts from."""

    name = "statement"
    types: ClassVar = frozenset(
        {
            ServiceApproved,
            ServiceAttested,
            ServiceReversed,
            CreditsTransferred,
            CreditsDonated,
            CreditsGranted,
        }
    )

    def __init__(self, suffix: str = "") -> None:
        """Describe the tables."""
        super().__init__(suffix)
        self.lines = self.table(
            "statement_line",
            text_column("volunteer", key=True),
            Column("line", BigInteger, primary_key=True, autoincrement=False),
            Column("position", BigInteger, nullable=False),
            *(text_column(name) for name in ("event", "at", "day", "by", "about")),
            text_column("reason", optional=True),
            *(
                Column(name, BigInteger, nullable=False)
                for name in ("service_minutes", "credit_minutes", "service_balance", "credit_balance")
            ),
            wide=True,
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
        totals = self._totals(connection, sorted({change["volunteer"] for change in changes}))
        rows = [_continued(totals, change) for change in changes]
        self._add_lines.run(connection, rows)
        self._put_totals.run(connection, list(totals.values()))

    def of(self, connection: Connection, volunteer: str, *, after: int = 0, limit: int = 200) -> list[Line]:
        """Up to `limit` lines after the line numbered `after`, in log order."""
        columns = [self.lines.c[name] for name in Line._fields]
        rows = connection.execute(
            select(*columns)
            .where(self.lines.c.volunteer == volunteer, self.lines.c.line > after)
            .order_by(self.lines.c.line)
            .limit(limit)
        )
        return [Line(*row) for row in rows]

    def _totals(self, connection: Connection, volunteers: Sequence[str]) -> dict[str, dict[str, Any]]:
        known = {
            volunteer: {"volunteer": volunteer, "lines": 0, "service_balance": 0, "credit_balance": 0}
            for volunteer in volunteers
        }
        for row in self._known.rows(connection, volunteers):
            known[row.volunteer] = dict(row._mapping)
        return known


def _changes(recorded: Recorded) -> Iterator[dict[str, Any]]:
    """A line for each volunteer and day that the fact touches, without the running balances."""
    position, event = recorded
    both: dict[tuple[str, str], list[int]] = {}
    for line in service_lines(event):
        both.setdefault((line.volunteer, line.day.isoformat()), [0, 0])[0] += line.minutes
    for posting in postings(event):
        if posting.account.startswith(VOLUNTEER):
            owner = posting.account.removeprefix(VOLUNTEER)
            both.setdefault((owner, posting.day.isoformat()), [0, 0])[1] += posting.minutes
    for (volunteer, day), (service, credit) in both.items():
        yield {
            "volunteer": volunteer,
            "position": position,
            "event": type_name(type(event)),
            "at": _instant(event.at),
            "day": day,
            "by": event.by,
            "about": _about(event, volunteer),
            "reason": getattr(event, "reason", None),
            "service_minutes": service,
            "credit_minutes": credit,
        }


def _continued(totals: dict[str, dict[str, Any]], change: dict[str, Any]) -> dict[str, Any]:
    """The change as a line, numbered and with the balances after it; the totals move along."""
    total = totals[change["volunteer"]]
    change["line"] = total["lines"] = total["lines"] + 1
    for book in ("service", "credit"):
        total[f"{book}_balance"] += change[f"{book}_minutes"]
        change[f"{book}_balance"] = total[f"{book}_balance"]
    return change


@lru_cache(maxsize=64)
def _instant(at: datetime) -> str:
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _about(event: Event, volunteer: str) -> str:
    """What a line is about: the activity, or the account on the other side."""
    match event:
        case CountedService():
            return event.service.activity_name
        case CreditsTransferred():
            return volunteer_account(event.receiver if event.giver == volunteer else event.giver)
        case CreditsDonated() | CreditsGranted():
            return pool_account(event.community)
        case _:
            return ""
