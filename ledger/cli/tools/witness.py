"""A witness at the command line."""

import sys
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.cosignatures import cosigner_key
from ledger.audit.notes import ED25519, VerifierKey
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.files import usable
from ledger.cli.tools.checkpoints import verifier_keys
from ledger.cli.tools.serving import refuse_taken, tell_of_open
from ledger.hosting.processes import Address
from ledger.hosting.unexpected import tell_in_log
from ledger.store.keys import private_key
from ledger.store.privacy import make_folder
from ledger.witness.serving import KEY_FILE, LOG_LEVEL, SEEN_FILE, Witness, refuse_held, serve_witness


def witness(folder: Path, name: str, ledgers: Sequence[Path], show_key: bool, host: str, port: int) -> None:
    """Print the witness's public key, or serve until somebody stops it."""
    if show_key:
        output.line(str(_published(name, _key(folder))))
    else:
        _serve(folder, name, ledgers, host, port)


def _serve(folder: Path, name: str, ledgers: Sequence[Path], host: str, port: int) -> None:
    watched = [key for path in ledgers for key in verifier_keys(path, ED25519)]
    if not watched:
        raise BadValue("a witness watches a ledger at least", code="no-ledger-watched", where="--ledger")
    published = _published(name, _key(folder))
    refuse_held(folder)
    refuse_taken(host, port)
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
    with usable():
        make_folder(folder)
    return private_key(folder / KEY_FILE, make=True)


def _published(name: str, key: Ed25519PrivateKey) -> VerifierKey:
    try:
        return cosigner_key(name, key.public_key())
    except ValueError as error:
        raise BadValue(str(error), code="invalid-input", where="--name") from None
