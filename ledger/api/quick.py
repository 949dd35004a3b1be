"""The balance of one volunteer, which a portal asks for all the time: read on the loop, by one plain query.

It knows the usual case alone. Whatever is unusual (a view that broke, somebody unknown) it leaves to the general way.
"""

from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, func, literal_column, select

from ledger.bootstrap import Ledger
from ledger.domain.policy import Policy
from ledger.store.errors import StoreUnavailable
from ledger.store.plain import PlainQuery
from projections import states


class Held(NamedTuple):
    """Both books of a volunteer at a position, in minutes, with the stars of the policy in force."""

    position: int
    service_minutes: int
    credit_minutes: int
    stars: int


class QuickBalances:
    """Reads balances one by one, for one thread."""

    def __init__(self, ledger: Ledger) -> None:
        """Nothing is read yet."""
        self._ledger = ledger
        balances, policies = ledger.views.balances, ledger.views.policies
        table = balances.volunteers.c
        self._query = PlainQuery(
            ledger.log.store,
            select(
                states.TABLE.c.position,
                table.service_minutes,
                table.credit_minutes,
                select(func.count()).select_from(policies.policies).scalar_subquery(),
            ).where(
                states.TABLE.c.name == literal_column(f"'{balances.name}'"),
                states.TABLE.c.version == literal_column(str(balances.version)),
                states.TABLE.c.broken_at.is_(None),
                table.volunteer == bindparam("volunteer"),
            ),
        )
        self._policy: tuple[date, int, Policy | None] | None = None

    def of(self, volunteer: str) -> Held | None:
        """A volunteer's figures, None where the general way has to tell."""
        try:
            row = self._query.first({"volunteer": volunteer})
        except StoreUnavailable:
            return None
        if row is None:
            return None
        position, service, credit, policies = row
        policy = self._in_force(policies)
        return Held(position, service, credit, 0 if policy is None else policy.stars_for(service))

    def close(self) -> None:
        """Let the connection go."""
        self._query.close()

    def _in_force(self, adopted: int) -> Policy | None:
        """The policy of today, remembered until another is adopted or the day is over."""
        today = self._ledger.today()
        if self._policy is None or self._policy[:2] != (today, adopted):
            with self._ledger.reading(self._ledger.views.policies) as (connection, _):
                self._policy = today, adopted, self._ledger.views.policies.in_force(connection, today)
        return self._policy[2]
