"""The policies adopted, for what is shown by their rules, such as stars."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import ClassVar

import msgspec
from sqlalchemy import BigInteger, Column, Connection, bindparam, func, select

from ledger.domain.events import PolicyAdopted
from ledger.domain.policy import Policy
from ledger.store.codec import Recorded
from ledger.store.prepared import Prepared
from projections.figures.clocks import LATEST
from projections.view import View, text_column


class Policies(View):
    """A row for every adoption."""

    name = "policies"
    types: ClassVar = frozenset({PolicyAdopted})

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(suffix)
        self.policies = self.table(
            "policy",
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            text_column("effective"),
            text_column("body"),
        )
        row = self.policies.c
        self._in_force = Prepared(
            select(row.body)
            .where(row.effective <= bindparam("day"), row.position <= bindparam("last"))
            .order_by(row.effective.desc(), row.position.desc())
            .limit(1)
        )
        newest = select(row.body).order_by(row.effective.desc(), row.position.desc()).limit(1)
        self.body_as_of = newest.where(row.effective <= bindparam("as_of")).scalar_subquery()
        """What is kept of the policy that is in force `as_of` a day, by all that is known: for another query."""
        self.counted = select(func.count()).select_from(self.policies)

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Keep each policy whole."""
        for position, event, _ in batch:
            assert isinstance(event, PolicyAdopted)
            row = {
                "position": position,
                "effective": event.effective.isoformat(),
                "body": msgspec.json.encode(event.policy).decode(),
            }
            connection.execute(self.policies.insert(), row)

    def count(self, connection: Connection) -> int:
        """How many policies were ever adopted."""
        return connection.execute(self.counted).scalar_one()

    def in_force(self, connection: Connection, day: date, known_at: int | None = None) -> Policy | None:
        """The policy of a day, of those adopted by a position; of two with one effective date the later adopted."""
        last = LATEST if known_at is None else known_at
        found = self._in_force.first(connection, {"day": day.isoformat(), "last": last})
        return None if found is None else read_policy(found[0])


@lru_cache(maxsize=64)
def read_policy(body: str) -> Policy:
    """A policy by what is kept of it."""
    return msgspec.json.decode(body, type=Policy)
