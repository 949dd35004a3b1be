"""A witness at the command line."""

import sys
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.api.processes import Address
from ledger.api.unexpected import tell_in_log
from ledger.audit.cosignatures import cosigner_key
from ledger.audit.notes import ED25519, BadNote, VerifierKey, read_verifier_key
from ledger.cli import output
from ledger.cli.failures import BadValue, UnusableFile
from ledger.cli.files import reason_of
from ledger.cli.openness import tell_of_open
from ledger.cli.serving import How, refuse_taken
from ledger.store.keys import private_key
from ledger.store.privacy import make_folder
from ledger.witness.serving import KEY_FILE, LOG_LEVEL, SEEN_FILE, Witness, refuse_held, serve_witness

_LONGEST_LIST = 1_000_000


def show(folder: Path, name: str) -> None:
    """Print the witness's public key."""
    output.line(str(_published(name, _key(folder))))


def serve(folder: Path, name: str, ledgers: Sequence[Path], host: str, port: int) -> None:
    """Serve until somebody stops it."""
    watched = [key for path in ledgers for key in verifier_keys(path, ED25519)]
    if not watched:
        raise BadValue("a witness watches a ledger at least", code="no-ledger-watched", where="--ledger")
    published = _published(name, _key(folder))
    refuse_held(folder)
    refuse_taken(How(host=host, port=port))
    tell_of_open([folder, folder / KEY_FILE, folder / SEEN_FILE])
    tell_in_log(LOG_LEVEL)
    origins = ", ".join(dict.fromkeys(key.name for key in watched))

    def listening() -> None:
        output.line(f"Cosigning for {origins} at http://{host}:{port}; Ctrl-C ends it.", "bold")
        output.line(f"Its key: {published}")
        sys.stdout.flush()

    witness = Witness(folder=str(folder.absolute()), name=name, ledgers=tuple(map(str, watched)))
    serve_witness(witness, Address(host=host, port=port), listening)


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


def _key(folder: Path) -> Ed25519PrivateKey:
    try:
        make_folder(folder)
    except OSError as error:
        raise UnusableFile(output.printable(str(error)), code="unusable-folder") from None
    return private_key(folder / KEY_FILE, make=True)


def _published(name: str, key: Ed25519PrivateKey) -> VerifierKey:
    try:
        return cosigner_key(name, key.public_key())
    except ValueError as error:
        raise BadValue(str(error), code="invalid-input", where="--name") from None
