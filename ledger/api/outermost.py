"""Around everything else: what nobody caught is told in the log, and in no other way."""

from typing import Any

import msgspec
import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from ledger.api.problems import MEDIA_TYPE, HttpProblem, problem_document, status_of
from ledger.api.requests import headers_of, language

_log = structlog.get_logger("timebank.api")


class Outermost:
    """Answers for an application that raises, as the server beneath it would print what was raised."""

    def __init__(self, app: ASGIApp) -> None:
        """Put it around an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request in; other things than requests pass as they are."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def tell(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, tell)
        except Exception as error:
            await fail(scope, send, error, begun=begun)


async def fail(scope: Any, send: Send, error: Exception, *, begun: bool) -> None:
    """Tell the log of what was raised, and the caller that something was, unless an answer has begun."""
    identifier = str(scope.get("timebank.request_id", ""))
    _log.error("failed", request_id=identifier, exc_info=error)
    if not begun:
        for message in _answer(scope, identifier):
            await send(message)


def _answer(scope: Scope, identifier: str) -> tuple[Any, Any]:
    problem = HttpProblem("internal-error")
    content = msgspec.json.encode(problem_document(problem, language(headers_of(scope)), identifier))
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(content)).encode())]
    headers += [(b"cache-control", b"no-store"), (b"vary", b"Accept-Language")]
    return (
        {"type": "http.response.start", "status": status_of(problem.kind.code), "headers": headers},
        {"type": "http.response.body", "body": content, "more_body": False},
    )
