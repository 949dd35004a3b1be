"""The holder of a ledger's lock listens for others of its own user, and does what they ask."""

import contextlib
import os
import socket
import struct
import threading
from collections.abc import Generator
from multiprocessing.connection import Connection, wait
from pathlib import Path

import msgspec

from ledger.beside.messages import (
    LONGEST_HELLO,
    MOST_BYTES,
    Answer,
    Closing,
    Failed,
    hello,
    pack,
    read_hello,
    read_request,
    same_words,
)
from ledger.beside.performing import perform
from ledger.beside.places import address_of, remove_socket, socket_of
from ledger.bootstrap import Ledger
from ledger.store.errors import StoreError

MOST_CALLERS = 64
"""How many are heard at a time: who comes when there are so many tries again."""
GREETING_SECONDS = 5
"""How long a greeting may take, and how long somebody may stand still in the middle of what is said."""
SILENT_SECONDS = 30
"""How long a caller may ask nothing; who comes back is heard again."""

_BACKLOG = 64
_REST_SECONDS = 0.1
_PEER = struct.Struct("3i")
_TIME = struct.Struct("@ll")
_ROOT = 0

CAN_LISTEN = hasattr(socket, "SO_PEERCRED")
"""Whether the system tells who is at the other end of a socket."""


@contextlib.contextmanager
def listening(ledger: Ledger) -> Generator[None]:
    """As long as this lasts, hear what others of this user ask of a ledger that this process holds the lock of.

    Where no socket can be made they are told that the ledger is held.
    """
    listener = None
    if ledger.alone and CAN_LISTEN:
        with contextlib.suppress(OSError):
            listener = Listener(ledger, socket_of(ledger.settings))
    try:
        yield
    finally:
        if listener is not None:
            listener.close()


def user_of(connected: socket.socket) -> int:
    """The user whose process is at the other end of a socket, as the system knows it."""
    told = connected.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
    return int(_PEER.unpack(told)[1])


def give_up_after(connected: socket.socket, seconds: int) -> None:
    """Let reading from a socket, and writing to it, fail once it stands still for so long."""
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        connected.setsockopt(socket.SOL_SOCKET, option, _TIME.pack(seconds, 0))


class Listener:
    """Hears callers, each on a thread of its own, until it is closed."""

    def __init__(self, ledger: Ledger, path: Path) -> None:
        """Make the socket, in the place of one that was left there; raises OSError."""
        self._ledger = ledger
        self._path = path
        self._callers: set[threading.Thread] = set()
        self._ended = threading.Event()
        self._ending, self._end = os.pipe()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            remove_socket(path)
            with address_of(path) as address:
                self._socket.bind(address)
            # Nobody can come before it listens.
            path.chmod(0o600)
            self._socket.listen(_BACKLOG)
        except OSError:
            self._let_go()
            raise
        self._thread = threading.Thread(target=self._take_in, name="beside", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Finish what was begun, tell everybody that nothing more is taken, and remove the socket."""
        self._ended.set()
        os.write(self._end, b".")
        self._thread.join()
        self._socket.close()
        with contextlib.suppress(OSError):
            remove_socket(self._path)
        for caller in [*self._callers]:
            caller.join()
        self._let_go()

    def _let_go(self) -> None:
        self._socket.close()
        os.close(self._ending)
        os.close(self._end)

    def _take_in(self) -> None:
        while self._ending not in wait([self._socket, self._ending]):
            try:
                connected, _ = self._socket.accept()
            except OSError:
                # Whoever came has gone, or there are too many files: neither is the others' fault.
                self._ended.wait(_REST_SECONDS)
                continue
            self._callers = {caller for caller in self._callers if caller.is_alive()}
            try:
                self._welcome(connected)
            except (OSError, RuntimeError):
                # Nothing is known of them, or there are too many threads.
                connected.close()

    def _welcome(self, connected: socket.socket) -> None:
        if len(self._callers) >= MOST_CALLERS or user_of(connected) not in {os.getuid(), _ROOT}:
            connected.close()
            return
        caller = threading.Thread(target=self._hear, args=(connected,), name="beside", daemon=True)
        caller.start()
        self._callers.add(caller)

    def _hear(self, connected: socket.socket) -> None:
        give_up_after(connected, GREETING_SECONDS)
        with (
            contextlib.suppress(OSError, EOFError, msgspec.DecodeError),
            Connection(connected.detach()) as caller,
        ):
            other = read_hello(caller.recv_bytes(LONGEST_HELLO))
            caller.send_bytes(hello())
            if same_words(other):
                self._converse(caller)

    def _converse(self, caller: "Connection[bytes, bytes]") -> None:
        while True:
            come = wait([caller, self._ending], SILENT_SECONDS)
            if caller not in come or self._ending in come:
                # What was said meanwhile is not read: whoever hears this may ask again.
                caller.send_bytes(pack(Closing()))
                return
            caller.send_bytes(pack(self._answer(caller.recv_bytes(MOST_BYTES))))

    def _answer(self, said: bytes) -> Answer:
        request = read_request(said)
        try:
            return perform(self._ledger, request)
        except StoreError as error:
            return Failed(type(error).__name__, str(error), error.zh)
