"""The Merkle tree over the log's stored bytes: what proofs and checkpoints are made from."""

from base64 import b64encode
from binascii import a2b_base64
from collections.abc import Sequence
from typing import ClassVar

from sqlalchemy import BigInteger, Column, Connection, Integer, bindparam, func, select

from ledger.domain.events import EVERY_TYPE, LedgerOpened
from ledger.store.bulk import Bulk
from ledger.store.codec import Recorded
from ledger.store.leaves import event_hash
from ledger.store.merkle import EMPTY_ROOT, node_hash, root_of, split_at
from projections.view import View, text_column

STEP = 8
"""Nodes are kept at every eighth level: those between are made from at most 128 others."""
BLOCK = 1 << STEP


class Tree(View):
    """The hashes of leaves, and of each node over 256 of the level beneath; none of them ever changes.

    The leaf of the event at a position is number position - 1 of level 0.
    """

    name = "tree"
    types: ClassVar = EVERY_TYPE

    def __init__(self, suffix: str = "") -> None:
        """Describe the tables."""
        super().__init__(suffix)
        self.nodes = self.table(
            "tree_node",
            Column("level", Integer, primary_key=True, autoincrement=False),
            Column("number", BigInteger, primary_key=True, autoincrement=False),
            text_column("hash"),
        )
        self.origin = self.table("tree_origin", text_column("origin", key=True))
        self._add = Bulk(self.nodes)
        self._add_origin = Bulk(self.origin)
        nodes = self.nodes.c
        self._some = (
            select(nodes.hash)
            .where(
                nodes.level == bindparam("of"),
                nodes.number >= bindparam("start"),
                nodes.number < bindparam("end"),
            )
            .order_by(nodes.number)
        )

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        """Add the leaves of events that follow each other, and every node that they complete."""
        first = batch[0]
        if isinstance(first.event, LedgerOpened):
            self._add_origin.run(connection, [(first.event.origin,)])
        origin = connection.execute(select(self.origin.c.origin)).scalar_one()
        hashes = [event_hash(origin, one.position, one.data) for one in batch]
        level, number = 0, first.position - 1
        rows: list[tuple[int, int, str]] = []
        while hashes:
            rows.extend((level, at, b64encode(one).decode()) for at, one in enumerate(hashes, number))
            # A block that was begun before ends with what is new.
            begun = number % BLOCK
            if begun and begun + len(hashes) >= BLOCK:
                hashes = self.hashes(connection, level, number - begun, number) + hashes
                number -= begun
            elif begun:
                hashes, number = [], 0
            whole = len(hashes) // BLOCK
            hashes = [root_of(hashes[one * BLOCK : (one + 1) * BLOCK]) for one in range(whole)]
            level, number = level + STEP, number // BLOCK
        self._add.run(connection, rows)

    def size(self, connection: Connection) -> int:
        """How many leaves there are."""
        nodes = self.nodes.c
        last = connection.execute(select(func.max(nodes.number)).where(nodes.level == 0)).scalar_one()
        return 0 if last is None else int(last) + 1

    def look(self, connection: Connection) -> "Nodes":
        """The tree's nodes, read as they are asked for."""
        return Nodes(self, connection)

    def hashes(self, connection: Connection, level: int, start: int, end: int) -> list[bytes]:
        """The nodes of a level that is kept, from one number up to, not including, another."""
        found = connection.execute(self._some, {"of": level, "start": start, "end": end})
        return [_hash(text) for text in found.scalars().all()]


class Nodes:
    """The tree as it is in one transaction; what was read of it is remembered, so keep it no longer than that."""

    def __init__(self, tree: Tree, connection: Connection) -> None:
        """Nothing is read yet."""
        self._tree = tree
        self._connection = connection
        self._blocks: dict[tuple[int, int], list[bytes]] = {}

    def root(self, size: int) -> bytes:
        """The root of the first `size` leaves; raises LookupError if there are fewer."""
        return self.subtree(0, size)

    def subtree(self, start: int, end: int) -> bytes:
        """The root of the leaves from one number up to, not including, another: as RFC 6962 divides a tree."""
        if start == end:
            return EMPTY_ROOT
        size = end - start
        if size & (size - 1) == 0:
            return self._whole(size.bit_length() - 1, start // size)
        middle = start + split_at(size)
        return node_hash(self.subtree(start, middle), self.subtree(middle, end))

    def leaf(self, number: int) -> bytes:
        """The hash of one leaf."""
        return self._whole(0, number)

    def _whole(self, level: int, number: int) -> bytes:
        """A node all of whose leaves are there."""
        kept = level - level % STEP
        width = 1 << (level - kept)
        first = number * width
        block, offset = divmod(first, BLOCK)
        known = self._blocks.get((kept, block))
        if known is None:
            known = self._tree.hashes(self._connection, kept, block * BLOCK, (block + 1) * BLOCK)
            self._blocks[kept, block] = known
        some = known[offset : offset + width]
        if len(some) < width:
            raise LookupError(f"the tree has no node {number} of level {level}")
        return root_of(some)


def _hash(text: str) -> bytes:
    """The hash that is kept; what somebody made into none is no hash of anything, and so every comparison tells."""
    try:
        return a2b_base64(text, strict_mode=True)
    except ValueError:
        return b""
