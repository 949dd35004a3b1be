"""The POST that replaces what the directory says of a volunteer."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from ledger.api.admission import admitted
from ledger.api.bodies import body_of
from ledger.api.paths import PATHS
from ledger.api.problems import HttpProblem
from ledger.api.routes import Route, litestar_path
from ledger.api.sent import JSON
from ledger.api.state import api_of
from ledger.api.writing import dry_run_of, sighted
from ledger.bootstrap import Ledger
from ledger.exchange.persons import Person
from ledger.operations.callers import Caller
from ledger.operations.meaning import Meaning
from ledger.operations.people.persons import REPLACE_PERSON, Entry, replace_person
from ledger.operations.registering import person_in


class Replacement(Route, frozen=True, kw_only=True):
    """The POST that replaces what the directory says of a volunteer.

    It takes no Idempotency-Key: sent again, it changes nothing.
    """

    def handler(self) -> HTTPRouteHandler:
        """The route handler that Litestar calls."""

        @post(litestar_path(self.path), name=self.name, opt={"route": self}, status_code=200)
        async def handle(request: Request[Any, Any, Any]) -> ASGIResponse:
            headers, caller = admitted(request, self.access)
            api = api_of(request.app)
            if api.read_only:
                raise HttpProblem("read-only")
            dry_run = dry_run_of(request.scope["query_string"])
            person = person_in(await body_of(request, headers, caller, _DECODER), "")
            path = dict(request.path_params)
            told = await api.threads.on_thread(
                caller.actor, _replaced, api.ledger, caller, path, person, dry_run=dry_run
            )
            return ASGIResponse(
                body=msgspec.json.encode(told), media_type=JSON, headers={"Cache-Control": "no-store"}
            )

        return handle


REPLACEMENT = Replacement(path=PATHS[REPLACE_PERSON.name], operation=REPLACE_PERSON)

_DECODER = msgspec.json.Decoder(Person)


def _replaced(
    ledger: Ledger, caller: Caller, path: Mapping[str, str], person: Person, *, dry_run: bool
) -> Entry:
    with sighted(ledger) as sight:
        return replace_person(Meaning(ledger, sight, caller), path, person, dry=dry_run)
