"""The way in: every request gets an id, is timed and logged, and says who it comes from."""

import time
from collections import Counter
from collections.abc import Collection
from typing import Any, Final, cast

import structlog
from litestar import Litestar, Request
from litestar.types import Message, Receive, Scope, Send

from ledger.api.access import Access, refuse_role
from ledger.api.callers import Caller, Role
from ledger.api.metrics import known_method
from ledger.api.origins import for_origin
from ledger.api.problems import Problem
from ledger.api.requests import Headers, caller, headers_of, request_id
from ledger.api.state import api_of

MOST_AT_ONCE = 64
"""How many requests of one actor a process answers at a time."""
MOST_FOR_MANY = 1_024
"""The same of one who acts for many people."""

_FAILED = 500
_ACTOR: Final = "timebank.actor"
_CROWD: Final = "timebank.crowd"
_log = structlog.get_logger("timebank.api")


class Crowd:
    """Who is being answered at this moment, on one loop, so that no caller takes all the room."""

    def __init__(self) -> None:
        """Nobody is here yet."""
        self._here: Counter[str] = Counter()

    def enter(self, scope: Any, who: Caller) -> None:
        """Let a caller's request in; raises a Problem where too many of theirs are here."""
        most = MOST_FOR_MANY if who.role is Role.INTEGRATION else MOST_AT_ONCE
        if self._here[who.actor] >= most:
            raise Problem("too-many-requests", headers={"Retry-After": "1"})
        self._here[who.actor] += 1
        scope[_ACTOR] = who.actor

    def leave(self, scope: Any) -> None:
        """Count a request that has been answered no longer."""
        actor = scope.get(_ACTOR)
        if actor is None:
            return
        self._here[actor] -= 1
        if not self._here[actor]:
            del self._here[actor]


class Entrance:
    """Wraps the whole application, so that also what no route answers is counted and has an id.

    The log line names the route and not the path, the outcome and not the content: no personal data.
    """

    def __init__(self, app: Litestar, origins: Collection[str] = ()) -> None:
        """Put it before an application; `origins` are those whose pages may ask from within a browser."""
        self.app = app
        self.origins = frozenset(origins)
        self._crowd = Crowd()

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
        status = 500

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", identifier.encode()), *shown]
            elif method == "HEAD" and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        try:
            await self.app(scope, receive, tell)
        finally:
            self._crowd.leave(scope)
            self._tell_of(scope, method, status, time.perf_counter() - begun)

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


def admitted(request: Request[Any, Any, Any], access: Access) -> tuple[Headers, Caller]:
    """The headers and the caller of a request, whose role may come here; raises a Problem."""
    headers = headers_of(request.scope)
    who = caller(headers, api_of(request.app).verifier)
    refuse_role(access, who)
    if not all(map(_can_be_asked_for, request.path_params.values())):
        raise Problem("not-found")
    crowd = cast(Any, request.scope)[_CROWD]
    crowd.enter(request.scope, who)
    return headers, who


def _can_be_asked_for(text: str) -> bool:
    """Whether a database takes it: a NUL or half of a surrogate pair is in no id of anything."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
