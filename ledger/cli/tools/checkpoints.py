"""Checkpoints that a command is given or finds, and the keys by which they are known."""

from collections.abc import Sequence
from pathlib import Path

from ledger.audit import kept
from ledger.audit.checkpoints import read_checkpoint
from ledger.audit.cosignatures import COSIGNATURE
from ledger.audit.notes import ED25519, BadNote, VerifierKey, read, read_verifier_key, verifier_key
from ledger.bootstrap import Ledger
from ledger.cli.terminal.failures import UnusableFile
from ledger.cli.terminal.files import reason_of
from ledger.cli.terminal.output import printable
from ledger.settings import Settings
from ledger.store.keys import public_key

_LONGEST_LIST = 1_000_000


def kept_checkpoint(path: Path) -> str:
    """The checkpoint in a file; refused with UnusableFile."""
    try:
        note = path.read_text("utf-8")
        read_checkpoint(read(note).text)
    except (OSError, UnicodeDecodeError, BadNote) as error:
        raise UnusableFile(
            f"{printable(str(path))} is no checkpoint: {reason_of(error)}", code="no-checkpoint"
        ) from None
    return note


def published(place: Settings, ledger: Ledger) -> VerifierKey:
    """The public key with which the ledger's checkpoints are verified; raises NoKey."""
    return verifier_key(ledger.opened().origin, public_key(place.checkpoint_key_file()))


def keys_for(place: Settings, ledger: Ledger, outside: Sequence[str]) -> list[VerifierKey]:
    """The key for the ledger's checkpoints and those `outside`, none where there are none; raises NoKey."""
    with ledger.log.store.snapshot() as connection:
        needed = bool(outside) or kept.is_signed(connection)
    return [published(place, ledger)] if needed else []


def doubted_in(ledger: Ledger, key: str | None) -> list[str]:
    """What is wrong with rows that are no checkpoints, in a sentence each; nothing where no key is known to tell."""
    if key is None:
        return []
    with ledger.log.store.snapshot() as connection:
        return kept.faults_of_rows(connection, [read_verifier_key(key)])


def witness_keys(files: Sequence[Path]) -> list[VerifierKey]:
    """The public keys of witnesses in some files; refused with UnusableFile."""
    return [key for path in files for key in verifier_keys(path, COSIGNATURE)]


def verifier_keys(path: Path, kind: int) -> list[VerifierKey]:
    """The verifier keys in a file, one a line, all of one kind; refused with UnusableFile."""
    named, code = printable(str(path)), "no-verifier-key"
    try:
        with path.open("rb") as file:
            lines = file.read(_LONGEST_LIST).decode().splitlines()
        keys = [read_verifier_key(line) for line in lines if line.strip()]
    except (OSError, UnicodeDecodeError, BadNote) as error:
        raise UnusableFile(f"{named} holds no verifier keys: {reason_of(error)}", code=code) from None
    if not keys:
        # Whoever names a file wants somebody's signature: none at all would be taken for all of them.
        raise UnusableFile(f"{named} holds no verifier keys", code=code)
    if any(key.kind != kind for key in keys):
        whose = "ledger" if kind == ED25519 else "witness"
        raise UnusableFile(f"{named} holds a key that is no {whose}'s", code=code)
    return keys
