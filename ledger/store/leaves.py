"""What of an event the Merkle tree covers: which ledger, which place in its log, and the very bytes that are stored."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from ledger.store.merkle import LEAF_PREFIX, leaf_hash

LABEL = b"timebank-ledger/event/v1\n"
_LENGTH_BYTES = 8
_PLACES = [length.to_bytes(_LENGTH_BYTES, "big") for length in range(20)]
"""The lengths of positions, of which none has more digits."""


def leaf(origin: str, position: int, data: str) -> bytes:
    """The content of an event's leaf; `data` is the stored text.

    The label, then origin, position (decimal) and data, each in UTF-8 after its length in bytes (8 bytes, big-endian):
    no two events of any ledgers have one leaf.
    """
    place, text = b"%d" % position, data.encode()
    return b"".join((_beginning(origin), _length(place), place, _length(text), text))


@lru_cache(maxsize=16)
def _beginning(origin: str) -> bytes:
    """What the leaves of a ledger begin with."""
    name = origin.encode()
    return LABEL + _length(name) + name


def _length(part: bytes) -> bytes:
    return len(part).to_bytes(_LENGTH_BYTES, "big")


def event_hash(origin: str, position: int, data: str) -> bytes:
    """The hash of an event's leaf."""
    return leaf_hash(leaf(origin, position, data))


def event_hashes(origin: str, rows: Iterable[tuple[int, bytes]]) -> list[bytes]:
    """The hashes of many events' leaves, by position and stored bytes, in order: `event_hash` of each, in one loop."""
    sha256, join, begin = hashlib.sha256, b"".join, LEAF_PREFIX + _beginning(origin)
    found: list[bytes] = []
    for position, data in rows:
        place = b"%d" % position
        parts = begin, _PLACES[len(place)], place, len(data).to_bytes(_LENGTH_BYTES, "big"), data
        found.append(sha256(join(parts)).digest())
    return found
