"""Reading the log once from its first event, and saying what was read by the root over those very bytes."""

from collections.abc import Iterator

from sqlalchemy import Connection

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.verification import Peaks
from ledger.domain.events import LedgerNamed, LedgerOpened
from ledger.store.codec import StoredEvent, decode, type_name
from ledger.store.leaves import event_hash
from ledger.store.log import batches
from projections.running.rebuilding import Progress, no_progress

_BATCH = 10_000
_NAMED = type_name(LedgerNamed)


class Reading:
    """The first `size` events of a log, in one transaction.

    The root is that of the bytes that were read, whatever the tree beside them says: what was changed from outside
    bears another root than the checkpoint that was signed before.
    """

    def __init__(self, connection: Connection, size: int, progress: Progress = no_progress) -> None:
        """Nothing is read yet; `size` is at most the log's."""
        self.size = size
        self._connection = connection
        self._progress = progress
        self._origin = ""
        self.name: str | None = None
        """The ledger's public name, as far as it was read."""
        self._peaks = Peaks()

    def batches(self) -> Iterator[list[StoredEvent]]:
        """The events, some thousands at a time; to be read once."""
        for rows in batches(self._connection, 0, self.size, size=_BATCH):
            for row in rows:
                self._origin = self._origin or _origin_in(row)
                if row.type == _NAMED:
                    self.name = _name_in(row)
                self._peaks.add(event_hash(self._origin, row.position, row.data))
            yield rows
            self._progress("read", min(self._peaks.size, self.size), self.size)

    @property
    def checkpoint(self) -> Checkpoint:
        """What was read so far, told as auditors tell it, and signed by nobody."""
        return Checkpoint(self._origin, self._peaks.size, self._peaks.root())


def _origin_in(row: StoredEvent) -> str:
    opening = decode(row.data)
    return opening.origin if isinstance(opening, LedgerOpened) else ""


def _name_in(row: StoredEvent) -> str | None:
    named = decode(row.data)
    return named.name if isinstance(named, LedgerNamed) else None
