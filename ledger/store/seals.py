"""Keeping checkpoints, each sealed by a digest over it and the seal before: none goes, comes or changes unseen."""

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from ledger.store.schema import CHECKPOINT, CHECKPOINT_SEAL

_LAST = select(CHECKPOINT_SEAL.c.number, CHECKPOINT_SEAL.c.digest).order_by(CHECKPOINT_SEAL.c.number.desc())


def keep(connection: Connection, checkpoints: Sequence[tuple[int, str]]) -> None:
    """Store checkpoints, each by how many events it covers and as it was signed, and seal them; smaller ones first."""
    if checkpoints:
        connection.execute(CHECKPOINT.insert(), [{"size": size, "note": note} for size, note in checkpoints])
        seal(connection, checkpoints)


def seal(connection: Connection, checkpoints: Iterable[tuple[int, str]]) -> None:
    """Seal checkpoints that are stored, in order."""
    last = connection.execute(_LAST.limit(1)).first()
    sealed, digest = (0, "") if last is None else (last.number, last.digest)
    for number, (size, note) in enumerate(checkpoints, sealed + 1):
        digest = _digest(digest, size, note)
        connection.execute(CHECKPOINT_SEAL.insert(), {"number": number, "size": size, "digest": digest})


def fault_of_seals(connection: Connection) -> str:
    """The first checkpoint that was taken away, put in or changed, in a sentence; empty if there is none."""
    notes = {row.size: row.note for row in connection.execute(select(CHECKPOINT))}
    sealed: set[int] = set()
    before = ""
    every = connection.execute(select(CHECKPOINT_SEAL).order_by(CHECKPOINT_SEAL.c.number))
    for expected, (number, size, digest) in enumerate(every, 1):
        if number != expected:
            return f"seal {expected} of the checkpoints is missing"
        if size not in notes:
            return f"the checkpoint of {size} events was taken away: it is sealed, and not there"
        if digest != _digest(before, size, notes[size]):
            return f"the checkpoint of {size} events is not the one that was sealed: it or a seal was changed"
        sealed.add(size)
        before = digest
    unsealed = notes.keys() - sealed
    if unsealed:
        return (
            f"the checkpoint of {min(unsealed)} events is not sealed: it was put in, or its seal taken away"
        )
    return ""


def _digest(before: str, size: int, note: str) -> str:
    """SHA-256 in hex over the seal before, the size and the note, a line each."""
    return hashlib.sha256(f"{before}\n{size}\n{note}".encode()).hexdigest()
