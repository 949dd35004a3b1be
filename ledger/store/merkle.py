"""The Merkle tree of RFC 6962 over a log: its hashes, and the proofs of RFC 9162 (section 2.1) made and verified."""

import hashlib
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence

HASH_BYTES = 32
LEAF_PREFIX = b"\x00"
"""What is hashed before a leaf, so that none is taken for a node."""
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""

Subtree = Callable[[int, int], bytes]
"""Gives the root of the leaves from one index up to, not including, another."""


class WrongProof(Exception):
    """A proof that proves nothing; the message says in a few words why."""


def hash_in(text: str) -> bytes:
    """The hash that base64 spells; raises WrongProof."""
    try:
        found = b64decode(text, validate=True)
    except ValueError:
        found = b""
    if len(found) != HASH_BYTES:
        raise WrongProof("this is no hash")
    return found


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf's content."""
    return hashlib.sha256(LEAF_PREFIX + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over the hashes of leaves, in order."""
    if not hashes:
        return EMPTY_ROOT
    sha256, level = hashlib.sha256, list(hashes)
    while len(level) > 1:
        # Each is `node_hash` of two, written out as a call costs half as much again. One left over at the end of a
        # level is carried up as it is.
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
        level = above + level[2 * len(above) :]
    return level[0]


def split_at(size: int) -> int:
    """How many of `size` leaves, two at least, lie in the left subtree: the largest power of two below."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The hashes that lead from the leaf at an index to the root of the first `size` leaves."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has none at {index}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + split_at(end - start)
        if index < middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start = middle
    return path[::-1]


def consistency_proof(older: int, size: int, subtree: Subtree) -> list[bytes]:
    """The hashes that show that the first `older` leaves, one at least, begin a tree of `size`."""
    if not 0 < older <= size:
        raise ValueError(f"no tree of {older} leaves begins one of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while older != end:
        middle = start + split_at(end - start)
        if older <= middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start = middle
    if start > 0:
        # Else it is the older tree itself, whose root the verifier has.
        path.append(subtree(start, end))
    return path[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root to which a leaf's hash and its proof lead; raises WrongProof if the proof fits no such tree."""
    if not 0 <= index < size:
        raise WrongProof("the tree has no such leaf")
    if len(leaf) != HASH_BYTES:
        raise WrongProof("what should be a leaf's hash is none")
    found = leaf
    for sibling, on_left in _siblings(index, size - 1, proof):
        found = node_hash(sibling, found) if on_left else node_hash(found, sibling)
    return found


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raise WrongProof unless the leaf with this hash stands at the index of the tree of that size and root."""
    if root_from_inclusion(leaf, index, size, proof) != root:
        raise WrongProof("the proof leads to another root")


def verify_consistency(older: int, size: int, proof: Sequence[bytes], older_root: bytes, root: bytes) -> None:
    """Raise WrongProof unless the tree of `older` leaves begins the tree of `size`.

    A tree without leaves begins every other, whatever its root: there is nothing to prove, and so no proof of it.
    """
    if not 0 <= older <= size:
        raise WrongProof("no such tree begins the other")
    if older == size:
        if proof or older_root != root:
            raise WrongProof("trees of one size have one root and need no proof")
        return
    if older == 0:
        raise WrongProof("a tree without leaves begins any other: nothing is proved of its root")
    if not proof:
        raise WrongProof("the proof is too short")
    node, last = older - 1, size - 1
    while node % 2 == 1:
        node, last = node // 2, last // 2
    # A whole left subtree is the older tree itself, which the proof then leaves out.
    was = now = older_root if node == 0 else proof[0]
    for sibling, on_left in _siblings(node, last, proof if node == 0 else proof[1:]):
        if on_left:
            was, now = node_hash(sibling, was), node_hash(sibling, now)
        else:
            now = node_hash(now, sibling)
    if (was, now) != (older_root, root):
        raise WrongProof("the proof leads to other roots")


def _siblings(node: int, last: int, proof: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The hashes of a proof from a node up to the root, each with whether it stands on the left.

    `last` is the number of the last node on the same level.
    """
    for sibling in proof:
        if last == 0:
            raise WrongProof("the proof is too long")
        on_left = node % 2 == 1 or node == last
        yield sibling, on_left
        while on_left and node % 2 == 0 and node != 0:
            # The last of its level was carried up alone.
            node, last = node // 2, last // 2
        node, last = node // 2, last // 2
    if last != 0:
        raise WrongProof("the proof is too short")
