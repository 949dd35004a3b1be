"""What the writer asks of a view that is kept inside its transaction."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection

from ledger.store.codec import Recorded


class InlineView(Protocol):
    """A read model that is folded in the transaction that appends."""

    @property
    def name(self) -> str:
        """The view's name."""
        ...

    def apply(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Fold new facts, in log order, within the writer's transaction."""
        ...

    def try_to_write(self, connection: Connection, *, thoroughly: bool) -> None:
        """Write something and take it back within a transaction: much where it is done `thoroughly`."""
        ...
