"""What of an event the Merkle tree covers: which ledger, which place in its log, and the very bytes that are stored."""

from functools import lru_cache

from ledger.store.merkle import leaf_hash

LABEL = b"timebank-ledger/event/v1\n"
_LENGTH_BYTES = 8


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
