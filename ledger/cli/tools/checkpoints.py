"""Checkpoints that a command is given or finds, and the key by which they are known."""

from collections.abc import Sequence
from pathlib import Path

from ledger.audit import kept
from ledger.audit.checkpoints import read_checkpoint
from ledger.audit.notes import BadNote, VerifierKey, read, read_verifier_key, verifier_key
from ledger.bootstrap import Ledger
from ledger.cli.terminal.failures import UnusableFile
from ledger.cli.terminal.files import reason_of
from ledger.cli.terminal.output import printable
from ledger.settings import Settings
from ledger.store.keys import public_key


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


def is_signed(ledger: Ledger) -> bool:
    """Whether there is a checkpoint."""
    with ledger.log.store.snapshot() as connection:
        return kept.is_signed(connection)


def keys_for(place: Settings, ledger: Ledger, outside: Sequence[str]) -> list[VerifierKey]:
    """The key for the ledger's checkpoints and those `outside`, none where there are none; raises NoKey."""
    return [published(place, ledger)] if outside or is_signed(ledger) else []


def doubted_in(ledger: Ledger, key: str | None) -> list[str]:
    """What is wrong with rows that are no checkpoints, in a sentence each; nothing where no key is known to tell."""
    if key is None:
        return []
    with ledger.log.store.snapshot() as connection:
        return kept.faults_of_rows(connection, [read_verifier_key(key)])
