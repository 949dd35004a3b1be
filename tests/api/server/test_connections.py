"""A request while it is answered: its body arrives in time, or not; its caller stays, or goes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest

from ledger.hosting import connections
from ledger.hosting.connections import Ended, attended

Told = list[dict[str, Any]]
PATIENCE_SECONDS = 10


class Caller:
    """One who sends a body in pieces, and then perhaps hangs up."""

    def __init__(self, *pieces: bytes | None, more: bool = False) -> None:
        """None is the end of the connection; `more` says that the last piece is not the last of the body."""
        self._messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.asked_at_once = 0
        self.most_asked_at_once = 0
        *before, last = pieces
        for piece in before:
            self.send(piece, more=True)
        self.send(last, more=more)

    def send(self, piece: bytes | None, *, more: bool = False) -> None:
        if piece is None:
            self._messages.put_nowait({"type": "http.disconnect"})
        else:
            self._messages.put_nowait({"type": "http.request", "body": piece, "more_body": more})

    def empty(self) -> bool:
        return self._messages.empty()

    async def receive(self) -> dict[str, Any]:
        self.asked_at_once += 1
        self.most_asked_at_once = max(self.most_asked_at_once, self.asked_at_once)
        try:
            return await self._messages.get()
        finally:
            self.asked_at_once -= 1


async def reading(receive: Any) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message["body"], message["more_body"]
    return body


def answered(app: Callable[..., Awaitable[None]], caller: Caller, *, with_body: bool = True) -> Ended | None:
    async def send(message: Any) -> None:
        pass

    async def run() -> Ended | None:
        headers = [(b"content-length", b"9")] if with_body else []
        scope = cast(Any, {"type": "http", "headers": headers})
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await attended(cast(Any, app), scope, cast(Any, caller.receive), cast(Any, send))

    return asyncio.run(run())


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "LOOK_AFTER_SECONDS", 0.01)
    monkeypatch.setattr(connections, "BODY_SECONDS", 0.05)


def test_a_body_in_pieces_arrives_whole():
    found: list[bytes] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        found.append(await reading(receive))

    assert answered(app, Caller(b"a", b"b", b"c")) is None
    assert found == [b"abc"]


def test_a_body_is_read_late_and_nothing_of_it_is_lost():
    """The look for the caller has read it by then."""
    found: list[bytes] = []
    caller = Caller(b"a" * 600_000, b"b" * 600_000, b"c" * 600_000, b"d")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.2)
        found.append(await reading(receive))

    assert answered(app, caller) is None
    assert found == [b"a" * 600_000 + b"b" * 600_000 + b"c" * 600_000 + b"d"]
    assert caller.most_asked_at_once == 1


def test_a_body_that_is_long_in_coming_is_waited_for_by_one_alone():
    found: list[bytes] = []
    caller = Caller(b"a", more=True)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(0.02, lambda: caller.send(b"b", more=True))
        loop.call_later(0.03, lambda: caller.send(b"c"))
        found.append(await reading(receive))
        await asyncio.sleep(0.05)

    assert answered(app, caller) is None
    assert found == [b"abc"]
    assert caller.most_asked_at_once == 1


@pytest.mark.parametrize("pieces", [0, 1, 3])
def test_a_body_that_was_never_finished_kept_its_caller_waiting_for_ever(pieces: int):
    caller = Caller(*([b"a"] * (pieces or 1)), more=True)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if pieces:
            await reading(receive)
        else:
            await asyncio.sleep(PATIENCE_SECONDS)

    assert answered(app, caller) is Ended.TOO_SLOW


def test_a_trickle_is_too_slow_as_a_whole():
    caller = Caller(b"a", more=True)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        loop = asyncio.get_running_loop()
        for number in range(1, 1_000):
            loop.call_later(number / 100, lambda: caller.send(b"a", more=True))
        await reading(receive)

    assert answered(app, caller) is Ended.TOO_SLOW


def test_a_long_answer_is_not_cut_however_long_it_takes():
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await reading(receive)
        await asyncio.sleep(0.3)

    assert answered(app, Caller(b"a")) is None


def test_a_body_that_nobody_reads_is_no_reason_to_wait():
    async def app(scope: Any, receive: Any, send: Any) -> None:
        pass

    assert answered(app, Caller(b"a", more=True)) is None


def test_a_body_that_waits_for_us_is_not_too_slow():
    caller = Caller(*[b"a" * 600_000] * 3, b"end", more=False)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.2)

    assert answered(app, caller) is None


@pytest.mark.parametrize("reads", [True, False])
def test_a_caller_who_is_gone_was_answered_to_the_end(reads: bool):
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if reads:
            await reading(receive)
        await asyncio.sleep(PATIENCE_SECONDS)

    caller = Caller(b"a")
    caller.send(None)
    assert answered(app, caller) is Ended.GONE


def test_a_request_without_a_body_is_answered_as_long_as_somebody_listens():
    found: list[bytes] = []
    caller = Caller(b"")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        found.append(await reading(receive))
        asyncio.get_running_loop().call_later(0.05, lambda: caller.send(None))
        await asyncio.sleep(PATIENCE_SECONDS)

    assert answered(app, caller, with_body=False) is Ended.GONE
    assert found == [b""]


def test_a_body_of_nothing_is_read_late():
    found: list[bytes] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(0.05)
        found.append(await reading(receive))

    assert answered(app, Caller(b""), with_body=False) is None
    assert found == [b""]


def test_a_proxy_that_was_still_sending_a_body_did_not_see_its_answer():
    """What nobody reads is let in before it is answered, and kept nowhere."""
    caller = Caller(*[b"a" * 600_000] * 5)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 401, "headers": []})
        assert caller.empty()

    assert answered(app, caller) is None


@pytest.mark.parametrize("reads", [True, False])
def test_a_body_that_breaks_off_is_told_as_such(reads: bool):
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await (reading(receive) if reads else asyncio.sleep(PATIENCE_SECONDS))

    caller = Caller(b"a", more=True)
    caller.send(None)
    assert answered(app, caller) is Ended.BROKEN_OFF


def test_what_the_application_raises_is_raised():
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answered(app, Caller(b""))


def test_who_cancels_the_answer_otherwise_has_cancelled_it():
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        answered(app, Caller(b""))
