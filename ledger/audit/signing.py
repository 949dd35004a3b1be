"""Signing the log's head, so that nobody can take back what came before."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select

from ledger.audit.checkpoints import Checkpoint, verified_checkpoint
from ledger.audit.notes import BadNote, verifier_key
from ledger.store.errors import StoreError
from ledger.store.keys import private_key
from ledger.store.leaves import event_hash
from ledger.store.log import Log, batches, head
from ledger.store.schema import CHECKPOINT
from projections import states
from projections.tree import Nodes, Tree

_BATCH = 20_000


class NotSigned(StoreError):
    """A head that is not signed, as something does not agree with what was signed or stored before."""


def notes(connection: Connection) -> list[str]:
    """Every checkpoint that was signed, the oldest first."""
    return list(connection.execute(select(CHECKPOINT.c.note).order_by(CHECKPOINT.c.size)).scalars())


def latest_note(connection: Connection) -> str | None:
    """The last checkpoint that was signed, None if none was."""
    return connection.execute(
        select(CHECKPOINT.c.note).order_by(CHECKPOINT.c.size.desc()).limit(1)
    ).scalar_one_or_none()


def notes_before(connection: Connection, before: int, limit: int) -> list[str]:
    """Up to `limit` checkpoints of fewer than `before` events, the newest first."""
    newest = select(CHECKPOINT.c.note).where(CHECKPOINT.c.size < before).order_by(CHECKPOINT.c.size.desc())
    return list(connection.execute(newest.limit(limit)).scalars())


def note_of(connection: Connection, size: int) -> str | None:
    """The checkpoint of just so many events, None if none was signed."""
    return connection.execute(select(CHECKPOINT.c.note).where(CHECKPOINT.c.size == size)).scalar_one_or_none()


def signing_key(log: Log, file: Path) -> Ed25519PrivateKey:
    """The key in a file that signs the log's checkpoints, made there if nothing was signed yet; raises NoKey."""
    with log.store.snapshot() as connection:
        unsigned = latest_note(connection) is None
    # A new key would never sign on from what another one signed, and would lie where that one is put back.
    return private_key(file, make=unsigned)


def sign_head(log: Log, tree: Tree, origin: str, key: Ed25519PrivateKey) -> str:
    """The signed checkpoint of all that the log holds; the last one again where nothing was recorded since.

    Raises NotSigned unless the tree extends the last checkpoint, and covers the very bytes that were stored since.
    """
    with log.store.snapshot() as connection:
        # What is compared here need not be while everybody who records something waits.
        compared = _size(connection, tree)
        before = _extended(latest_note(connection), tree.look(connection), compared, origin, key)
        _refuse_other_bytes(connection, tree, origin, before, compared)
    with log.appending() as connection:
        size = _size(connection, tree)
        nodes = tree.look(connection)
        signed = latest_note(connection)
        before = _extended(signed, nodes, size, origin, key)
        if signed is not None and before == size:
            return signed
        _refuse_other_bytes(connection, tree, origin, max(before, compared), size)
        note = Checkpoint(origin, size, nodes.root(size)).signed(key)
        connection.execute(CHECKPOINT.insert(), {"size": size, "note": note})
        return note


def _size(connection: Connection, tree: Tree) -> int:
    state, size = states.read(connection).get(tree.name), head(connection)
    if (
        state is None
        or state.version != tree.version
        or state.broken_at is not None
        or state.position != size
    ):
        raise NotSigned(
            "the tree does not stand at the log's head; `timebank projections rebuild` builds it anew"
        )
    if tree.size(connection) != size:
        raise NotSigned("the tree has other leaves than the log has events: it was changed from outside")
    return size


def _extended(signed: str | None, nodes: Nodes, size: int, origin: str, key: Ed25519PrivateKey) -> int:
    """The size of the last checkpoint, which the tree extends; 0 if there is none."""
    if signed is None:
        return 0
    try:
        before = verified_checkpoint(signed, [verifier_key(origin, key.public_key())])
    except BadNote as error:
        raise NotSigned(f"the last checkpoint was not signed with this key: {error}") from None
    if before.size > size:
        raise NotSigned(f"{before.size} events were signed, and the log has {size}: some were taken away")
    if nodes.root(before.size) != before.root:
        raise NotSigned(f"the first {before.size} events are not those that were signed")
    return before.size


def _refuse_other_bytes(connection: Connection, tree: Tree, origin: str, after: int, upto: int) -> None:
    for rows in batches(connection, after, upto, size=_BATCH):
        end = min(after + _BATCH, upto)
        if [row.position for row in rows] != list(range(after + 1, end + 1)):
            raise NotSigned(f"not every event from {after + 1} to {end} is there: some were taken away")
        for row, leaf in zip(rows, tree.hashes(connection, 0, after, end), strict=True):
            if leaf != event_hash(origin, row.position, row.data):
                raise NotSigned(f"event {row.position} is not what the tree has a leaf of: it was changed")
        after = end
