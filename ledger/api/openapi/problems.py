"""The errors of the OpenAPI document: for each status the codes that it can have, and the headers that come along."""

from collections import defaultdict
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from ledger.api.openapi.schemas import Schema
from ledger.api.persons import Replacement
from ledger.api.problems import HTTP_KINDS, MEDIA_TYPE, catalogue, problem_document, status_of
from ledger.api.reading import Read
from ledger.api.requests import REPLAYED
from ledger.api.routes import Route
from ledger.api.writing import Write
from ledger.operations.callers import Role
from ledger.operations.held import HELD
from ledger.operations.refused import Problem
from ledger.operations.things import KINDS, STANDING_FOR
from ledger.operations.words.document import STATUSES_ZH, TEXTS
from ledger.operations.words.said import EN, ZH
from ledger.store.deciding import OF_ANY_COMMAND

Codes = dict[int, tuple[str, ...]]

_NO_BODY = {"unsupported-media-type", "body-too-large", "request-timeout"}
_OF_NO_ROUTE = {"method-not-allowed", "not-acceptable"}
_OF_SOME_ROUTES = {"list-changed", "not-signed", "signing-refused", "no-checkpoint-key"}
_OF_READS = {"not-there-yet"}
_OF_WRITES = {"read-only"}
_OF_CALLERS = {"unauthenticated", "forbidden", "too-many-requests", "not-found"}

_SHAPES: dict[str, Schema] = {
    "X-Request-Id": {"type": "string", "pattern": "^[0-9a-f][0-9a-f-]{15,63}$"},
    "Ledger-Position": {"type": "integer", "minimum": 0},
    "ETag": {"type": "string", "pattern": '^W/"[0-9a-f]{24}"$'},
    "Location": {"type": "string", "format": "uri-reference"},
    "Retry-After": {"type": "integer", "minimum": 0},
    "WWW-Authenticate": {"type": "string", "pattern": "^Bearer "},
    REPLAYED: {"type": "string", "enum": ["true"]},
}
HEADERS = {name: {"description": TEXTS[name], "schema": shape} for name, shape in _SHAPES.items()}

PROBLEM: Schema = {
    "title": "Problem",
    "description": TEXTS["problem"],
    "type": "object",
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "examples": ["/problems/not-found"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "request_id": {"type": "string"},
        "details": {
            "description": TEXTS["details"],
            "type": "object",
            "additionalProperties": {"type": ["string", "integer", "array"]},
        },
        "errors": {
            "description": TEXTS["errors"],
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
    """The problems that a route can answer with: those of its own command in full, references to the others."""
    codes = codes_of(route)
    own = {refusal.code for refusal in route.operation.refusals} if isinstance(route, Write) else set[str]()
    return {
        str(status): _response(status, those)
        if own.intersection(those)
        else {"$ref": f"#/components/responses/{_name(status, those)}"}
        for status, those in codes.items()
    }


def responses(routes: Iterable[Route]) -> Schema:
    """What the references of some routes are to."""
    needed = {
        (status, codes)
        for route in routes
        for status, codes in codes_of(route).items()
        if "$ref" in responses_of(route)[str(status)]
    }
    return {_name(status, codes): _response(status, codes) for status, codes in sorted(needed)}


def codes_of(route: Route) -> Codes:
    """The codes that a route can answer with, by status."""
    found: dict[int, list[str]] = defaultdict(list)
    for code in HTTP_KINDS.keys() - _never(route) | _of_rules(route):
        found[status_of(code)].append(code)
    return {status: tuple(sorted(those)) for status, those in sorted(found.items())}


def _of_rules(route: Route) -> set[str]:
    if not isinstance(route, Write):
        return set()
    refused = {refusal.code for refusal in (*route.operation.refusals, *OF_ANY_COMMAND)}
    return refused | set(route.problems)


def _never(route: Route) -> set[str]:
    """What HTTP can refuse, and not on this route."""
    apart = _OF_NO_ROUTE | (_OF_WRITES | _NO_BODY if isinstance(route, Read) else _OF_READS)
    apart |= _OF_SOME_ROUTES - set(route.problems)
    if route.access.roles is None:
        apart |= _OF_CALLERS
    elif route.access.roles == frozenset(Role):
        apart |= {"forbidden"}
    if not isinstance(route, Replacement) and not (isinstance(route, Write) and route.operation.person):
        apart |= {"number-taken"}
    if not _names_things(route):
        apart |= {"ambiguous"}
    if not (isinstance(route, Write) and route.operation.volunteers):
        apart |= {"unknown-volunteer"}
    if not (isinstance(route, Write) and route.operation.strangers):
        apart |= {"cannot-receive"}
    if not (route.access.about or route.parameters):
        apart |= {"not-found"}
    return apart


def _names_things(route: Route) -> bool:
    """Whether a request names things that may have a name in common, in its path, its query or its body."""
    fields = {*route.parameters}
    if isinstance(route, Read):
        fields.update(route.operation.query.__struct_fields__)
    named = KINDS.keys() | HELD.keys() | STANDING_FOR.keys() | {"sign_up", "visit", "volunteer"}
    return bool(named & fields) or (isinstance(route, Write) and bool(route.operation.things))


def _name(status: int, codes: tuple[str, ...]) -> str:
    return "-".join((str(status), *codes))


def _example(code: str) -> tuple[Schema, Schema]:
    problem, request = Problem(catalogue()[code]), "0123456789abcdef0123456789abcdef"
    return problem_document(problem, EN, request), problem_document(problem, ZH, request)


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
    en, zh = (
        "".join(f"\n* `{code}`: {catalogue()[code].title(language)}" for code in codes)
        for language in (EN, ZH)
    )
    return {
        "description": (f"{HTTPStatus(status).phrase}\n{en}", f"{STATUSES_ZH[status]}\n{zh}"),
        "headers": headers(*more.get(status, ())),
        "content": {MEDIA_TYPE: {"schema": schema, "example": _example(codes[0])}},
    }
