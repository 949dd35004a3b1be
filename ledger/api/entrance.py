"""The way in: every request gets an id, is timed and logged, and says who it comes from."""

import time
from typing import Any

import structlog
from litestar import Request
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from ledger.api.access import Access, refuse_role
from ledger.api.callers import Caller
from ledger.api.metrics import Metrics
from ledger.api.requests import Headers, caller, headers_of, request_id
from ledger.api.state import api_of

_FAILED = 500
_log = structlog.get_logger("timebank.api")


class Entrance:
    """Wraps the whole application, so that also what no route answers is counted and has an id.

    The log line names the route and not the path, the outcome and not the content: no personal data.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        """Put it before an application."""
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        identifier = request_id(headers_of(scope))
        scope["timebank.request_id"] = identifier  # type: ignore[typeddict-unknown-key]
        status = 500

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", identifier.encode())]
            await send(message)

        try:
            await self._app(scope, receive, tell)
        finally:
            seconds = time.perf_counter() - begun
            handler = scope.get("route_handler")
            route = getattr(handler, "name", None) or "none"
            self._metrics.answered(route, scope["method"], status, seconds)
            # What only reads is told of where it is asked for: a portal polls all day.
            tell_of = _log.debug if scope["method"] == "GET" and status < _FAILED else _log.info
            tell_of(
                "answered",
                route=route,
                method=scope["method"],
                status=status,
                milliseconds=round(seconds * 1000, 3),
                request_id=identifier,
            )


def admitted(request: Request[Any, Any, Any], access: Access) -> tuple[Headers, Caller]:
    """The headers and the caller of a request, whose role may come here; raises a Problem."""
    headers = headers_of(request.scope)
    who = caller(headers, api_of(request.app).verifier)
    refuse_role(access, who)
    return headers, who
