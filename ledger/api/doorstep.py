"""What is told before Litestar takes a request in: balances, and answers that are remembered or short."""

from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from ledger.api.admission import allowed
from ledger.api.crowd import Crowd
from ledger.api.queries import query_of
from ledger.api.reading import Read, question_of
from ledger.api.requests import Headers, language
from ledger.api.routes import Route
from ledger.api.sent import Sent
from ledger.api.state import Api
from ledger.api.ways import Ways
from ledger.hosting.connections import has_body
from ledger.operations.answers import encoded
from ledger.operations.asking import Enquiry
from ledger.operations.callers import Caller
from ledger.operations.question import Held, Query
from ledger.operations.refused import Problem

_LONGEST_KEPT_BYTES = 200


class Knock(Struct, frozen=True):
    """A read that somebody asks for whose role may come here: of which things, with which parameters and headers."""

    read: Read
    ids: Mapping[str, str]
    parameters: bytes
    headers: Headers
    caller: Caller


class Doorstep:
    """Answers reads as the general way would, to the byte; whatever is unusual it leaves to that way, refusals too."""

    def __init__(self, routes: Iterable[Route], crowd: Crowd) -> None:
        """`routes` are all that there are, `crowd` those whose requests are being answered."""
        self._ways = Ways(routes)
        self._crowd = crowd

    def knock(self, api: Api, scope: Any, headers: Headers) -> Knock | None:
        """What a request asks for, None where the general way has to tell."""
        found = None if has_body(headers) else self._ways.of(scope["path"])
        if found is None:
            return None
        read, ids = found
        try:
            caller = allowed(headers, api.verifier, read.access, ids.values())
        except Problem:
            return None
        return Knock(read, ids, scope["query_string"], headers, caller)

    def here(self, api: Api, knock: Knock) -> Sent | None:
        """What is told without waiting for anything, as the database is a file; None likewise."""
        if self._crowd.is_full(knock.caller):
            return None
        whose = _whose(knock)
        held = None if whose is None else api.balances.here(whose)
        if held is not None:
            return _of_figures(knock, held)
        question = _question(knock)
        stand = None if question is None else api.memory.stand_here()
        known = None if stand is None else api.memory.get(question, stand)
        return (
            None if stand is None or known is None else knock.read.sent(knock.headers, stand.position, known)
        )

    async def soon(self, api: Api, knock: Knock, scope: Any) -> Sent | None:
        """What a few rows of a file tell, for all who ask at a time; None likewise."""
        if self._crowd.is_full(knock.caller):
            return None
        self._crowd.enter(scope, knock.caller)
        question = _question(knock)
        asked = None if question is None else _asked(knock)
        told = None if asked is None else await api.short.here(asked, question)
        return None if told is None else knock.read.sent(knock.headers, *told)

    async def elsewhere(self, api: Api, knock: Knock, scope: Any) -> Sent | None:
        """What is told once a server's database was asked, for all who ask at a time; None likewise."""
        self._crowd.enter(scope, knock.caller)
        whose = _whose(knock)
        held = None if whose is None else await api.balances.of(whose)
        if held is not None:
            return _of_figures(knock, held)
        question = _question(knock)
        stand = None if question is None else await api.memory.stand()
        if stand is None:
            return None
        known = api.memory.get(question, stand)
        if known is not None:
            return knock.read.sent(knock.headers, stand.position, known)
        asked = _asked(knock)
        told = None if asked is None else await api.short.elsewhere(asked, question, stand)
        return None if told is None else knock.read.sent(knock.headers, *told)


def _whose(knock: Knock) -> str | None:
    figures = knock.read.operation.figures
    return None if figures is None or knock.parameters else figures.whose(knock.caller, knock.ids)


def _of_figures(knock: Knock, held: Held) -> Sent:
    assert knock.read.operation.figures is not None
    return knock.read.sent(knock.headers, held.position, encoded(knock.read.operation.figures.shown(held)))


def _question(knock: Knock) -> Hashable:
    return question_of(knock.read, knock.ids, knock.headers, knock.parameters, knock.caller)


def _asked(knock: Knock) -> Enquiry | None:
    """What is asked for, None where its parameters are long or cannot be read."""
    if len(knock.parameters) > _LONGEST_KEPT_BYTES:
        return None
    try:
        query = _query_of(knock.read.operation.query, knock.parameters)
    except Problem:
        return None
    return Enquiry(knock.read.operation, knock.ids, knock.caller, query, language(knock.headers))


@lru_cache(maxsize=1_000)
def _query_of(kind: type[Query], parameters: bytes) -> Query:
    return query_of(kind, parameters)
