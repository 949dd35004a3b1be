"""How a write is answered: its path and body make a command, which the bank decides; the answer is the facts."""

import contextlib
from collections.abc import Generator, Mapping
from functools import cached_property
from typing import Any, NamedTuple, NoReturn

import msgspec
from litestar import Request, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from msgspec import Struct

from ledger.api.admission import admitted
from ledger.api.bodies import body_of
from ledger.api.locations import location_of
from ledger.api.problems import HttpProblem
from ledger.api.requests import KEY, POSITION, REPLAYED, Headers
from ledger.api.routes import Route, litestar_path
from ledger.api.sent import JSON
from ledger.api.state import Api, api_of
from ledger.api.submitting import heard_in_turn
from ledger.application import Receipt
from ledger.bootstrap import Ledger
from ledger.operations.access import Sight, seeing
from ledger.operations.action import Action
from ledger.operations.callers import Caller
from ledger.operations.command_bodies import with_any_text
from ledger.operations.meaning import Meaning
from ledger.operations.outcomes import document, ids_of
from ledger.operations.refused import Fault, Problem, wrong
from ledger.operations.registering import Submission
from ledger.store.decoders import decoder_of

_MOST_KEY_CHARACTERS = 200
_MOST_NAME_CHARACTERS = 100
_encode = msgspec.json.Encoder().encode


class Write(Route, frozen=True, kw_only=True, dict=True):
    """A POST of an action: names in the path are of its subject, and the body holds the rest."""

    operation: Action

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[Any]:
        """Reads the body, with any text for a stranger: what is no name is refused later, as whoever cannot receive."""
        return decoder_of(with_any_text(self.operation.body, self.operation.strangers))

    def handler(self) -> HTTPRouteHandler:
        """The route handler that Litestar calls."""

        @post(litestar_path(self.path), name=self.name, opt={"route": self}, status_code=201)
        async def handle(request: Request[Any, Any, Any]) -> ASGIResponse:
            headers, caller = admitted(request, self.access)
            api = api_of(request.app)
            if api.read_only:
                raise HttpProblem("read-only")
            key = key_of(headers)
            dry_run = dry_run_of(request.scope["query_string"])
            body = await body_of(request, headers, caller, self.decoder, needed=self.operation.needs_body)
            asked = await self._asked(api, caller, request.path_params, body, _Told(key, dry_run))
            request_id = str(request.scope["timebank.request_id"])  # type: ignore[typeddict-item]
            outcome = await heard_in_turn(api, asked.traced(request_id), dry_run=dry_run)
            if isinstance(outcome, Receipt):
                return _response(outcome, asked, dry_run=dry_run)
            raise outcome

        return handle

    async def _asked(
        self, api: Api, caller: Caller, path: Mapping[str, str], body: Struct, told: "_Told"
    ) -> Submission:
        """The command, made on the loop where nothing has to be looked up for it."""
        ledger = api.ledger
        here = Meaning(ledger, Sight(_look_elsewhere, ledger.views, ledger.today()), caller)
        try:
            return self.operation.ask(here, path, body, told.key, dry=told.dry_run)
        except _Look:
            return await api.threads.on_thread(
                caller.actor, self._asked_elsewhere, ledger, caller, dict(path), body, told
            )

    def _asked_elsewhere(
        self, ledger: Ledger, caller: Caller, path: Mapping[str, str], body: Struct, told: "_Told"
    ) -> Submission:
        with sighted(ledger) as sight:
            return self.operation.ask(Meaning(ledger, sight, caller), path, body, told.key, dry=told.dry_run)


class _Told(NamedTuple):
    """What a request says beside its path and its body."""

    key: str | None
    dry_run: bool


class _Look(Exception):
    """Something has to be looked up, for which the loop does not wait."""


def _look_elsewhere() -> NoReturn:
    raise _Look


@contextlib.contextmanager
def sighted(ledger: Ledger) -> Generator[Sight]:
    """One moment in which to look up whose affairs things are."""
    with ledger.reading() as (connection, _):
        yield seeing(ledger, connection)


def key_of(headers: Headers) -> str | None:
    """The request's idempotency key; raises a Problem for one that is none."""
    given = headers.get(KEY.lower().encode())
    if given is None:
        return None
    text = given.decode("latin-1")
    if not text.isascii() or not text.isprintable() or not 0 < len(text) <= _MOST_KEY_CHARACTERS:
        raise wrong(
            Fault(
                f"it is 1 to {_MOST_KEY_CHARACTERS} printable ASCII characters",
                f"须为 1 至 {_MOST_KEY_CHARACTERS} 个可见的 ASCII 字符",
                header=KEY,
            )
        )
    return text


def _response(receipt: Receipt, asked: Submission, *, dry_run: bool) -> ASGIResponse:
    more = {"Cache-Control": "no-store", POSITION: str(receipt.position)}
    if receipt.replayed:
        more[REPLAYED] = "true"
    location = location_of(ids_of(asked.made, receipt))
    if location is not None and not dry_run:
        more["Location"] = location
    return ASGIResponse(
        body=_encode(document(receipt, asked, dry_run=dry_run)),
        status_code=200 if dry_run else 201,
        media_type=JSON,
        headers=more,
    )


def dry_run_of(query_string: bytes) -> bool:
    """Whether nothing is to be recorded; raises a Problem for any other parameter."""
    match query_string:
        case b"" | b"dry_run=false":
            return False
        case b"dry_run=true":
            return True
        case _:
            raise unwanted(
                query_string,
                "a write takes `dry_run=true` or no parameter",
                "只接受参数 dry_run=true，或不带参数",
            )


def unwanted(query_string: bytes, en: str, zh: str) -> Problem:
    """The problem of a parameter, the first of some, that is not taken."""
    name = query_string.partition(b"=")[0].decode("ascii", "replace")[:_MOST_NAME_CHARACTERS]
    return wrong(Fault(en, zh, parameter=name))
