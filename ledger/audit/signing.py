"""Signing the log's head, so that nobody can take back what came before."""

from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from ledger.audit.checkpoints import Checkpoint, has_root
from ledger.audit.kept import (
    Kept,
    faults_of_rows,
    fitting,
    fitting_before,
    fitting_of,
    is_signed,
    newest_before,
    rows_before,
)
from ledger.audit.notes import BadNote, VerifierKey, verifier_key
from ledger.store.errors import StoreError
from ledger.store.keys import private_key
from ledger.store.leaves import event_hash
from ledger.store.log import Log, batches, head
from ledger.store.seals import keep
from projections.running import states
from projections.tree import Nodes, Tree

_BATCH = 20_000
_DOUBTED = 100
_NONE = Kept(0, "")


class NotSigned(StoreError):
    """A head that is not signed, as something does not agree with what was signed or stored before."""


def notes(connection: Connection) -> list[str]:
    """Every checkpoint that was signed, the oldest first."""
    return [row.note for row in fitting(connection)]


def latest_note(connection: Connection) -> str | None:
    """The last checkpoint that was signed, None if none was."""
    return next((row.note for row in fitting_before(connection)), None)


def notes_before(connection: Connection, before: int, limit: int) -> list[str]:
    """Up to `limit` checkpoints of fewer than `before` events, the newest first."""
    return newest_before(connection, before, limit)


def note_of(connection: Connection, size: int) -> str | None:
    """The checkpoint of just so many events, None if none was signed."""
    return next((row.note for row in fitting_of(connection, size)), None)


def signing_key(log: Log, file: Path) -> Ed25519PrivateKey:
    """The key in a file that signs the log's checkpoints, made there if nothing was signed yet; raises NoKey."""
    with log.store.snapshot() as connection:
        unsigned = not is_signed(connection)
    # A new key would never sign on from what another one signed, and would lie where that one is put back.
    return private_key(file, make=unsigned)


def sign_head(log: Log, tree: Tree, origin: str, key: Ed25519PrivateKey) -> str:
    """The signed checkpoint of all that the log holds; the last one again where nothing was recorded since.

    Raises NotSigned unless the tree extends the last checkpoint, and covers the very bytes that were stored since.
    """
    keys = [verifier_key(origin, key.public_key())]
    with log.store.snapshot() as connection:
        # What is compared here need not be while everybody who records something waits.
        compared = _size(connection, tree)
        last = _extended(connection, tree.look(connection), compared, keys)
        _refuse_other_bytes(connection, tree, origin, last.size, compared)
    with log.appending() as connection:
        size = _size(connection, tree)
        nodes = tree.look(connection)
        last = _extended(connection, nodes, size, keys)
        if last.note and last.size == size:
            return last.note
        _refuse_other_bytes(connection, tree, origin, max(last.size, compared), size)
        _refuse_occupied(connection, size)
        note = Checkpoint(origin, size, nodes.root(size)).signed(key)
        keep(connection, [(size, note)])
        return note


def doubts(log: Log, origin: str, key: Ed25519PrivateKey) -> list[str]:
    """What is wrong with rows beside the checkpoints that the key signed, a sentence each: nothing builds on them.

    The newest alone are looked at, as whoever signs each minute has half a million of them in a year.
    """
    with log.store.snapshot() as connection:
        return faults_of_rows(connection, [verifier_key(origin, key.public_key())], _DOUBTED)


def _size(connection: Connection, tree: Tree) -> int:
    state, size = states.read(connection).get(tree.name), head(connection)
    if (
        state is None
        or state.version != tree.version
        or state.broken_at is not None
        or state.position != size
    ):
        raise NotSigned(
            "the tree does not stand at the log's head; `timebank projections rebuild` builds it anew",
            "哈希树未跟上总账；用 `timebank projections rebuild` 重新建立",
        )
    if tree.size(connection) != size:
        raise NotSigned(
            "the tree has other leaves than the log has events: it was changed from outside",
            "哈希树的叶与总账的事件不符：它被从外部改动",
        )
    return size


def _extended(connection: Connection, nodes: Nodes, size: int, keys: Sequence[VerifierKey]) -> Kept:
    """The last checkpoint that the keys signed, which the tree extends; one of nothing if there is none.

    Rows that are none, or that somebody else signed, are passed over: any could be put there to stop the signing.
    """
    strangers: BadNote | None = None
    for row in rows_before(connection, beyond_head=True):
        try:
            before = row.verified(keys)
        except BadNote as error:
            # What names the tree's own root was signed for it, by a key that is not at hand.
            if strangers is None and row.fits() and has_root(nodes, row.checkpoint()):
                strangers = error
            continue
        if before.size > size:
            raise NotSigned(
                f"{before.size} events were signed, and the log has {size}: some were taken away",
                f"已签署 {before.size} 个事件，总账只有 {size} 个：有事件被移除",
            )
        if nodes.root(before.size) != before.root:
            raise NotSigned(
                f"the first {before.size} events are not those that were signed",
                f"前 {before.size} 个事件与签署时不符",
            )
        return row
    if strangers is not None:
        raise NotSigned(
            f"the last checkpoint was not signed with this key: {strangers}",
            f"最后一个检查点不是用此密钥签署的：{strangers.zh}",
        )
    return _NONE


def _refuse_occupied(connection: Connection, size: int) -> None:
    row = next(rows_before(connection, size + 1), None)
    if row is not None and row.size == size:
        raise NotSigned(
            f"what is stored as the checkpoint of {size} events is none of this ledger's; the next fact makes room",
            f"所存 {size} 个事件的检查点不属于本账本；下一事件入账后即可签署",
        )


def _refuse_other_bytes(connection: Connection, tree: Tree, origin: str, after: int, upto: int) -> None:
    for rows in batches(connection, after, upto, size=_BATCH):
        end = min(after + _BATCH, upto)
        if [row.position for row in rows] != list(range(after + 1, end + 1)):
            begin = after + 1
            raise NotSigned(
                f"not every event from {begin} to {end} is there: some were taken away",
                f"序号 {begin} 至 {end} 的事件不全：有事件被移除",
            )
        for row, leaf in zip(rows, tree.hashes(connection, 0, after, end), strict=True):
            if leaf != event_hash(origin, row.position, row.data):
                raise NotSigned(
                    f"event {row.position} is not what the tree has a leaf of: it was changed",
                    f"序号 {row.position} 的事件与哈希树的叶不符：它被改动",
                )
        after = end
