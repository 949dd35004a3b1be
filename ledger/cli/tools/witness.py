"""A witness at the command line."""

import sys
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.cosignatures import cosigner_key
from ledger.audit.notes import ED25519, VerifierKey
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue, UnusableFile
from ledger.cli.terminal.openness import tell_of_open
from ledger.cli.tools.serving import How, refuse_taken
from ledger.cli.tools.verifier_keys import verifier_keys
from ledger.hosting.processes import Address
from ledger.hosting.unexpected import tell_in_log
from ledger.store.keys import private_key
from ledger.store.privacy import make_folder
from ledger.witness.serving import KEY_FILE, LOG_LEVEL, SEEN_FILE, Witness, refuse_held, serve_witness


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
