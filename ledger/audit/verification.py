"""Holding a ledger against itself and against what was signed: bytes, tree, checkpoints, tags, views, books."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from ledger.audit.checkpoints import Checkpoint, verified_checkpoint
from ledger.audit.laws import Laws
from ledger.audit.notes import BadNote, VerifierKey
from ledger.audit.signing import notes
from ledger.store.codec import StoredEvent, UnreadableEvent, decode
from ledger.store.leaves import event_hash
from ledger.store.log import Log, batches, head
from ledger.store.merkle import EMPTY_ROOT, node_hash
from projections.checking import Checked, check
from projections.rebuilding import Progress, no_progress
from projections.tree import Tree
from projections.view import View

_BATCH = 5_000


class Found(NamedTuple):
    """What one examination found: `fault` says in a sentence what is wrong first, and is empty if nothing is."""

    name: str
    fault: str


class Peaks:
    """The roots of the complete parts of a tree that grows leaf by leaf: all that its root is made from."""

    def __init__(self) -> None:
        """No leaf yet."""
        self.size = 0
        self._parts: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Grow by one leaf."""
        self._parts.append(leaf)
        self.size += 1
        size = self.size
        while size % 2 == 0:
            right, left = self._parts.pop(), self._parts.pop()
            self._parts.append(node_hash(left, right))
            size //= 2

    def root(self) -> bytes:
        """The root of all leaves so far."""
        if not self._parts:
            return EMPTY_ROOT
        root = self._parts[-1]
        for part in reversed(self._parts[:-1]):
            root = node_hash(part, root)
        return root


def verify(
    log: Log,
    views: Sequence[View],
    *,
    keys: Sequence[VerifierKey],
    outside: Sequence[str] = (),
    progress: Progress = no_progress,
) -> Iterator[Found]:
    """What each examination found, one after the other. `outside` are checkpoints that somebody else kept.

    Nothing is written, and writers go on: the log is read for the bytes, and again for tags and views.
    """
    tree = next(view for view in views if isinstance(view, Tree))
    with log.store.snapshot() as connection:
        signed, faults = signed_by([*notes(connection), *outside], keys)
        reading = _Reading(connection, tree, signed)
        reading.read_all(progress)
    yield Found("bytes and tree", reading.bytes_fault)
    yield Found("checkpoints", faults or reading.signed_fault)
    yield Found("laws of the books", reading.law_fault)
    for one in check(log, views, progress):
        yield Found("tags" if one.name == "log" else f"view {one.name}", _plainly(one))


def signed_by(some: Sequence[str], keys: Sequence[VerifierKey]) -> tuple[dict[int, Checkpoint], str]:
    """Checkpoints by size, and what is wrong with one of them by itself."""
    signed: dict[int, Checkpoint] = {}
    for note in some:
        try:
            one = verified_checkpoint(note, keys)
        except BadNote as error:
            return signed, f"a checkpoint cannot be trusted: {error}"
        if signed.setdefault(one.size, one).root != one.root:
            return signed, f"two checkpoints of the first {one.size} events contradict each other"
    return signed, ""


def _plainly(one: Checked) -> str:
    return one.problem and (one.problem if one.name == "log" else f"it {one.problem}")


class _Reading:
    """One reading of the whole log, with the first fault of each kind."""

    def __init__(self, connection: Connection, tree: Tree, signed: dict[int, Checkpoint]) -> None:
        self.bytes_fault = self.signed_fault = self.law_fault = ""
        self._connection = connection
        self._tree = tree
        self._signed = signed
        self._peaks = Peaks()
        self._laws = Laws()
        self._origin = ""

    def read_all(self, progress: Progress) -> None:
        """Read from the first event to the last."""
        upto = head(self._connection)
        for rows in batches(self._connection, 0, upto, size=_BATCH):
            self._compare_tree(rows, [self._take(row) for row in rows])
            progress("verify", rows[-1].position if rows else upto, upto)
        leaves = self._tree.size(self._connection)
        if leaves != self._peaks.size:
            self._note_bytes(f"the tree has {leaves} leaves, and the log {self._peaks.size} events")
        beyond = [size for size in self._signed if size > self._peaks.size]
        if beyond:
            self._note_signed(
                f"{max(beyond)} events were signed, and the log has {self._peaks.size}: some were taken away"
            )

    def _take(self, row: StoredEvent) -> bytes:
        if row.position != self._peaks.size + 1:
            self._note_bytes(f"event {self._peaks.size + 1} is missing")
        try:
            event = decode(row.data)
        except UnreadableEvent:
            self._note_bytes(f"event {row.position} cannot be read")
        else:
            self._origin = self._origin or getattr(event, "origin", "")
            for broken in self._laws.broken_by(event):
                self.law_fault = (
                    self.law_fault or f"event {row.position} of {event.at:%Y-%m-%d %H:%M} UTC: {broken}"
                )
        leaf = event_hash(self._origin, row.position, row.data)
        self._peaks.add(leaf)
        signed = self._signed.get(self._peaks.size)
        if signed is not None and signed.root != self._peaks.root():
            self._note_signed(
                f"the first {signed.size} events are not those that were signed: one of them was changed since"
            )
        return leaf

    def _compare_tree(self, rows: Sequence[StoredEvent], leaves: Sequence[bytes]) -> None:
        if not rows:
            return
        first, last = rows[0].position - 1, rows[-1].position
        kept = self._tree.hashes(self._connection, 0, first, last)
        for row, leaf, known in zip(rows, leaves, kept, strict=False):
            if leaf != known:
                self._note_bytes(
                    f"event {row.position} is not what the tree has a leaf of: one of the two was changed"
                )
                return

    def _note_bytes(self, fault: str) -> None:
        self.bytes_fault = self.bytes_fault or fault

    def _note_signed(self, fault: str) -> None:
        self.signed_fault = self.signed_fault or fault
