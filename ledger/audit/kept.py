"""The checkpoints that a ledger keeps, told from rows beside them that somebody else put there."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from ledger.audit.checkpoints import Checkpoint, read_checkpoint, verified_checkpoint
from ledger.audit.notes import BadNote, VerifierKey, read
from ledger.store.schema import CHECKPOINT, EVENT

_ROWS_A_READ = 100
_BEYOND_ALL = 2**63
_LEAST = -(2**63)
"""No database takes a smaller number, and somebody may have put that one."""

_HEAD = select(func.coalesce(func.max(EVENT.c.position), 0)).scalar_subquery()
_UPTO = (
    select(CHECKPOINT.c.size, CHECKPOINT.c.note)
    .where(CHECKPOINT.c.size <= bindparam("upto"))
    .order_by(CHECKPOINT.c.size.desc())
    .limit(_ROWS_A_READ)
)
_WITHIN = _UPTO.where(CHECKPOINT.c.size <= _HEAD)


class Kept(NamedTuple):
    """A row: how many events it says that it covers, and the note."""

    size: int
    note: str

    def checkpoint(self) -> Checkpoint:
        """What the note says, not verified; raises BadNote for one that is no checkpoint of just so many events."""
        return self._of_its_size(read_checkpoint(read(self.note).text))

    def verified(self, keys: Sequence[VerifierKey]) -> Checkpoint:
        """The same of a note that one of the keys signed; raises BadNote."""
        return self._of_its_size(verified_checkpoint(self.note, keys))

    def _of_its_size(self, found: Checkpoint) -> Checkpoint:
        if found.size != self.size:
            raise BadNote("other-size", size=self.size, signed=found.size)
        return found

    def fits(self) -> bool:
        """Whether the note is a checkpoint of just so many events, whoever signed it."""
        try:
            self.checkpoint()
        except BadNote:
            return False
        return True


def rows_before(
    connection: Connection, before: int = _BEYOND_ALL, *, beyond_head: bool = False
) -> Iterator[Kept]:
    """Every row of fewer than `before` events, the largest first; those that say more than the log has if asked for."""
    statement = _UPTO if beyond_head else _WITHIN
    upto = before - 1
    while upto >= _LEAST and (rows := connection.execute(statement, {"upto": upto}).all()):
        for size, note in rows:
            # Whoever can write here can put bytes in place of text, too.
            yield Kept(size, note if isinstance(note, str) else "")
        upto = rows[-1].size - 1


def is_signed(connection: Connection) -> bool:
    """Whether there is a checkpoint, also one of more events than the log has by now."""
    return any(row.fits() for row in rows_before(connection, beyond_head=True))


def fitting(connection: Connection) -> list[Kept]:
    """The checkpoints that are kept, the oldest first; rows that are none are passed over."""
    return [row for row in rows_before(connection) if row.fits()][::-1]


def fitting_before(connection: Connection, before: int = _BEYOND_ALL) -> Iterator[Kept]:
    """The same of fewer than `before` events, the newest first."""
    return (row for row in rows_before(connection, before) if row.fits())


def fitting_of(connection: Connection, size: int) -> list[Kept]:
    """The checkpoint of just so many events, if there is one."""
    row = next(rows_before(connection, size + 1), None)
    return [row] if row is not None and row.size == size and row.fits() else []


def newest_before(connection: Connection, before: int, limit: int) -> list[str]:
    """The notes of up to `limit` of them."""
    return [row.note for row in islice(fitting_before(connection, before), limit)]


def signed_rows(connection: Connection, keys: Sequence[VerifierKey]) -> Iterator[tuple[Kept, Checkpoint]]:
    """What one of the keys signed, the newest first, also where it covers more than the log has by now."""
    for row in rows_before(connection, beyond_head=True):
        try:
            yield row, row.verified(keys)
        except BadNote:
            continue


def faults_of_rows(
    connection: Connection, keys: Sequence[VerifierKey], newest: int | None = None
) -> list[str]:
    """What is wrong with each row that is no checkpoint signed with one of the keys, a sentence each.

    Of all rows, or of so many with the largest sizes.
    """
    return [
        f"the checkpoint of {row.size} events that is stored cannot be trusted: {fault}"
        for row in islice(rows_before(connection, beyond_head=True), newest)
        if (fault := _fault(row, keys))
    ][::-1]


def _fault(row: Kept, keys: Sequence[VerifierKey]) -> str:
    try:
        row.verified(keys)
    except BadNote as error:
        return str(error)
    return ""
