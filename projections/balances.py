"""Balances: both books, as they stand now."""

from collections.abc import Collection, Generator, Sequence
from typing import ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, bindparam, func, select

from ledger.domain.books import KINDS, Books
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from ledger.store.in_lists import InList
from ledger.store.prepared import Prepared
from projections.view import View, text_column

_ROWS_A_READ = 10_000


class Balance(NamedTuple):
    """A volunteer's two totals, in minutes."""

    service_minutes: int
    credit_minutes: int


class Balances(View):
    """A row for every volunteer, with both books, and one for every other account of the credit book."""

    name = "balances"
    types: ClassVar = KINDS

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
        self._registered = InList(select(self.volunteers.c.volunteer), self.volunteers.c.volunteer)
        self._one = Prepared(
            select(self.volunteers.c.service_minutes, self.volunteers.c.credit_minutes).where(
                self.volunteers.c.volunteer == bindparam("volunteer")
            )
        )

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Add each fact's lines; registering opens an account at zero."""
        books = Books()
        for _, event, _ in batch:
            books.add(type(event), [event])
        self._add_volunteers.run(
            connection, [(volunteer, *minutes) for volunteer, minutes in books.volunteers().items()]
        )
        self._add_accounts.run(connection, [*books.accounts().items()])

    def get(self, connection: Connection, volunteer: str) -> Balance | None:
        """A volunteer's balance, None if nobody is registered under the id."""
        row = self._one.first(connection, {"volunteer": volunteer})
        return None if row is None else Balance(*row)

    def some(self, connection: Connection, limit: int) -> list[tuple[str, Balance]]:
        """Up to `limit` volunteers, each with their balance."""
        rows = connection.execute(select(self.volunteers).limit(limit))
        return [(row[0], Balance(*row[1:])) for row in rows]

    def every(self, connection: Connection) -> Generator[tuple[str, Balance]]:
        """Each volunteer with their balance, in no order; closed by whoever stops before the last."""
        with connection.execute(select(self.volunteers).execution_options(yield_per=_ROWS_A_READ)) as rows:
            for row in rows:
                yield row[0], Balance(*row[1:])

    def other_accounts(self, connection: Connection) -> Generator[tuple[str, int]]:
        """The accounts that are no volunteer's, each with its credit minutes, likewise."""
        with connection.execute(select(self.accounts).execution_options(yield_per=_ROWS_A_READ)) as rows:
            for row in rows:
                yield row[0], row[1]

    def registered(self, connection: Connection, volunteers: Collection[str]) -> set[str]:
        """Which of some volunteers have a row: those the log knows."""
        return {row[0] for row in self._registered.rows(connection, sorted(volunteers))}

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
