"""Whatever is raised while a request is answered becomes a problem document."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, InternalServerException

from ledger.api.problems import MEDIA_TYPE, HttpProblem, headers_with, problem_document, status_of
from ledger.api.requests import headers_of, language
from ledger.domain.commands import Refusal
from ledger.operations.refused import Problem, refused
from ledger.store.errors import StoreError

_BY_STATUS = {
    HTTPStatus.BAD_REQUEST: "malformed-request",
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method-not-allowed",
    HTTPStatus.NOT_ACCEPTABLE: "not-acceptable",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "body-too-large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "unsupported-media-type",
}
_HUNG_UP = "client disconnected prematurely"
_log = structlog.get_logger("timebank.api")


def allowed(methods: Iterable[str]) -> str:
    """The methods of a path, as the header Allow tells them: whatever can be got has a HEAD, and everything OPTIONS."""
    told = {*methods, "OPTIONS"}
    return ", ".join(sorted(told | {"HEAD"} if "GET" in told else told))


def told(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The response for an exception; one that nobody expected is logged, and its caller learns nothing of it."""
    problem = problem_of(error)
    identifier: str = request.scope.get("timebank.request_id", "")  # type: ignore[assignment]
    if problem.kind.code == "internal-error":
        _log.error("failed", request_id=identifier, exc_info=error)
    content = msgspec.json.encode(problem_document(problem, language(headers_of(request.scope)), identifier))
    headers = {"Vary": "Accept-Language", "Cache-Control": "no-store", **headers_with(problem)}
    return Response(content, status_code=status_of(problem.kind.code), media_type=MEDIA_TYPE, headers=headers)


def problem_of(error: Exception) -> Problem:
    """What an exception is to the caller."""
    match error:
        case Problem():
            return error
        case Refusal():
            return refused(error)
        case StoreError():
            return Problem("store-unavailable")
        case HTTPException() if error.status_code in _BY_STATUS:
            allow = (error.headers or {}).get("allow")
            return HttpProblem(
                _BY_STATUS[HTTPStatus(error.status_code)],
                headers={"Allow": allowed(allow.split(", "))} if allow else {},
            )
        case _:
            return HttpProblem("malformed-request" if _is_malformed(error) else "internal-error")


def _is_malformed(error: Exception) -> bool:
    """Whether it is the request that cannot be read; of a caller who hung up while sending, nobody is told so."""
    if isinstance(error, InternalServerException):
        return error.detail == _HUNG_UP
    return isinstance(error, UnicodeDecodeError | RecursionError | msgspec.DecodeError)
