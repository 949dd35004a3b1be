"""Every balance recomputed from the log's stored bytes, which are hashed anew and held against what was signed."""

from collections.abc import Sequence
from contextlib import closing
from typing import NamedTuple

from sqlalchemy import Connection

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.kept import faults_of_rows, signed_rows
from ledger.audit.notes import VerifierKey
from ledger.audit.parts import LENGTH, read_parts
from ledger.audit.verification import Found, signed_by
from ledger.domain.books import Books
from ledger.domain.minutes import spoken
from ledger.store.leaves import event_hashes
from ledger.store.log import Log, bytes_between, head
from ledger.store.merkle import root_of
from projections.balances import Balances
from projections.running import states
from projections.running.checking import state_problem
from projections.running.rebuilding import Progress, no_progress
from projections.tree import BLOCK, STEP, Tree
from projections.view import View


class How(NamedTuple):
    """By how many processes the log is read, in parts of how many events: a multiple of 256 by a power of two."""

    processes: int = 1
    length: int = LENGTH


class Recomputed(NamedTuple):
    """What all bytes came to. `signed` is how many events the largest checkpoint covers, None if there is none."""

    checkpoint: Checkpoint
    signed: int | None
    volunteers: int
    accounts: int
    found: list[Found]


class Against(NamedTuple):
    """What a log is held against: its views, and checkpoints of its own or `outside`, by the keys that sign them."""

    balances: Balances
    tree: Tree
    keys: Sequence[VerifierKey] = ()
    outside: Sequence[str] = ()


def recompute(
    log: Log, origin: str, against: Against, how: How | None = None, progress: Progress = no_progress
) -> Recomputed:
    """Read the log once, as it is now, from its first byte to its last. Nothing is written, and writers go on.

    Memory grows with the accounts, and not with the log.
    """
    how = how or How()
    with log.store.snapshot() as connection:
        size = head(connection)
        last = next((row.note for row, _ in signed_rows(connection, against.keys)), None)
        signed, distrust = signed_by([*([] if last is None else [last]), *against.outside], against.keys)
        distrust = distrust or next(iter(faults_of_rows(connection, against.keys)), "")
        blocks: list[bytes] = []
        books, fault = Books(), ""
        for part in read_parts(log.store, origin, size, *how):
            blocks += part.blocks
            books.merge(part.books)
            fault = fault or part.fault
            progress("recompute", part.upto, size)
        bytes_read = _Bytes(connection, Checkpoint(origin, size, root_of(blocks)), blocks)
        volunteers, accounts = books.volunteers(), books.accounts()
        counts = len(volunteers), len(accounts)
        found = [
            Found("stored events", fault),
            Found("tree", bytes_read.fault_of_tree(against.tree)),
            Found("checkpoints", distrust or bytes_read.fault_of(signed)),
            Found(
                "balances",
                _fault_of_view(connection, against.balances, size)
                or _fault_of_balances(connection, against.balances, volunteers, accounts),
            ),
        ]
    return Recomputed(bytes_read.checkpoint, max(signed, default=None), *counts, found)


class _Bytes:
    """What the bytes that were read hash to, held against what is known of them."""

    def __init__(self, connection: Connection, checkpoint: Checkpoint, blocks: Sequence[bytes]) -> None:
        self.checkpoint = checkpoint
        self._connection = connection
        self._blocks = blocks

    def fault_of_tree(self, tree: Tree) -> str:
        """Where the tree beside the log is another one, empty if nowhere."""
        size = self.checkpoint.size
        problem = _fault_of_view(self._connection, tree, size)
        if problem:
            return problem
        leaves = tree.size(self._connection)
        if leaves != size:
            return f"it has {leaves} leaves, and the log {size} events"
        kept = tree.hashes(self._connection, STEP, 0, size // BLOCK)
        for number, block in enumerate(self._blocks[: size // BLOCK]):
            if number >= len(kept) or kept[number] != block:
                return self._fault_of_block(tree, number)
        try:
            root = tree.look(self._connection).root(size)
        except LookupError as error:
            return str(error)
        if root == self.checkpoint.root:
            return ""
        return self._fault_of_block(tree, size // BLOCK)

    def fault_of(self, signed: dict[int, Checkpoint]) -> str:
        """What contradicts a checkpoint, empty if nothing does."""
        for size, one in sorted(signed.items()):
            if size > self.checkpoint.size:
                return (
                    f"{size} events were signed, and the log has {self.checkpoint.size}: some were taken away"
                )
            if self._root(size) != one.root:
                return (
                    f"the first {size} events are not those that were signed: one of them was changed since"
                )
        return ""

    def _root(self, size: int) -> bytes:
        """The root of the first `size` events, of which the last that fill no block are read again."""
        whole = size // BLOCK
        leaves = [*self._leaves(whole * BLOCK, size).values()]
        return root_of([*self._blocks[:whole], *([root_of(leaves)] if leaves else [])])

    def _fault_of_block(self, tree: Tree, number: int) -> str:
        start, end = number * BLOCK, min((number + 1) * BLOCK, self.checkpoint.size)
        leaves = self._leaves(start, end)
        for position, known in enumerate(tree.hashes(self._connection, 0, start, end), start + 1):
            if leaves.get(position) != known:
                return f"event {position} is not what it has a leaf of: one of the two was changed"
        return f"its nodes above events {start + 1} to {end} are not those of their leaves"

    def _leaves(self, after: int, upto: int) -> dict[int, bytes]:
        """The hashes of the events after one position up to another, by position, in order."""
        rows = bytes_between(self._connection, after, upto)
        hashes = event_hashes(self.checkpoint.origin, rows)
        return {position: leaf for (position, _), leaf in zip(rows, hashes, strict=True)}


def _fault_of_view(connection: Connection, view: View, size: int) -> str:
    problem = state_problem(states.read(connection).get(view.name), view, size)
    return problem and f"the view {problem}"


def _fault_of_balances(
    connection: Connection, view: Balances, volunteers: dict[str, tuple[int, int]], accounts: dict[str, int]
) -> str:
    """The first that is shown otherwise than it was counted; what is shown rightly is taken out of both."""
    with closing(view.every(connection)) as balances, closing(view.other_accounts(connection)) as others:
        for volunteer, shown in balances:
            counted = volunteers.pop(volunteer, None)
            if counted != shown:
                return f"{volunteer} is shown with {_both(shown)}, and the events say {_both(counted)}"
        for account, minutes in others:
            counted = accounts.pop(account, None)
            if counted != minutes:
                says = "nothing of it" if counted is None else spoken(counted)
                return f"the account {account} is shown with {spoken(minutes)}, and the events say {says}"
    absent = min([*volunteers, *accounts], default=None)
    return "" if absent is None else f"{absent} is not shown, and the events tell of it"


def _both(minutes: tuple[int, int] | None) -> str:
    if minutes is None:
        return "nothing of them"
    return f"{spoken(minutes[0])} of service and {spoken(minutes[1])} of credits"
