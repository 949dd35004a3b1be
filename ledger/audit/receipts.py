"""Receipts (C2SP tlog-proof): that an event stands in the log, for whoever has the log's public key."""

import re
from base64 import b64encode
from collections.abc import Sequence
from typing import NamedTuple

from ledger.audit.checkpoints import Checkpoint, verified_checkpoint
from ledger.audit.notes import BadNote, VerifierKey
from ledger.store.leaves import event_hash
from ledger.store.merkle import WrongProof, hash_in, verify_inclusion

FIRST_LINE = "c2sp.org/tlog-proof@v1"

_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})\Z")
_MOST_HASHES = 63


class BadReceipt(Exception):
    """A receipt that proves nothing; the message says why."""


class EventReceipt(NamedTuple):
    """Where an event stands (`leaf` is its position less one), the proof, and the checkpoint as it was signed."""

    leaf: int
    proof: tuple[bytes, ...]
    checkpoint: str

    def text(self) -> str:
        """The content of a file that ends in .tlog-proof."""
        proof = "".join(f"{b64encode(one).decode()}\n" for one in self.proof)
        return f"{FIRST_LINE}\nindex {self.leaf}\n{proof}\n{self.checkpoint}"


def read_receipt(text: str) -> EventReceipt:
    """The parts of a receipt, not verified; raises BadReceipt."""
    head, found, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not found or lines[0] != FIRST_LINE:
        raise BadReceipt("this is no receipt")
    if len(lines) > 1 and lines[1].startswith("extra "):
        del lines[1]
    index = _INDEX.match(lines[1]) if len(lines) > 1 else None
    if index is None or len(lines) > _MOST_HASHES + 2:
        raise BadReceipt("this is no receipt")
    try:
        return EventReceipt(int(index[1]), tuple(map(hash_in, lines[2:])), checkpoint)
    except WrongProof as error:
        raise BadReceipt(f"a line of the proof: {error}") from None


def verify_receipt(text: str, data: str, keys: Sequence[VerifierKey]) -> Checkpoint:
    """The checkpoint beneath which the event with this stored text stands; raises BadReceipt."""
    receipt = read_receipt(text)
    try:
        checkpoint = verified_checkpoint(receipt.checkpoint, keys)
        found = event_hash(checkpoint.origin, receipt.leaf + 1, data)
        verify_inclusion(found, receipt.leaf, checkpoint.size, receipt.proof, checkpoint.root)
    except (BadNote, WrongProof) as error:
        raise BadReceipt(str(error)) from None
    return checkpoint
