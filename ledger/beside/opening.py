"""Opening a ledger to work on it, whoever holds its lock."""

import contextlib
import time
from collections.abc import Generator
from dataclasses import replace

from ledger.beside import calling
from ledger.beside.calling import Called, Holder, called
from ledger.beside.elsewhere import BankElsewhere, DirectoryElsewhere
from ledger.beside.listening import listening
from ledger.bootstrap import Ledger, open_for_reading, open_for_writing
from ledger.operations.proofs.signing import Doubt, signed_head
from ledger.settings import Settings
from ledger.store.errors import StoreHeld
from projections.running.rebuilding import Progress, no_progress


@contextlib.contextmanager
def open_for_work(
    settings: Settings, *, create: bool = False, progress: Progress = no_progress
) -> Generator[Ledger]:
    """A ledger to work on: held here, where others may ask for it, or else its holder is asked to write.

    Raises StoreHeld if the holder does not listen, and OtherRelease if it is of another release.
    """
    with contextlib.ExitStack() as stack:
        latest = time.monotonic() + calling.PATIENCE_SECONDS
        while True:
            try:
                opened = stack.enter_context(_holding(settings, create=create, progress=progress))
                break
            except StoreHeld:
                connection = called(settings)
                if connection is not None:
                    opened = _beside(settings, connection, stack)
                    break
                if time.monotonic() > latest:
                    raise
                time.sleep(calling.LOOK_EVERY_SECONDS)
        yield opened


@contextlib.contextmanager
def open_to_hold(settings: Settings, *, progress: Progress = no_progress) -> Generator[Ledger]:
    """A ledger that is held here and nowhere else, where others may ask for it.

    Who holds it for the length of a command is waited for; raises StoreHeld if somebody holds it for longer.
    """
    with contextlib.ExitStack() as stack:
        latest = time.monotonic() + calling.PATIENCE_SECONDS
        while True:
            try:
                opened = stack.enter_context(_holding(settings, progress=progress))
                break
            except StoreHeld:
                if time.monotonic() > latest:
                    raise
                time.sleep(calling.LOOK_EVERY_SECONDS)
        yield opened


def sign_head_of(ledger: Ledger, doubt: Doubt) -> str:
    """The checkpoint of the head of a ledger to work on, signed here or by its holder; raises NoKey and NotSigned."""
    if not isinstance(ledger.bank, BankElsewhere):
        return signed_head(ledger, doubt)
    signed = ledger.bank.signed_head(ledger.settings.checkpoint_key)
    for one in signed.doubts:
        doubt(one)
    return signed.note


@contextlib.contextmanager
def _holding(
    settings: Settings, *, create: bool = False, progress: Progress = no_progress
) -> Generator[Ledger]:
    with open_for_writing(settings, create=create, progress=progress) as ledger, listening(ledger):
        yield ledger


def _beside(settings: Settings, connection: Called, stack: contextlib.ExitStack) -> Ledger:
    holder = Holder(settings, connection, lambda: stack.enter_context(_holding(settings)))
    stack.callback(holder.close)
    read = stack.enter_context(open_for_reading(settings))
    bank = BankElsewhere(read.log, holder, now=read.now)
    stack.callback(bank.close)
    return replace(read, bank=bank, directory=DirectoryElsewhere(read.directory, holder))
