"""Signing the log's head every so often, for as long as it is served."""

import contextlib
import threading
from collections.abc import Generator

import structlog

from ledger.api.signing import tell_of_doubt
from ledger.audit.checkpoints import read_checkpoint
from ledger.audit.notes import read
from ledger.audit.signing import NotSigned
from ledger.bootstrap import Ledger
from ledger.operations.proofs.signing import signed_head
from ledger.store.errors import NoKey, StoreUnavailable

_log = structlog.get_logger("timebank.api")


@contextlib.contextmanager
def signing_regularly(ledger: Ledger, seconds: float) -> Generator[None]:
    """Sign the head at once and after every so many seconds, on a thread of its own, until the end.

    What cannot be signed is told in the server's log, and tried again when it is time.
    """
    ended = threading.Event()

    def run() -> None:
        _sign(ledger)
        while not ended.wait(seconds):
            _sign(ledger)

    thread = threading.Thread(target=run, name="signing", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _sign(ledger: Ledger) -> None:
    try:
        note = signed_head(ledger, tell_of_doubt)
    except (NotSigned, NoKey, StoreUnavailable) as error:
        _log.error("not signed", reason=str(error))
    except Exception as error:
        # Whatever it was, it is tried again: a thread that ended would sign nothing for ever.
        _log.error("not signed", exc_info=error)
    else:
        _log.info("signed", size=read_checkpoint(read(note).text).size)
