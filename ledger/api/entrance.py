"""The way in: every request gets an id, is timed and logged, and says who it comes from."""

import time
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, Final, cast

import structlog
from litestar import Litestar, Request
from litestar.response.base import ASGIResponse
from litestar.types import Message, Receive, Scope, Send

from ledger.api.access import Access, refuse_role
from ledger.api.callers import Caller
from ledger.api.connections import SERVER_HEADER, Ended, attended
from ledger.api.crowd import Crowd
from ledger.api.failing import told
from ledger.api.metrics import known_method
from ledger.api.origins import for_origin
from ledger.api.problems import Problem
from ledger.api.requests import Headers, caller, headers_of, request_id
from ledger.api.state import api_of

_FAILED = 500
_ENDED_AS: Final = {Ended.BROKEN_OFF: "malformed-request", Ended.TOO_SLOW: "request-timeout"}
_CROWD: Final = "timebank.crowd"
_log = structlog.get_logger("timebank.api")


class Entrance:
    """Wraps the whole application, so that also what no route answers is counted and has an id.

    The log line names the route and not the path, the outcome and not the content: no personal data.
    """

    def __init__(
        self,
        app: Litestar,
        origins: Collection[str] = (),
        at_once: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """Put it before an application.

        `origins` are those whose pages may ask from within a browser; `at_once` tells of some actors how many of their
        requests are answered at a time.
        """
        self.app = app
        self.origins = frozenset(origins)
        self._crowd = Crowd(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request in."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        method = scope["method"]
        headers = headers_of(scope)
        identifier, shown = request_id(headers), for_origin(headers, self.origins)
        scope["timebank.request_id"] = identifier  # type: ignore[typeddict-unknown-key]
        scope[_CROWD] = self._crowd  # type: ignore[literal-required]
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
            problem = await _problem_of(self.app, scope, receive, tell)
            if problem is not None and not status:
                await problem(scope, receive, tell)
        except Exception:
            status = status or _FAILED
            raise
        finally:
            self._crowd.leave(scope)
            self._tell_of(scope, method, status or Ended.GONE.value, time.perf_counter() - begun)

    def _tell_of(self, scope: Any, method: str, status: int, seconds: float) -> None:
        route = getattr(scope.get("route_handler"), "name", None) or "none"
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


async def _problem_of(app: Litestar, scope: Scope, receive: Receive, send: Send) -> ASGIResponse | None:
    """What kept the application from answering, None where it did or nobody waits any more; raises nothing."""
    try:
        ended = await attended(app, scope, receive, send)
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


def admitted(request: Request[Any, Any, Any], access: Access) -> tuple[Headers, Caller]:
    """The headers and the caller of a request, whose role may come here; raises a Problem."""
    headers = headers_of(request.scope)
    who = caller(headers, api_of(request.app).verifier)
    refuse_role(access, who)
    if not all(map(_can_be_asked_for, request.path_params.values())):
        raise Problem("not-found")
    _crowd_of(request).enter(request.scope, who)
    return headers, who


def take_room(request: Request[Any, Any, Any], who: Caller, items: int) -> None:
    """Let a request of so many items take as many of its caller's places, or all that are left."""
    _crowd_of(request).spread(request.scope, who, items)


def _crowd_of(request: Request[Any, Any, Any]) -> Crowd:
    return cast(Any, request.scope)[_CROWD]


def _can_be_asked_for(text: str) -> bool:
    """Whether a database takes it: a NUL or half of a surrogate pair is in no id of anything."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
