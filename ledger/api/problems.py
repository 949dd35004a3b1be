"""Whatever a caller is told instead of an answer, as HTTP tells it: RFC 9457 problem documents, each with a status."""

from collections.abc import Mapping, Sequence
from functools import cache
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Struct

from ledger.operations.refused import (
    KINDS,
    ZH,
    Fault,
    Kind,
    Problem,
    kind_of,
    kinds,
    refusals,
    shortened,
)
from ledger.operations.words.problems import PROBLEMS_OF_HTTP

MEDIA_TYPE = "application/problem+json"

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})

HTTP_KINDS: Mapping[str, Kind] = MappingProxyType({**KINDS, **kinds(PROBLEMS_OF_HTTP)})
"""What can be refused without asking the rules; the other codes are those of the rules' refusals."""

_STATUSES: Mapping[str, HTTPStatus] = {
    "malformed-request": HTTPStatus.BAD_REQUEST,
    "unauthenticated": HTTPStatus.UNAUTHORIZED,
    "forbidden": HTTPStatus.FORBIDDEN,
    "not-found": HTTPStatus.NOT_FOUND,
    "method-not-allowed": HTTPStatus.METHOD_NOT_ALLOWED,
    "not-acceptable": HTTPStatus.NOT_ACCEPTABLE,
    "request-timeout": HTTPStatus.REQUEST_TIMEOUT,
    "body-too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "unsupported-media-type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "invalid-request": HTTPStatus.UNPROCESSABLE_ENTITY,
    "invalid-input": HTTPStatus.UNPROCESSABLE_ENTITY,
    "key-reused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "too-many-requests": HTTPStatus.TOO_MANY_REQUESTS,
    "internal-error": HTTPStatus.INTERNAL_SERVER_ERROR,
    "no-checkpoint-key": HTTPStatus.SERVICE_UNAVAILABLE,
    "read-only": HTTPStatus.SERVICE_UNAVAILABLE,
    "not-there-yet": HTTPStatus.SERVICE_UNAVAILABLE,
    "store-unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
    "not-open": HTTPStatus.SERVICE_UNAVAILABLE,
}


def status_of(code: str) -> int:
    """The HTTP status of a code: what is not there is 404, and what the rules do not allow 409, unless said above."""
    missing = code.startswith("unknown-")
    return _STATUSES.get(code, HTTPStatus.NOT_FOUND if missing else HTTPStatus.CONFLICT).value


@cache
def catalogue() -> Mapping[str, Kind]:
    """Every code there is."""
    found = {**HTTP_KINDS, **{code: kind_of(refusal) for code, refusal in refusals().items()}}
    return MappingProxyType(dict(sorted(found.items())))


class HttpProblem(Problem):
    """A problem of HTTP itself, or one whose answer has headers of its own."""

    known = HTTP_KINDS

    def __init__(
        self, kind: str, en: str = "", zh: str = "", *, headers: Mapping[str, str] = _NO_HEADERS
    ) -> None:
        """`kind` is a code of HTTP_KINDS; `en` and `zh` say what happened this time."""
        super().__init__(kind, en, zh)
        self.headers = headers


def headers_with(problem: Problem) -> Mapping[str, str]:
    """The headers that go out with a problem."""
    own = problem.headers if isinstance(problem, HttpProblem) else _NO_HEADERS
    if status_of(problem.kind.code) == HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": "1", **own}
    return own


class WrongField(Struct, frozen=True, omit_defaults=True):
    """One field that is wrong: a JSON pointer into the body, or the name of a parameter or header."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None
    header: str | None = None


def problem_document(problem: Problem, language: str, request_id: str | None = None) -> dict[str, Any]:
    """A problem's document in a language; it has the id of the request where there is one in the server's log."""
    kind = problem.kind
    found: dict[str, Any] = {
        "type": f"/problems/{kind.code}",
        "title": kind.title(language),
        "status": status_of(kind.code),
        "detail": problem.zh if language == ZH else problem.en,
        "code": kind.code,
    }
    if request_id is not None:
        found["request_id"] = request_id
    if problem.details:
        found["details"] = dict(problem.details)
    if problem.errors:
        found["errors"] = _wrong_fields(problem.errors, language)
    return found


def _wrong_fields(faults: Sequence[Fault], language: str) -> list[Any]:
    return [
        msgspec.to_builtins(
            WrongField(
                one.zh if language == ZH else one.en,
                shortened(one.pointer),
                shortened(one.parameter),
                one.header,
            )
        )
        for one in faults
    ]
