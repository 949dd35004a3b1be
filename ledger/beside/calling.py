"""Asking the holder of a ledger's lock, or doing it oneself once nobody holds it."""

import contextlib
import os
import socket
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

import msgspec

from ledger.beside.listening import CAN_LISTEN, GREETING_SECONDS, give_up_after, user_of
from ledger.beside.messages import (
    LONGEST_HELLO,
    MOST_BYTES,
    Answer,
    Closing,
    Failed,
    OtherRelease,
    Request,
    hello,
    pack,
    read_answer,
    read_hello,
    release,
    same_words,
)
from ledger.beside.outcomes import failure_of
from ledger.beside.performing import perform
from ledger.beside.places import address_of, socket_of
from ledger.bootstrap import Ledger
from ledger.settings import Settings
from ledger.store.engine import checked_url
from ledger.store.errors import StoreError, StoreHeld, StoreUnavailable

PATIENCE_SECONDS = 3.0
"""How long somebody waits for whoever holds the lock to listen, or to let go of it."""
LOOK_EVERY_SECONDS = 0.03

_ROOT = 0

Called: TypeAlias = "Connection[bytes, bytes]"
"""A connection to the holder of a lock, who is of this release."""


class AnswerLost(StoreUnavailable):
    """Whoever held the ledger went away without an answer: nobody knows whether it was done."""


class TooMuch(StoreError):
    """More than can be asked at a time."""


class _Gone(Exception):
    """The holder is not there, or went; what was asked was not done."""


class _Lost(Exception):
    """The holder went without an answer."""


def called(settings: Settings) -> "Called | None":
    """A connection to the holder of a ledger's lock, None if it does not listen; raises OtherRelease."""
    path = socket_of(settings)
    connected = _connected(path)
    if connected is None:
        return None
    if user_of(connected) not in {os.getuid(), _ROOT, _owner(settings)}:
        connected.close()
        return None
    give_up_after(connected, GREETING_SECONDS)
    holder: Called = Connection(connected.detach())
    try:
        holder.send_bytes(hello())
        other = read_hello(holder.recv_bytes(LONGEST_HELLO))
    except (OSError, EOFError, msgspec.DecodeError):
        holder.close()
        return None
    if not same_words(other):
        holder.close()
        raise OtherRelease(
            f"the process that holds the ledger is of release {other.release}, and this one of {release()}:"
            " start it anew, or work with the same release",
            f"占用账本的进程为 {other.release} 版，本程序为 {release()} 版；请重新启动该进程，或使用相同的版本",
        )
    with socket.socket(fileno=os.dup(holder.fileno())) as again:
        # Whatever it does takes as long as it takes.
        give_up_after(again, 0)
    return holder


class Holder:
    """Whoever holds a ledger's lock: another process, or this one once the other has gone."""

    def __init__(
        self,
        settings: Settings,
        connection: Called,
        take: Callable[[], Ledger],
    ) -> None:
        """Begin with a connection; `take` opens the ledger here, or raises StoreHeld."""
        self._settings = settings
        self._connection: Called | None = connection
        self._take = take
        self._own: Ledger | None = None

    def ask(self, request: Request, *, repeatable: bool) -> tuple[Answer, bool]:
        """The answer, and whether it was asked for a second time, as the first answer was lost.

        What is not `repeatable` is not asked again: then AnswerLost is raised. Raises StoreHeld if nobody listens, and
        whatever kept the holder from doing it.
        """
        said = pack(request)
        if len(said) > MOST_BYTES:
            raise TooMuch(
                "this is more than can be asked at a time: do it in several parts",
                "一次提交的内容过多，请分批办理",
            )
        again = False
        while True:
            self._reach()
            if self._own is not None:
                return perform(self._own, request), again
            try:
                return self._answered(said), again
            except _Gone:
                continue
            except _Lost:
                if again or not repeatable:
                    raise AnswerLost(
                        "the process that held the ledger ended before it answered: what was asked may be"
                        " recorded, or not. Look before you ask again",
                        "占用账本的进程在答复前已结束，所办事项可能已入账，也可能没有。请先查询，再决定是否重办",
                    ) from None
                again = True

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _reach(self) -> None:
        """Have a connection, or the ledger itself; raises StoreHeld where neither is to be had in a while."""
        latest = time.monotonic() + PATIENCE_SECONDS
        while self._own is None and self._connection is None:
            try:
                self._own = self._take()
            except StoreHeld:
                self._connection = called(self._settings)
                if self._connection is None and time.monotonic() > latest:
                    raise
                if self._connection is None:
                    time.sleep(LOOK_EVERY_SECONDS)

    def _answered(self, said: bytes) -> Answer:
        holder = self._connection
        assert holder is not None
        sent = False
        try:
            with contextlib.suppress(OSError):
                holder.send_bytes(said)
                sent = True
            # Also where it could not be sent: what the holder said last lies there.
            answer = read_answer(holder.recv_bytes(MOST_BYTES))
        except (OSError, EOFError, msgspec.DecodeError):
            self.close()
            raise (_Lost if sent else _Gone) from None
        except BaseException:
            # Ctrl-C: the answer that is still to come belongs to nothing that is asked later.
            self.close()
            raise
        if isinstance(answer, Closing):
            self.close()
            raise _Gone
        if isinstance(answer, Failed):
            raise failure_of(answer.kind, answer.reason, answer.zh)
        return answer


def _connected(path: Path) -> socket.socket | None:
    if not CAN_LISTEN:
        return None
    connected = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connected.settimeout(GREETING_SECONDS)
    try:
        with address_of(path) as address:
            connected.connect(address)
    except OSError:
        connected.close()
        return None
    connected.settimeout(None)
    return connected


def _owner(settings: Settings) -> int:
    """The user whose the ledger is: root may work on it too."""
    return Path(checked_url(settings.ledger).database or "").stat().st_uid
