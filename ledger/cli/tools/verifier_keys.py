"""Files of verifier keys, of ledgers or of witnesses, at the command line."""

from pathlib import Path

from ledger.audit.notes import ED25519, BadNote, VerifierKey, read_verifier_key
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import UnusableFile
from ledger.cli.terminal.files import reason_of

_LONGEST_LIST = 1_000_000


def verifier_keys(path: Path, kind: int) -> list[VerifierKey]:
    """The verifier keys in a file, one a line, all of one kind; refused with UnusableFile."""
    try:
        with path.open("rb") as file:
            lines = file.read(_LONGEST_LIST).decode().splitlines()
        keys = [read_verifier_key(line) for line in lines if line.strip()]
    except (OSError, UnicodeDecodeError, BadNote) as error:
        raise UnusableFile(
            f"{output.printable(str(path))} holds no verifier keys: {reason_of(error)}",
            code="no-verifier-key",
        ) from None
    if not keys:
        # Whoever names a file wants somebody's signature: none at all would be taken for all of them.
        raise UnusableFile(f"{output.printable(str(path))} holds no verifier keys", code="no-verifier-key")
    if any(key.kind != kind for key in keys):
        whose = "ledger" if kind == ED25519 else "witness"
        raise UnusableFile(
            f"{output.printable(str(path))} holds a key that is no {whose}'s", code="no-verifier-key"
        )
    return keys
