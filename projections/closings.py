"""The months that were closed, each with the position at which it was."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, select

from ledger.domain.events import PeriodClosed
from ledger.store.codec import Recorded
from projections.view import View, instant_text, text_column


class Closing(NamedTuple):
    """A month (`YYYY-MM`) that was closed at a position, at an instant (UTC, RFC 3339), by somebody."""

    month: str
    position: int
    at: str
    by: str


class Closings(View):
    """A row for every month that is closed."""

    name = "closings"
    types: ClassVar = frozenset({PeriodClosed})

    def __init__(self, suffix: str = "") -> None:
        """Describe the table."""
        super().__init__(suffix)
        self.closings = self.table(
            "closing",
            text_column("month", key=True),
            Column("position", BigInteger, nullable=False),
            text_column("at"),
            text_column("by"),
        )

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Note each month."""
        for position, event, _ in batch:
            assert isinstance(event, PeriodClosed)
            row = Closing(event.month, position, instant_text(event.at), event.by)
            connection.execute(self.closings.insert(), row._asdict())

    def all(self, connection: Connection) -> list[Closing]:
        """Every closed month, the earliest first."""
        rows = connection.execute(select(self.closings).order_by(self.closings.c.month))
        return [Closing(*row) for row in rows]

    def get(self, connection: Connection, month: str) -> Closing | None:
        """The closing of a month, None while it is open."""
        row = connection.execute(select(self.closings).where(self.closings.c.month == month)).first()
        return None if row is None else Closing(*row)
