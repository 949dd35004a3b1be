"""What can be told at once is told here, before Litestar takes a request in: remembered answers, and balances."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ledger.api.admission import let_in
from ledger.api.connections import has_body
from ledger.api.reading import Read, question_of
from ledger.api.requests import HEADERS, Headers
from ledger.api.routes import Route
from ledger.api.sent import Sent, encoded
from ledger.api.state import Api
from ledger.api.ways import Ways


class Asked(NamedTuple):
    """A read that is asked for, of which things, with which headers and parameters."""

    read: Read
    ids: Mapping[str, str]
    headers: Headers
    parameters: bytes


class Doorstep:
    """Answers reads as the general way would, to the byte; whatever is unusual it leaves to that way."""

    def __init__(self, routes: Iterable[Route]) -> None:
        """`routes` are all that there are."""
        self._ways = Ways(routes)

    def asked(self, scope: Any) -> Asked | None:
        """What a request asks for, None where the general way has to tell."""
        if scope["method"] != "GET" or has_body(scope[HEADERS]):
            return None
        found = self._ways.of(scope["path"])
        return None if found is None else Asked(*found, scope[HEADERS], scope["query_string"])

    async def answer(self, api: Api, scope: Any, asked: Asked) -> Sent | None:
        """What is answered, None where the general way has to tell; raises the Problem of who is not let in."""
        read, ids, headers, parameters = asked
        caller = let_in(scope, headers, api.verifier, read.access, ids.values())
        if read.quick is not None and not parameters:
            told = await read.quick(api, caller, ids)
            if told is not None:
                return read.sent(headers, told[0], encoded(told[1]))
        question = question_of(read, ids, headers, parameters, caller)
        stand = None if question is None else await api.memory.stand()
        answer = None if stand is None else api.memory.get(question, stand)
        return None if stand is None or answer is None else read.sent(headers, stand.position, answer)
