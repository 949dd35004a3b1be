"""A request's connection while the request is answered: its body comes in time, and its caller stays."""

import asyncio
import contextlib
from collections.abc import Iterable
from enum import IntEnum
from typing import Any, Final

from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send, WebSocketReceiveMessage

BODY_SECONDS: Final = 20.0
"""How long a body may take to arrive, from the first byte of its request on."""
LOOK_AFTER_SECONDS: Final = 0.1
"""From when on somebody looks whether the caller is still there: most answers are quicker, and need no looking."""
MOST_KEPT_BYTES: Final = 1_000_000
"""How much of a body is taken in before the application asks for it."""
_LINGER_SECONDS = 1.0
_LET_GO_SECONDS = 0.1
_TELL_OF_A_BODY: Final = {b"content-length", b"transfer-encoding"}

SERVER_HEADER: Final = (b"server", b"timebank")
"""Granian names itself and its language where an answer names nobody."""

Received = HTTPReceiveMessage | WebSocketReceiveMessage


class Ended(IntEnum):
    """Why a request was given up before it was answered, as the status that tells it."""

    BROKEN_OFF = 400
    TOO_SLOW = 408
    GONE = 499


def has_body(names: Iterable[bytes]) -> bool:
    """Whether a request with headers of such names, in lower case, may have a body."""
    return not _TELL_OF_A_BODY.isdisjoint(names)


async def attended(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> Ended | None:
    """Let an application answer for as long as its caller is there: None once it has.

    Else the task that answers is cancelled. Whoever is GONE need not be told; those others may still listen.
    """
    connection = _Connection(receive, whole=not has_body(name for name, _ in scope["headers"]))

    async def answer(message: Message) -> None:
        if not connection.whole:
            await connection.let_go()
        await send(message)

    try:
        await app(scope, connection.receive, answer)
    except asyncio.CancelledError:
        if connection.ended is None:
            raise
        connection.task.uncancel()
        await connection.let_go()
        return connection.ended
    finally:
        connection.close()
    return None


class _Connection:
    """What has arrived of one request, and whether more may; `whole` is whether all of its body has."""

    def __init__(self, receive: Receive, *, whole: bool) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.task: asyncio.Task[Any] = task
        self.ended: Ended | None = None
        self.whole = whole
        self._receive = receive
        self._loop = asyncio.get_running_loop()
        self._begun = self._loop.time()
        self._asking = self._looking = self._left = self._read = False
        # Made where it is needed, which for most requests is never.
        self._pump: _Pump | None = None
        self._timer = self._loop.call_later(LOOK_AFTER_SECONDS, self._look)

    async def receive(self) -> Received:
        """The next message, for the application: the task ends here if the body cannot be read to its end."""
        if self._pump is not None:
            return await self._pump.next()
        if self._read:
            # Nothing is left but to hang up, which ends the task.
            return await self._loop.create_future()
        message = await self.next()
        if self._looking:
            self._pumping()
        if message["type"] == "http.disconnect":
            # The cancellation, asked for by now, is raised by whatever is waited for next.
            await self._loop.create_future()
        return message

    async def next(self) -> Received:
        """The next message of the server itself."""
        self._asking = True
        try:
            message = await self._receive()
        finally:
            self._asking = False
        if message["type"] == "http.disconnect":
            # Also what granian says of a body whose chunks are malformed: that caller still listens.
            self._end(Ended.GONE if self.whole else Ended.BROKEN_OFF)
        elif message["type"] == "http.request" and not message.get("more_body"):
            self._read = self.whole = True
        return message

    async def let_go(self) -> None:
        """Before an answer, take leave of a body that nobody will read.

        A proxy is still sending it and would not see the answer if the connection broke off; so it is waited for,
        though not for long. After that somebody who reads on would keep the connection from being closed.
        """
        if self._left or self.whole:
            return
        self._left = True
        if self.ended is None and not self._asking:
            await self._pumping().empty(_LINGER_SECONDS)
            if self.whole:
                return
        if self._pump is not None:
            self._pump.stop()
        # Granian takes note in a thread of its own, and hyper closes only what nobody reads as it answers.
        await asyncio.sleep(_LET_GO_SECONDS)

    def close(self) -> None:
        """Look no longer."""
        self._timer.cancel()
        if self._pump is not None:
            self._pump.stop()

    def _look(self) -> None:
        self._looking = True
        if not self.whole:
            self._timer = self._loop.call_at(self._begun + BODY_SECONDS, self._refuse_slow)
        # Two may not ask at once: where the application does, it begins once that was answered.
        if not self._asking:
            self._pumping()

    def _pumping(self) -> "_Pump":
        if self._pump is None:
            self._pump = _Pump(self)
        return self._pump

    def _refuse_slow(self) -> None:
        if self.whole:
            return
        if self._asking:
            self._end(Ended.TOO_SLOW)
        else:
            # The body waits for us, and not we for it.
            self._timer = self._loop.call_later(1, self._refuse_slow)

    def _end(self, why: Ended) -> None:
        if self.ended is None:
            self.ended = why
            self.task.cancel()


class _Pump:
    """Takes in what comes, ahead of an application that may ask for it later or never."""

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection
        self._kept: asyncio.Queue[Received] = asyncio.Queue()
        self._bytes = 0
        self._keeps = True
        self._room, self._whole = asyncio.Event(), asyncio.Event()
        self._task = asyncio.create_task(self._run())

    async def next(self) -> Received:
        """The next message that was kept."""
        message = await self._kept.get()
        self._bytes -= len(message.get("body", b""))
        self._room.set()
        return message

    async def empty(self, seconds: float) -> None:
        """Let in what is left of the body, in so many seconds at most, and forget it."""
        self._keeps = False
        self._room.set()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._whole.wait(), seconds)

    def stop(self) -> None:
        """Take in no more."""
        self._task.cancel()

    async def _run(self) -> None:
        while self._connection.ended is None:
            message = await self._connection.next()
            if message["type"] == "http.disconnect":
                return
            if self._connection.whole:
                self._whole.set()
            if self._keeps:
                self._kept.put_nowait(message)
                self._bytes += len(message.get("body", b""))
            while self._keeps and self._bytes > MOST_KEPT_BYTES:
                self._room.clear()
                await self._room.wait()
