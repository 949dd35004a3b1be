"""A witness, and how it is served: by a process that begins with `served`."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from ledger.hosting.processes import Address, run
from ledger.store.engine import Store, file_url

LOG_LEVEL = "info"
KEY_FILE, SEEN_FILE = "witness-key.pem", "seen.sqlite"
# By name: this process only looks after the other, and to read the application in takes a third of a second.
_FACTORY = "ledger.witness.served:served_app"


class Witness(Struct, frozen=True, kw_only=True):
    """A witness: the folder of its key and its memory, its name, and the verifier keys of the ledgers it watches."""

    folder: str
    name: str
    ledgers: tuple[str, ...]


def refuse_held(folder: Path) -> None:
    """Raise StoreHeld if another process runs a witness over the folder, or StoreUnavailable."""
    memory(folder).close()


def serve_witness(witness: Witness, address: Address, listening: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM; `listening` is called once somebody would answer."""
    run(_FACTORY, address, witness, listening)


def memory(folder: Path) -> Store:
    """What the witness of a folder has seen; raises StoreHeld if another process runs one, or StoreUnavailable."""
    return Store(file_url(folder / SEEN_FILE), write=True, guarded=("the witness", "见证方"))
