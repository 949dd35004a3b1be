"""Asks an application in this process, without what a client does for connections, of which there are none here."""

import asyncio
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Self
from urllib.parse import unquote

from httpx import ByteStream, Request, Response
from litestar.types import ASGIApp

_HOST = "testserver.local"
_OURS = {"accept": "*/*", "user-agent": "testclient"}
_SENT_BY = ("testclient", 50_000)


class Answered(NamedTuple):
    """What an application sent."""

    status: int
    headers: list[tuple[bytes, bytes]]
    content: bytes


class Asking:
    """Sends requests of httpx, by path, and gives its responses, in a third of the time of litestar's TestClient.

    The application answers on a loop in a thread of its own, so that several may ask at a time. What is answered to
    HEAD is shown as it was sent, and nothing is followed elsewhere. What an application does as it starts and ends is
    left to the TestClient.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def request(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | None = None,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        content: bytes | str | Iterable[bytes] | None = None,
    ) -> Response:
        """What is answered; raises what the application does."""
        asked = Request(
            method,
            f"http://{_HOST}{path}",
            headers=[*_OURS.items(), *(headers.items() if isinstance(headers, Mapping) else headers or ())],
            params=params,
            json=json,
            content=content,
        )
        return asyncio.run_coroutine_threadsafe(self._answer(asked), self._loop).result()

    def get(self, path: str, **more: Any) -> Response:
        return self.request("GET", path, **more)

    def head(self, path: str, **more: Any) -> Response:
        return self.request("HEAD", path, **more)

    def options(self, path: str, **more: Any) -> Response:
        return self.request("OPTIONS", path, **more)

    def post(self, path: str, **more: Any) -> Response:
        return self.request("POST", path, **more)

    async def _answer(self, asked: Request) -> Response:
        scope = scope_of(asked.method, asked.url.raw_path, asked.headers.raw)
        status, headers, content = await answer(self.app, scope, asked.read())
        # As a stream, to which httpx adds no header of its own.
        response = Response(status, headers=headers, stream=ByteStream(content), request=asked)
        response.read()
        return response

    async def _end(self) -> None:
        """Leave nothing behind, as asyncio.run would."""
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for one in left:
            one.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self._loop.shutdown_default_executor()


async def answer(app: ASGIApp, scope: Any, body: bytes) -> Answered:
    """What an application answers to a request."""
    arriving = [{"type": "http.request", "body": body, "more_body": False}]
    complete = asyncio.Event()
    begun: list[Any] = []
    pieces: list[bytes] = []

    async def receive() -> Any:
        if arriving:
            return arriving.pop()
        # Whoever asks stays until they are answered.
        await complete.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        assert not complete.is_set(), "more was sent after the end"
        if message["type"] == "http.response.start":
            assert not begun, "it was begun twice"
            begun.append(message)
            return
        assert begun, "it ends before it begins"
        pieces.append(message.get("body", b""))
        if not message.get("more_body", False):
            complete.set()

    await app(scope, receive, send)
    assert complete.is_set(), "nothing was answered"
    [start] = begun
    return Answered(start["status"], list(start["headers"]), b"".join(pieces))


def scope_of(method: str, target: bytes, headers: Iterable[tuple[bytes, bytes]]) -> Any:
    """A request as an application is told of it."""
    path, _, query = target.partition(b"?")
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path.decode("ascii")),
        "raw_path": path,
        "root_path": "",
        "query_string": query,
        "headers": [(name.lower(), value) for name, value in headers],
        "client": _SENT_BY,
        "server": (_HOST, 80),
        "state": {},
        "extensions": {},
    }
