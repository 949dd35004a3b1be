"""Lets an application answer in this thread what Schemathesis sends, which asks a thread of its own twice for each."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from typing import Any

from litestar.types import ASGIApp
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

from tests.api.asking import answer, scope_of


class OneThread(asyncio.SelectorEventLoop):
    """A loop on which what is meant for a thread is done at once: with one caller, nobody would be answered meanwhile.

    To hand work to a thread and be woken up afterwards takes longer than most of it.
    """

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        """What is done already."""
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done


class InThisThread(HTTPAdapter):
    """Answers by an application where a session would have connections."""

    def __init__(self, app: ASGIApp, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._app = app
        self._loop = loop

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        """What is answered; raises what the application does."""
        assert request.method is not None
        body = request.body.encode() if isinstance(request.body, str) else _bytes_of(request.body)
        scope = scope_of(request.method, request.path_url.encode("ascii"), _headers(request))
        answered = self._loop.run_until_complete(answer(self._app, scope, body))
        raw = HTTPResponse(
            BytesIO(answered.content),
            HTTPHeaderDict(
                [(name.decode("latin-1"), value.decode("latin-1")) for name, value in answered.headers]
            ),
            answered.status,
            version=11,
            reason=HTTPStatus(answered.status).phrase,
            preload_content=False,
            request_method=request.method,
        )
        return self.build_response(request, raw)


def _bytes_of(text: object) -> bytes:
    """What a body or a header is sent as: what Schemathesis makes of headers is latin-1, as HTTP has it."""
    if isinstance(text, str):
        return text.encode("latin-1")
    assert text is None or isinstance(text, bytes)
    return text or b""


def _headers(request: PreparedRequest) -> list[tuple[bytes, bytes]]:
    given = [(name.encode("latin-1"), _bytes_of(value)) for name, value in request.headers.items()]
    return given if "host" in request.headers else [(b"host", b"testserver"), *given]
