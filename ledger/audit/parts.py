"""A part of the log, read from its stored bytes: the roots over them, and what they add up to in both books."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import NamedTuple

from ledger.audit.readers import told_in_order
from ledger.domain.books import Books
from ledger.store.engine import Store
from ledger.store.leaves import event_hashes
from ledger.store.log import spans, stored_bytes
from ledger.store.merkle import root_of
from ledger.store.minutes_decoder import moving
from projections.tree import BLOCK

LENGTH = 131_072
"""Events of a part, whole blocks of the tree: enough that to hand its books over costs little beside reading it."""

_ROWS_A_READ = 512


class Part(NamedTuple):
    """What was read up to a position: the root of every 256 events, and the books; `fault` is what is wrong first."""

    upto: int
    blocks: list[bytes]
    books: Books
    fault: str


def read_parts(store: Store, origin: str, size: int, processes: int, length: int = LENGTH) -> Iterator[Part]:
    """The parts up to a position, in order: read by so many processes, by this one if there is but one.

    Raises StoreError if one of them is killed.
    Each process sees the log at a moment of its own: who appends meanwhile changes nothing that it reads.
    """
    read = partial(read_part, store.url.render_as_string(hide_password=False), origin)
    with store.snapshot() as connection:
        asked = [*spans(connection, 0, size, length)]
    processes = min(processes, len(asked))
    if processes <= 1:
        yield from map(read, asked)
        return
    yield from told_in_order(read, asked, processes)


def read_part(url: str, origin: str, span: tuple[int, int]) -> Part:
    """The events after a position, at which a block ends, up to another one, by a connection of its own."""
    store = Store(url, write=False)
    try:
        return _read(store, origin, *span)
    finally:
        store.close()


def _read(store: Store, origin: str, start: int, end: int) -> Part:
    blocks: list[bytes] = []
    books, fault = Books(), ""
    with closing(stored_bytes(store)) as query:
        for after in range(start, end, _ROWS_A_READ):
            upto = min(after + _ROWS_A_READ, end)
            rows = query.all({"after": after, "upto": upto})
            fault = fault or _missing(rows, after, upto)
            for at in range(0, len(rows), BLOCK):
                # A block at a time: what was just hashed is still at hand when it is read.
                some = rows[at : at + BLOCK]
                blocks.append(root_of(event_hashes(origin, some)))
                found, unread = moving(some)
                if unread is not None:
                    fault = fault or f"event {unread} cannot be read"
                for kind, facts in found.items():
                    books.add(kind, facts)
    return Part(end, blocks, books, fault)


def _missing(rows: Sequence[tuple[int, bytes]], after: int, upto: int) -> str:
    if len(rows) == upto - after:
        return ""
    absent = set(range(after + 1, upto + 1)).difference(position for position, _ in rows)
    return f"event {min(absent)} is missing"
