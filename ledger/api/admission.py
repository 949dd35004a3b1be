"""Who is let in: a caller with a token, in a role that may come here, for whom there is room."""

from collections.abc import Iterable
from typing import Any, Final

from litestar import Request

from ledger.api.crowd import Crowd
from ledger.api.requests import Headers, caller, headers_of
from ledger.api.state import api_of
from ledger.api.tokens import Verifier
from ledger.operations.access import Access, refuse_role
from ledger.operations.callers import Caller
from ledger.operations.refused import Problem

CROWD: Final = "timebank.crowd"
"""Where a request's scope holds all who are being answered."""


def allowed(headers: Headers, verifier: Verifier, access: Access, ids: Iterable[str]) -> Caller:
    """The caller of a request, whose role may come here; raises a Problem. `ids` are those of its path."""
    who = caller(headers, verifier)
    refuse_role(access, who)
    if not all(map(_can_be_asked_for, ids)):
        raise Problem("not-found")
    return who


def admitted(request: Request[Any, Any, Any], access: Access) -> tuple[Headers, Caller]:
    """The headers and the caller of a request that Litestar has taken in, for whom there is room; likewise."""
    headers = headers_of(request.scope)
    who = allowed(headers, api_of(request.app).verifier, access, request.path_params.values())
    _crowd_of(request.scope).enter(request.scope, who)
    return headers, who


def take_room(request: Request[Any, Any, Any], who: Caller, items: int) -> None:
    """Let a request of so many items take as many of its caller's places, or all that are left."""
    _crowd_of(request.scope).spread(request.scope, who, items)


def _crowd_of(scope: Any) -> Crowd:
    return scope[CROWD]


def _can_be_asked_for(text: str) -> bool:
    """Whether a database takes it: a NUL or half of a surrogate pair is in no id of anything."""
    if text.isascii():
        return "\0" not in text
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
