"""Proving events: the receipts that the log's own tree and checkpoints give."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from ledger.audit.checkpoints import has_root
from ledger.audit.kept import fitting_before, fitting_of
from ledger.audit.receipts import EventReceipt
from ledger.store.log import data_at
from ledger.store.merkle import inclusion_proof
from projections.tree import Tree


class NoCheckpoint(Exception):
    """No checkpoint of just this size was signed."""


class NotCovered(Exception):
    """An event lies beyond the checkpoint that was to cover it; `size` is how many events that one covers."""

    def __init__(self, size: int) -> None:
        """The message says how many are signed."""
        super().__init__(f"{size} events are signed")
        self.size = size


class Proved(NamedTuple):
    """An event's stored text, and the receipt of it beneath a checkpoint of `size` events."""

    data: str
    receipt: EventReceipt
    size: int


def prove(
    connection: Connection, tree: Tree, positions: Sequence[int], size: int | None = None
) -> list[Proved]:
    """The receipts of events at some positions, from 1, by the last checkpoint or by the one of `size` events.

    Raises NoCheckpoint where none has that size, and NotCovered where an event lies beyond the checkpoint.
    """
    nodes = tree.look(connection)
    # Nobody could verify a receipt beneath a root that is not the tree's.
    kept = fitting_before(connection) if size is None else fitting_of(connection, size)
    covering = next((row for row in kept if has_root(nodes, row.checkpoint())), None)
    if covering is None and size is not None:
        raise NoCheckpoint
    if covering is None or max(positions) > covering.size:
        raise NotCovered(0 if covering is None else covering.size)
    data, (covered, note) = data_at(connection, positions), covering
    return [
        Proved(
            data[position],
            EventReceipt(position - 1, tuple(inclusion_proof(position - 1, covered, nodes.subtree)), note),
            covered,
        )
        for position in positions
    ]
