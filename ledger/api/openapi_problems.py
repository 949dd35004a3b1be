"""The errors of the OpenAPI document: for each status the codes that it can have, and the headers that come along."""

from collections import defaultdict
from http import HTTPStatus
from typing import Any

from ledger.api.access import Access
from ledger.api.openapi_schemas import Schema
from ledger.api.problems import HTTP_KINDS, MEDIA_TYPE, Problem, catalogue
from ledger.api.reading import Read
from ledger.api.routes import Route
from ledger.api.writing import REPLAYED

Codes = dict[int, tuple[str, ...]]

_NO_BODY = {"unsupported-media-type", "body-too-large"}
_OF_NO_ROUTE = {"method-not-allowed", "not-acceptable"}
_OF_READS = {"not-there-yet"}
_OF_WRITES = {"read-only", "number-taken", "unknown-volunteer"}

HEADERS: dict[str, Schema] = {
    "X-Request-Id": {
        "description": "The id of the request in the server's log: the caller's own where it sent a fit one.",
        "schema": {"type": "string", "pattern": "^[0-9a-f][0-9a-f-]{15,63}$"},
    },
    "Ledger-Position": {
        "description": "The position of the log that the answer shows.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "ETag": {
        "description": "A digest of the answer without its position, for If-None-Match.",
        "schema": {"type": "string", "pattern": '^W/"[0-9a-f]{24}"$'},
    },
    "Retry-After": {
        "description": "In how many seconds to try again.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "WWW-Authenticate": {
        "description": "The challenge of RFC 6750.",
        "schema": {"type": "string", "pattern": "^Bearer "},
    },
    REPLAYED: {
        "description": "`true` where the key was answered before: the answer is that of then.",
        "schema": {"type": "string", "enum": ["true"]},
    },
}

PROBLEM: Schema = {
    "title": "Problem",
    "description": "An RFC 9457 problem document. Programs go by `code`; title and detail are for people.",
    "type": "object",
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "examples": ["/problems/not-found"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "request_id": {"type": "string"},
        "details": {
            "description": "What the detail's sentence speaks of, for programs.",
            "type": "object",
            "additionalProperties": {"type": ["string", "integer"]},
        },
        "errors": {
            "description": "The fields that are wrong.",
            "type": "array",
            "items": {"$ref": "#/components/schemas/WrongField"},
        },
    },
    "required": ["type", "title", "status", "detail", "code", "request_id"],
}


def headers(*names: str) -> Schema:
    """References to headers of a response."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Request-Id", *names)}


def responses_of(route: Route) -> Schema:
    """References to the problems that a route can answer with."""
    kind = _kind(route)
    statuses = set(_codes(kind))
    if route.access.roles is None:
        statuses -= {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}
    if isinstance(route, Read) and not _names_something(route.access, route.parameters):
        statuses.discard(HTTPStatus.NOT_FOUND)
    return {str(status): {"$ref": f"#/components/responses/{kind}{status}"} for status in sorted(statuses)}


def responses() -> Schema:
    """What those references are to."""
    return {
        f"{kind}{status}": _response(status, codes)
        for kind in ("Read", "Write")
        for status, codes in _codes(kind).items()
    }


def _kind(route: Route) -> str:
    return "Read" if isinstance(route, Read) else "Write"


def _names_something(access: Access, parameters: tuple[str, ...]) -> bool:
    return bool(access.about or parameters)


def _codes(kind: str) -> Codes:
    """The codes by status. Of a write these are those of all rules: which ones its command may meet, only it knows."""
    found: dict[int, list[str]] = defaultdict(list)
    codes = catalogue().values() if kind == "Write" else HTTP_KINDS.values()
    apart = _OF_NO_ROUTE | (_OF_READS if kind == "Write" else _OF_WRITES | _NO_BODY)
    for one in codes:
        if one.code not in apart:
            found[one.status].append(one.code)
    return {status: tuple(sorted(those)) for status, those in sorted(found.items())}


def _example(code: str) -> Schema:
    return Problem(catalogue()[code]).document("en", "0123456789abcdef0123456789abcdef")


def _response(status: int, codes: tuple[str, ...]) -> Schema:
    more: dict[int, tuple[str, ...]] = {
        HTTPStatus.UNAUTHORIZED: ("WWW-Authenticate",),
        HTTPStatus.TOO_MANY_REQUESTS: ("Retry-After",),
        HTTPStatus.SERVICE_UNAVAILABLE: ("Retry-After",),
    }
    schema: Any = {
        "allOf": [
            {"$ref": "#/components/schemas/Problem"},
            {"properties": {"status": {"const": status}, "code": {"enum": list(codes)}}},
        ]
    }
    return {
        "description": HTTPStatus(status).phrase,
        "headers": headers(*more.get(status, ())),
        "content": {MEDIA_TYPE: {"schema": schema, "example": _example(codes[0])}},
    }
