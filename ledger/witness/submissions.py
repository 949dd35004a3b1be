"""What a ledger sends to a witness (C2SP tlog-witness): a checkpoint, and the proof that it extends an older one."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ledger.audit.checkpoints import Checkpoint, read_checkpoint
from ledger.audit.notes import BadNote, read
from ledger.store.merkle import WrongProof, hash_in

MOST_HASHES = 63
"""More are in no proof: a log has fewer than 2^63 events."""
LARGEST_SIZE = 2**63 - 1

_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})\Z")


class BadSubmission(Exception):
    """A body that is none; the message says why."""


class Submission(NamedTuple):
    """A checkpoint as it was signed, what it says, and the proof from the tree of `old` leaves."""

    old: int
    proof: Sequence[bytes]
    note: str
    checkpoint: Checkpoint


def read_submission(body: bytes) -> Submission:
    """The parts of a body, no signature verified; raises BadSubmission."""
    try:
        head, found, note = body.decode().partition("\n\n")
        checkpoint = read_checkpoint(read(note).text) if found else None
    except (UnicodeDecodeError, BadNote) as error:
        reason = error if isinstance(error, BadNote) else "it is not UTF-8"
        raise BadSubmission(f"this holds no checkpoint: {reason}") from None
    if checkpoint is None:
        raise BadSubmission("an empty line stands between the proof and the checkpoint")
    first, *lines = head.split("\n")
    old = _OLD.match(first)
    if old is None:
        raise BadSubmission("the first line is `old` and a size")
    if len(lines) > MOST_HASHES:
        raise BadSubmission(f"a proof has at most {MOST_HASHES} hashes")
    if max(int(old[1]), checkpoint.size) > LARGEST_SIZE:
        raise BadSubmission("a size is below 2^63")
    try:
        return Submission(int(old[1]), tuple(map(hash_in, lines)), note, checkpoint)
    except WrongProof as error:
        raise BadSubmission(f"a line of the proof: {error}") from None
