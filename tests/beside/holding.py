"""A ledger that is held, and others who come to its holder's socket."""

import contextlib
import os
import socket
from collections.abc import Generator
from multiprocessing.connection import Connection

import pytest

from ledger.beside import calling, messages
from ledger.beside.elsewhere import BankElsewhere
from ledger.beside.messages import hello, read_hello
from ledger.beside.opening import open_for_work
from ledger.beside.places import address_of, socket_of
from ledger.bootstrap import Ledger, open_for_writing
from ledger.settings import Settings
from ledger.store.errors import StoreHeld
from ledger.store.log import head
from tests.small_bank import A_DAY, ANN, BOB, STAFF, attest, begin, give


def begun(settings: Settings) -> Settings:
    with open_for_writing(settings, create=True) as ledger:
        begin(ledger.bank, ANN, BOB)
        ledger.bank.handle(attest(ANN, 1_000, A_DAY), by=STAFF)
    return settings


def height(ledger: Ledger) -> int:
    with ledger.log.store.snapshot() as connection:
        return head(connection)


def works_beside(settings: Settings) -> None:
    """Somebody who works beside whoever holds the ledger records a fact, and sees it."""
    with open_for_work(settings) as ledger:
        assert isinstance(ledger.bank, BankElsewhere)
        receipt = ledger.bank.handle(give(ANN, BOB, 1), by=STAFF)
        assert height(ledger) == receipt.position


def finds_it_held(settings: Settings) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calling, "PATIENCE_SECONDS", 0.2)
        with pytest.raises(StoreHeld), open_for_work(settings):
            pass


@contextlib.contextmanager
def raw(settings: Settings) -> Generator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as caller, address_of(socket_of(settings)) as address:
        caller.settimeout(10)
        caller.connect(address)
        yield caller


@contextlib.contextmanager
def connected(settings: Settings) -> Generator["Connection[bytes, bytes]"]:
    with raw(settings) as caller:
        caller.settimeout(None)
        with Connection(os.dup(caller.fileno())) as connection:
            yield connection


@contextlib.contextmanager
def greeted(settings: Settings) -> Generator["Connection[bytes, bytes]"]:
    with connected(settings) as caller:
        caller.send_bytes(hello())
        assert read_hello(caller.recv_bytes()).protocol == messages.PROTOCOL
        yield caller
