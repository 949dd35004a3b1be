"""Holding a ledger against itself and against what was signed: bytes, tree, checkpoints, tags, views, books."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from ledger.audit.checkpoints import Checkpoint, verified_checkpoint
from ledger.audit.clock import Clock
from ledger.audit.kept import faults_of_rows, signed_rows
from ledger.audit.laws import Laws
from ledger.audit.notes import BadNote, VerifierKey
from ledger.audit.shapes import fault_of_file, fault_of_shapes
from ledger.store.codec import StoredEvent, UnreadableEvent, decode
from ledger.store.engine import Store
from ledger.store.leaves import event_hash
from ledger.store.log import Log, batches, head, strays
from ledger.store.merkle import EMPTY_ROOT, node_hash
from ledger.store.seals import fault_of_seals
from projections.running.checking import Checked, check, is_text, reason, told
from projections.running.rebuilding import Progress, no_progress
from projections.tree import Tree
from projections.view import View

_BATCH = 5_000


class Found(NamedTuple):
    """What one examination found: `fault` says in a sentence what is wrong first, and is empty if nothing is.

    `remark` is what should be known all the same, and is no fault of the ledger.
    """

    name: str
    fault: str
    remark: str = ""


class Beside(NamedTuple):
    """What is known besides the ledger: the embedded directory's store, and what time it is; either may be left out."""

    directory: Store | None = None
    now: datetime | None = None


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
    beside: Beside | None = None,
    progress: Progress = no_progress,
) -> Iterator[Found]:
    """What each examination found, one after the other. `outside` are checkpoints that somebody else kept.

    Nothing is written, and writers go on: the log is read for the bytes, and again for tags and views. What cannot be
    examined, as somebody wrote over it, is a fault, and keeps no other from being examined.
    """
    beside = beside or Beside()
    tree = next(view for view in views if isinstance(view, Tree))
    reading = _Reading(tree, keys, outside, Clock(beside.now))
    unread = told(lambda: reading.read_all(log, progress))
    yield Found("bytes and tree", reading.bytes_fault or unread)
    yield Found("checkpoints", reading.signed_fault or unread)
    yield Found("laws of the books", reading.law_fault or unread)
    yield from _views(log, views, progress)
    yield Found("tables and triggers", told(lambda: fault_of_shapes(log, views)))
    if log.store.embedded:
        yield Found("database file", told(lambda: fault_of_file(log.store)))
    if log.store.embedded and beside.directory is not None:
        directory = beside.directory
        yield Found("directory file", told(lambda: fault_of_file(directory)))
    yield Found("clock", reading.clock.fault or unread, reading.clock.remark)


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


def _views(log: Log, views: Sequence[View], progress: Progress) -> Iterator[Found]:
    try:
        found = check(log, views, progress)
    except Exception as error:
        fault = f"cannot be examined: {reason(error)}"
        found = [Checked(name, 0, fault) for name in ("log", *(view.name for view in views))]
    for one in found:
        yield Found("tags" if one.name == "log" else f"view {one.name}", _plainly(one))


def _plainly(one: Checked) -> str:
    return one.problem and (one.problem if one.name == "log" else f"it {one.problem}")


class _Reading:
    """One reading of the whole log, with the first fault of each kind."""

    def __init__(self, tree: Tree, keys: Sequence[VerifierKey], outside: Sequence[str], clock: Clock) -> None:
        self.bytes_fault = self.signed_fault = self.law_fault = ""
        self.clock = clock
        self._tree = tree
        self._keys = keys
        self._outside = outside
        self._signed: dict[int, Checkpoint] = {}
        self._unkept = ""
        self._peaks = Peaks()
        self._laws = Laws()
        self._origin = ""

    def read_all(self, log: Log, progress: Progress) -> str:
        """Read from the first event to the last; what is found is told by kinds."""
        with log.store.snapshot() as connection:
            self._note_signed(told(lambda: self._know_signed(connection), connection))
            upto = head(connection)
            for rows in batches(connection, 0, upto, size=_BATCH):
                self._compare_tree(connection, rows, [self._take(row) for row in rows])
                progress("verify", rows[-1].position if rows else upto, upto)
            leaves, before = self._tree.size(connection), strays(connection)
        self._note_signed(self._unkept)
        if leaves != self._peaks.size:
            self._note_bytes(f"the tree has {leaves} leaves, and the log {self._peaks.size} events")
        if before:
            self._note_bytes("events stand before the first")
        return ""

    def _know_signed(self, connection: Connection) -> str:
        """Gather what was signed; the first fault of what is stored, or was kept outside."""
        rows = [*signed_rows(connection, self._keys)][::-1]
        self._signed, fault = signed_by([*(row.note for row, _ in rows), *self._outside], self._keys)
        size = head(connection)
        faults = [
            fault,
            f"{max(self._signed)} events were signed, and the log has {size}: some were taken away"
            if max(self._signed, default=0) > size
            else "",
            *faults_of_rows(connection, self._keys),
            fault_of_seals(connection),
        ]
        unkept = min(self._signed.keys() - {one.size for _, one in rows}, default=None)
        if unkept is not None:
            self._unkept = f"a checkpoint of {unkept} events that was kept is not among those that are stored"
        return next(filter(None, faults), "")

    def _take(self, row: StoredEvent) -> bytes:
        if row.position != self._peaks.size + 1:
            self._note_bytes(f"event {self._peaks.size + 1} is missing")
        if not is_text(row):
            self._note_bytes(f"event {row.position} is no text")
        data = str(row.data)
        try:
            event = decode(data)
        except UnreadableEvent:
            self._note_bytes(f"event {row.position} cannot be read")
        else:
            self._origin = self._origin or getattr(event, "origin", "")
            self.clock.take(row.position, event)
            for broken in self._laws.broken_by(event):
                self.law_fault = (
                    self.law_fault or f"event {row.position} of {event.at:%Y-%m-%d %H:%M} UTC: {broken}"
                )
        leaf = event_hash(self._origin, row.position, data)
        self._peaks.add(leaf)
        signed = self._signed.get(self._peaks.size)
        if signed is not None and signed.root != self._peaks.root():
            self._note_signed(
                f"the first {signed.size} events are not those that were signed: one of them was changed since"
            )
        return leaf

    def _compare_tree(
        self, connection: Connection, rows: Sequence[StoredEvent], leaves: Sequence[bytes]
    ) -> None:
        if not rows:
            return
        first, last = rows[0].position - 1, rows[-1].position
        kept = self._tree.hashes(connection, 0, first, last)
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
