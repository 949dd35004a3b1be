"""Balances: both books, as they stand now."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, bindparam, func, select

from ledger.domain.accounts import VOLUNTEER
from ledger.domain.events import VolunteerRegistered
from ledger.domain.postings import MOVING, postings, service_lines
from ledger.store.among import Among
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from projections.view import View, text_column


class Balance(NamedTuple):
    """A volunteer's two totals, in minutes."""

    service_minutes: int
    credit_minutes: int


class Balances(View):
    """A row for every volunteer, with both books, and one for every other account of the credit book."""

    name = "balances"
    types: ClassVar = MOVING | {VolunteerRegistered}

    def __init__(self, suffix: str = "") -> None:
        """Describe the tables."""
        super().__init__(suffix)
        self.volunteers = self.table(
            "balance",
            text_column("volunteer", key=True),
            Column("service_minutes", BigInteger, nullable=False),
            Column("credit_minutes", BigInteger, nullable=False),
        )
        self.accounts = self.table(
            "balance_account", text_column("account", key=True), Column("minutes", BigInteger, nullable=False)
        )
        self._add_volunteers = Bulk(self.volunteers, add=("service_minutes", "credit_minutes"))
        self._add_accounts = Bulk(self.accounts, add=("minutes",))
        self._registered = Among(select(self.volunteers.c.volunteer), self.volunteers.c.volunteer)
        self._one = select(self.volunteers.c.service_minutes, self.volunteers.c.credit_minutes).where(
            self.volunteers.c.volunteer == bindparam("volunteer")
        )

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Add each fact's lines; registering opens an account at zero."""
        service: defaultdict[str, int] = defaultdict(int)
        credit: defaultdict[str, int] = defaultdict(int)
        for _, event, _ in batch:
            if isinstance(event, VolunteerRegistered):
                service[event.volunteer] += 0
            for line in service_lines(event):
                service[line.volunteer] += line.minutes
            for posting in postings(event):
                credit[posting.account] += posting.minutes
        own = {account.removeprefix(VOLUNTEER) for account in credit if account.startswith(VOLUNTEER)}
        self._add_volunteers.run(
            connection,
            [
                (volunteer, service[volunteer], credit[VOLUNTEER + volunteer])
                for volunteer in sorted(own | service.keys())
            ],
        )
        self._add_accounts.run(
            connection,
            [line for line in sorted(credit.items()) if not line[0].startswith(VOLUNTEER)],
        )

    def of(self, connection: Connection, volunteer: str) -> Balance | None:
        """A volunteer's balance, None if nobody is registered under the id."""
        row = connection.execute(self._one, {"volunteer": volunteer}).one_or_none()
        return None if row is None else Balance(*row)

    def some(self, connection: Connection, limit: int) -> list[tuple[str, Balance]]:
        """Up to `limit` volunteers, each with their balance."""
        rows = connection.execute(select(self.volunteers).limit(limit))
        return [(row[0], Balance(*row[1:])) for row in rows]

    def registered(self, connection: Connection, volunteers: Collection[str]) -> set[str]:
        """Which of some volunteers have a row: those the log knows."""
        return {row.volunteer for row in self._registered.rows(connection, sorted(volunteers))}

    def account(self, connection: Connection, account: str) -> int:
        """The credit minutes of a pool, issuance or other account that is no volunteer's."""
        found = connection.execute(
            select(self.accounts.c.minutes).where(self.accounts.c.account == account)
        ).scalar()
        return found or 0

    def credit_total(self, connection: Connection) -> int:
        """The sum of the whole credit book: always zero."""
        volunteers = connection.execute(select(func.sum(self.volunteers.c.credit_minutes))).scalar()
        others = connection.execute(select(func.sum(self.accounts.c.minutes))).scalar()
        return int(volunteers or 0) + int(others or 0)
