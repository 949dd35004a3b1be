"""Telling figures at an address of their own, on a thread and a loop of their own, to whoever may reach it."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from typing import NamedTuple

from ledger.api.server.metrics import CONTENT_TYPE
from ledger.api.server.shared import Shared

PATH = "/metrics"

_MOST_HEAD_BYTES = 16_384
_MOST_AT_ONCE = 64
_LONGEST_SECONDS = 5.0
_METHODS = ("GET", "HEAD")


class Running(NamedTuple):
    """The loop that answers, and how to end it."""

    loop: asyncio.AbstractEventLoop
    ended: asyncio.Event


@contextlib.contextmanager
def telling_figures(host: str, port: int, text: Callable[[], bytes]) -> Generator[None]:
    """Answer `GET /metrics` there until the end; raises OSError where nothing can listen.

    Several processes may do so at one address: whoever asks is answered by one of them. A connection is one answer,
    and is given up after a few seconds.
    """
    begun: Future[Running] = Future()
    thread = threading.Thread(
        target=lambda: asyncio.run(_listen(host, port, text, begun)), name="timebank-figures", daemon=True
    )
    thread.start()
    running = begun.result()
    try:
        yield
    finally:
        running.loop.call_soon_threadsafe(running.ended.set)
        thread.join()


async def _listen(host: str, port: int, text: Callable[[], bytes], begun: "Future[Running]") -> None:
    figures, here = Shared(text), set[asyncio.StreamWriter]()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        here.add(writer)
        try:
            if len(here) <= _MOST_AT_ONCE:
                async with asyncio.timeout(_LONGEST_SECONDS):
                    await _answer(reader, writer, figures)
        except (TimeoutError, EOFError, asyncio.LimitOverrunError, ConnectionError):
            # Whoever asks no question, or takes no answer, gets none.
            pass
        finally:
            here.discard(writer)
            writer.transport.abort() if writer.transport.get_write_buffer_size() else writer.close()

    try:
        server = await asyncio.start_server(answer, host, port, limit=_MOST_HEAD_BYTES, reuse_port=True)
    except BaseException as error:
        begun.set_exception(error)
        return
    ended = asyncio.Event()
    begun.set_result(Running(asyncio.get_running_loop(), ended))
    async with server:
        await ended.wait()
    figures.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, figures: Shared[bytes]) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    method, target, *_ = [*head.partition(b"\r\n")[0].decode("latin-1").split(" "), "", ""]
    if method not in _METHODS:
        status, body = "405 Method Not Allowed", b""
    elif target.partition("?")[0] != PATH:
        status, body = "404 Not Found", b""
    else:
        status, body = "200 OK", await figures.get()
    told = {
        "Content-Type": CONTENT_TYPE,
        "Content-Length": len(body),
        "Connection": "close",
        "Allow": "GET, HEAD",
    }
    lines = (f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in told.items()), "", "")
    writer.write("\r\n".join(lines).encode() + (b"" if method == "HEAD" else body))
    await writer.drain()
