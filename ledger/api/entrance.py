"""The way in: every request gets an id, is timed and logged, and says who it comes from."""

import time
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import structlog
from litestar import Litestar, Request
from litestar.response.base import ASGIResponse
from litestar.types import Message, Receive, Scope, Send

from ledger.api.admission import CROWD
from ledger.api.connections import SERVER_HEADER, Ended, attended
from ledger.api.crowd import Crowd
from ledger.api.doorstep import Asked, Doorstep
from ledger.api.failing import told
from ledger.api.metrics import known_method
from ledger.api.origins import for_origin
from ledger.api.problems import Problem
from ledger.api.requests import HEADERS, headers_of, request_id
from ledger.api.routes import Route
from ledger.api.state import Api, api_of

_FAILED = 500
_ENDED_AS: Final = {Ended.BROKEN_OFF: "malformed-request", Ended.TOO_SLOW: "request-timeout"}
_ROUTE: Final = "timebank.route"
_log = structlog.get_logger("timebank.api")


class Entrance:
    """Wraps the whole application, so that also what no route answers is counted and has an id.

    The log line names the route and not the path, the outcome and not the content: no personal data.
    """

    def __init__(
        self,
        app: Litestar,
        routes: Iterable[Route],
        origins: Collection[str] = (),
        at_once: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """Put it before an application that answers by `routes`.

        `origins` are those whose pages may ask from within a browser; `at_once` tells of some actors how many of their
        requests are answered at a time.
        """
        self.app = app
        self.origins = frozenset(origins)
        self._crowd = Crowd(at_once)
        self._doorstep = Doorstep(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request in."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        method = scope["method"]
        headers = headers_of(scope)
        identifier, shown = request_id(headers), for_origin(headers, self.origins)
        scope[HEADERS] = headers  # type: ignore[literal-required]
        scope["timebank.request_id"] = identifier  # type: ignore[typeddict-unknown-key]
        scope[CROWD] = self._crowd  # type: ignore[literal-required]
        if method == "HEAD":
            # What a GET would say, without its content.
            scope["method"] = "GET"
        status = 0

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = (SERVER_HEADER, (b"x-request-id", identifier.encode()))
                message["headers"] = [*message["headers"], *own, *shown]
            elif method == "HEAD" and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        try:
            problem = await self._problem_of(scope, receive, tell)
            if problem is not None and not status:
                await problem(scope, receive, tell)
        except Exception:
            status = status or _FAILED
            raise
        finally:
            self._crowd.leave(scope)
            self._tell_of(scope, method, status or Ended.GONE.value, time.perf_counter() - begun)

    def _tell_of(self, scope: Any, method: str, status: int, seconds: float) -> None:
        route = scope.get(_ROUTE) or getattr(scope.get("route_handler"), "name", None) or "none"
        api_of(self.app).metrics.answered(route, method, status, seconds)
        # What only reads is told of where it is asked for: a portal polls all day.
        tell = _log.debug if scope["method"] == "GET" and status < _FAILED else _log.info
        tell(
            "answered",
            route=route,
            method=known_method(method),
            status=status,
            milliseconds=round(seconds * 1000, 3),
            request_id=scope["timebank.request_id"],
        )

    async def _problem_of(self, scope: Scope, receive: Receive, send: Send) -> ASGIResponse | None:
        """What kept a request from being answered, None where it was or nobody waits any more; raises nothing."""
        try:
            asked, api = self._doorstep.asked(scope), api_of(self.app)
            if asked is not None and not api.asks_elsewhere:
                if await self._told_at_once(api, scope, asked, send):
                    return None
                asked = None

            async def tell(scope: Scope, receive: Receive, send: Send) -> None:
                if asked is None or not await self._told_at_once(api, scope, asked, send):
                    await self.app(scope, receive, send)

            ended = await attended(tell, scope, receive, send)
        except Exception as error:
            problem = error
        else:
            if ended is None or ended not in _ENDED_AS:
                return None
            # What was not read yet of its body would be taken for the next request.
            problem = Problem(_ENDED_AS[ended], headers={"Connection": "close"})
        request = Request[Any, Any, Any](scope)
        response: Any = told(request, problem)
        return response.to_asgi_response(None, request)

    async def _told_at_once(self, api: Api, scope: Any, asked: Asked, send: Send) -> bool:
        """Whether it could be told at the doorstep, and was."""
        scope[_ROUTE] = asked.read.name
        found = await self._doorstep.answer(api, scope, asked)
        if found is None:
            return False
        await send({"type": "http.response.start", "status": found.status, "headers": found.headers})
        await send({"type": "http.response.body", "body": found.body, "more_body": False})
        return True
