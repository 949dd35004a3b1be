"""The way in: every request gets an id, is timed and logged, and says who it comes from."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Final, cast

import structlog
from litestar import Litestar, Request
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from ledger.api.admission import CROWD
from ledger.api.crowd import Crowd
from ledger.api.doorstep import Doorstep, Knock
from ledger.api.exceptions_as_problems import told
from ledger.api.outermost import fail
from ledger.api.problems import HttpProblem
from ledger.api.requests import headers_of, request_id
from ledger.api.routes import Route
from ledger.api.sent import Sent
from ledger.api.server.metrics import known_method
from ledger.api.server.origins import for_origin
from ledger.api.state import Api
from ledger.hosting.connections import SERVER_HEADER, Ended, attended

_FAILED = 500
_Own = Iterable[tuple[bytes, bytes]]
_AT_ONE_GO = 65_536
"""Of a body, in bytes: what takes no more memory than a caller may have for nothing. Longer ones keep their places."""
_ENDED_AS: Final = {Ended.BROKEN_OFF: "malformed-request", Ended.TOO_SLOW: "request-timeout"}
_log = structlog.get_logger("timebank.api")


class Entrance:
    """Wraps the whole application, so that also what no route answers is counted and has an id.

    The log line names the route and not the path, the outcome and not the content: no personal data.
    """

    def __init__(
        self,
        app: Litestar,
        api: Api,
        routes: Iterable[Route],
        origins: Collection[str] = (),
        at_once: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """Put it before an application that answers by `routes`, from what `api` holds.

        `origins` are those whose pages may ask from within a browser; `at_once` tells of some actors how many of their
        requests are answered at a time.
        """
        self.app = app
        self.api = api
        self._tells_of_reads = bool(_log.is_enabled_for(logging.DEBUG))
        self.origins = frozenset(origins)
        self._answered: list[tuple[str, str, int, float]] = []
        self._crowd = Crowd(at_once)
        self._doorstep = Doorstep(routes, self._crowd)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request in."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        api, method, headers = self.api, scope["method"], headers_of(scope)
        identifier = request_id(headers)
        own = (SERVER_HEADER, (b"x-request-id", identifier.encode()), *for_origin(headers, self.origins))
        scope["timebank.request_id"] = identifier  # type: ignore[typeddict-unknown-key]
        knock, status = None, 0
        try:
            knock = self._doorstep.knock(api, scope, headers) if method == "GET" else None
            found = None
            if knock is not None and not api.asks_elsewhere:
                found = self._doorstep.here(api, knock) or await self._doorstep.soon(api, knock, scope)
            if found is None:
                telling = _Telling(send, own, head=method == "HEAD", over=partial(self._crowd.leave, scope))
                try:
                    await self._generally(knock, scope, receive, telling)
                finally:
                    status = telling.status
            else:
                status = found.status
                if len(found.body) <= _AT_ONE_GO:
                    self._crowd.leave(scope)
                await _give(found, own, send)
        except Exception as error:
            # The server beneath would print what was raised.
            begun_already, status = bool(status), status or _FAILED
            await fail(scope, send, error, begun=begun_already)
        finally:
            self._crowd.leave(scope)
            route = _route_of(scope) if knock is None else knock.read.name
            self._tell_of(scope, route, method, status or Ended.GONE.value, time.perf_counter() - begun)

    def _tell_of(self, scope: Any, route: str, method: str, status: int, seconds: float) -> None:
        self._answered.append((route, method, status, seconds))
        if len(self._answered) == 1:
            # Those that are answered in one turn of the loop are counted together, once their callers have it.
            asyncio.get_running_loop().call_soon(self._count)
        # What only reads is told of where it is asked for: a portal polls all day.
        reads = scope["method"] == "GET" and status < _FAILED
        if reads and not self._tells_of_reads:
            return
        tell = _log.debug if reads else _log.info
        tell(
            "answered",
            route=route,
            method=known_method(method),
            status=status,
            milliseconds=round(seconds * 1000, 3),
            request_id=scope["timebank.request_id"],
        )

    def _count(self) -> None:
        answered, self._answered = self._answered, []
        for one in answered:
            self.api.metrics.answered(*one)

    async def _generally(self, knock: Knock | None, scope: Scope, receive: Receive, send: "_Telling") -> None:
        """Let the application answer, or tell what kept it from that; nobody is told who does not wait any more."""
        scope[CROWD] = self._crowd  # type: ignore[literal-required]
        # What a GET would say, without its content.
        if send.head:
            cast(Any, scope)["method"] = "GET"
        app = self.app if knock is None or not self.api.asks_elsewhere else self._asking(knock)
        try:
            ended = await attended(app, scope, receive, send)
        except Exception as error:
            problem = error
        else:
            if ended is None or ended not in _ENDED_AS:
                return
            # What was not read yet of its body would be taken for the next request.
            problem = HttpProblem(_ENDED_AS[ended], headers={"Connection": "close"})
        request = Request[Any, Any, Any](scope)
        response: Any = told(request, problem)
        if not send.status:
            await response.to_asgi_response(None, request)(scope, receive, send)

    def _asking(self, knock: Knock) -> ASGIApp:
        """The application, where a server's database is asked first for all who ask at a time."""

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            found = await self._doorstep.elsewhere(self.api, knock, scope)
            if found is None:
                await self.app(scope, receive, send)
            else:
                await _give(found, (), send)

        return app


class _Telling:
    """Sends what an application says, with headers of our own; the status is 0 until it has begun."""

    def __init__(self, send: Send, own: _Own, *, head: bool, over: Callable[[], None]) -> None:
        self.status = 0
        self.head = head
        self._over = over
        self._send = send
        self._own = own

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message["headers"], *self._own]
        elif message["type"] == "http.response.body":
            if self.head:
                message["body"] = b""
            if not message.get("more_body") and len(message["body"]) <= _AT_ONE_GO:
                # Who has an answer may ask again before we know that it was taken.
                self._over()
        await self._send(message)


async def _give(found: Sent, more: _Own, send: Send) -> None:
    await send({"type": "http.response.start", "status": found.status, "headers": [*found.headers, *more]})
    await send({"type": "http.response.body", "body": found.body, "more_body": False})


def _route_of(scope: Any) -> str:
    return getattr(scope.get("route_handler"), "name", None) or "none"
