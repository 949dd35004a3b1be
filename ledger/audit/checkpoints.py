"""Checkpoints (C2SP tlog-checkpoint): how large the log was, and the root of its tree, in a signed note."""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.notes import BadNote, VerifierKey, read, sign, verified
from ledger.store.merkle import HASH_BYTES
from projections.tree import Nodes

_SIZE = re.compile(r"(?:0|[1-9][0-9]{0,18})\Z")
_LINES = 3


class Checkpoint(NamedTuple):
    """The first `size` events of a ledger, told by the root of their tree."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    def signed(self, key: Ed25519PrivateKey) -> str:
        """The note that whoever has the ledger's key gives out."""
        return sign(self.text(), self.origin, key)


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that a note's text says, whatever lines follow; raises BadNote."""
    lines = text.split("\n")
    if len(lines) <= _LINES or not lines[0] or not _SIZE.match(lines[1]):
        raise BadNote("no-checkpoint")
    try:
        root = b64decode(lines[2], validate=True)
    except ValueError:
        root = b""
    if len(root) != HASH_BYTES:
        raise BadNote("no-root")
    return Checkpoint(lines[0], int(lines[1]), root)


def verified_checkpoint(note: str, keys: Sequence[VerifierKey]) -> Checkpoint:
    """The checkpoint that one of the keys signed, which bears the name of its origin; raises BadNote."""
    told = read_checkpoint(read(note).text)
    own = [key for key in keys if key.name == told.origin]
    if keys and not own:
        raise BadNote("other-log")
    return read_checkpoint(verified(note, own))


def has_root(nodes: Nodes, one: Checkpoint) -> bool:
    """Whether a tree has the root that a checkpoint names."""
    try:
        return nodes.root(one.size) == one.root
    except LookupError:
        return False
