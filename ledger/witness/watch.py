"""What a witness does with a checkpoint: it cosigns it if it extends the last one that it saw of the same ledger."""

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, select

from ledger.audit.checkpoints import verified_checkpoint
from ledger.audit.cosignatures import cosign
from ledger.audit.notes import BadNote, VerifierKey, read
from ledger.store.bulk import Bulk
from ledger.store.engine import Store
from ledger.store.merkle import EMPTY_ROOT, WrongProof, verify_consistency
from ledger.witness.submissions import BadSubmission, Submission, read_submission

PLAIN, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"

_SEEN = Table(
    "seen",
    MetaData(),
    Column("origin", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("root", Text, nullable=False),
)
"""Of each ledger the last checkpoint that was cosigned, and nothing else."""
_PUT = Bulk(_SEEN, put=("size", "root"))


class Answer(NamedTuple):
    """What the caller is told: a status of HTTP, the kind of the text, and the text."""

    status: int
    kind: str
    text: str


class Watch:
    """A witness under its name, over the store in which it remembers what it saw."""

    def __init__(
        self,
        store: Store,
        name: str,
        key: Ed25519PrivateKey,
        ledgers: Iterable[VerifierKey],
        now: Callable[[], float],
    ) -> None:
        """Trust the keys of some ledgers, whose names are their origins; `now` is the POSIX time in seconds."""
        self._store = store
        self._name = name
        self._key = key
        self._now = now
        self._ledgers: dict[str, list[VerifierKey]] = defaultdict(list)
        for one in ledgers:
            self._ledgers[one.name].append(one)
        with store.begin() as connection:
            _SEEN.create(connection, checkfirst=True)

    def add(self, body: bytes) -> Answer:
        """The answer to a submission; a cosignature is given only once what was cosigned is on the disk."""
        try:
            submission = read_submission(body)
        except BadSubmission as error:
            return _told(400, str(error))
        checkpoint = submission.checkpoint
        keys = self._ledgers.get(checkpoint.origin)
        if keys is None:
            return _told(404, "no ledger of this origin is watched here")
        try:
            verified_checkpoint(submission.note, keys)
        except BadNote as error:
            return _told(403, str(error))
        if submission.old > checkpoint.size:
            return _told(400, "the old size is greater than the checkpoint's")
        with self._store.begin() as connection:
            return self._judged(connection, submission)

    def _judged(self, connection: Connection, submission: Submission) -> Answer:
        """One after the other: between what is compared and what is written, nobody else comes."""
        checkpoint = submission.checkpoint
        size, root = _seen(connection, checkpoint.origin)
        same = submission.old == checkpoint.size
        if submission.old != size or (same and root != checkpoint.root):
            return Answer(409, SIZE, f"{size}\n")
        try:
            _refuse_inconsistent(size, root, submission)
        except WrongProof as error:
            return _told(422, str(error))
        _PUT.run(connection, [(checkpoint.origin, checkpoint.size, b64encode(checkpoint.root).decode())])
        text = read(submission.note).text
        return Answer(200, PLAIN, cosign(text, self._name, self._key, int(self._now())))


def _refuse_inconsistent(size: int, root: bytes, submission: Submission) -> None:
    checkpoint, proof = submission.checkpoint, submission.proof
    if size or not checkpoint.size:
        verify_consistency(size, checkpoint.size, proof, root, checkpoint.root)
    elif proof:
        raise WrongProof("the first checkpoint that is seen needs no proof")


def _seen(connection: Connection, origin: str) -> tuple[int, bytes]:
    found = connection.execute(select(_SEEN.c.size, _SEEN.c.root).where(_SEEN.c.origin == origin)).first()
    return (0, EMPTY_ROOT) if found is None else (found.size, b64decode(found.root))


def _told(status: int, reason: str) -> Answer:
    return Answer(status, PLAIN, f"{reason}\n")
