"""How a write is answered: its path and body make a command, which the bank decides; the answer is the facts."""

import contextlib
from collections.abc import Callable, Generator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, NoReturn

import msgspec
from litestar import Request, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from msgspec import Struct

from ledger.api.access import Sight, refuse_foreign, seeing
from ledger.api.admission import admitted
from ledger.api.bodies import body_of
from ledger.api.callers import Caller, Role
from ledger.api.discretion import discretion_of
from ledger.api.enlisting import Asked, person_in
from ledger.api.hearing import heard_in_turn
from ledger.api.making import field_of, fields_as, whole, with_any_text, with_more, without
from ledger.api.naming import meant, receiver_told, volunteer_told
from ledger.api.problems import Fault, Problem, pointer, wrong
from ledger.api.receipts import document, ids_of, location_of
from ledger.api.requests import KEY, POSITION, REPLAYED, Headers
from ledger.api.routes import Route, litestar_path
from ledger.api.sent import JSON
from ledger.api.state import Api, api_of
from ledger.api.volunteer_names import VolunteerName
from ledger.application import Ask, Receipt, request_tag
from ledger.bootstrap import Ledger
from ledger.domain.commands import AlreadyRecorded, Command, Refusal
from ledger.domain.ids import VolunteerId, derived_id, new_id
from ledger.domain.volunteers import AlreadyRegistered
from ledger.exchange.persons import Person
from ledger.store.decoders import decoder_of

_MOST_KEY_CHARACTERS = 200
_MOST_NAME_CHARACTERS = 100
_encode = msgspec.json.Encoder().encode


LookUp = Callable[[Sight, str], str]
"""Gives the id of what a view knows by the id of something else, or raises a Problem."""


class Write(Route, frozen=True, kw_only=True, dict=True):
    """A POST that is a command.

    The names in the path are fields of the command, or stand for those that `within` says; `made` are those that get a
    new id of a prefix; the body holds the others. `service.record` is a field of the struct in a field. `access.about`
    names fields of the command in the same way. Where a name in the path is not the id that the command takes, `found`
    looks that up. A volunteer is named in the body as in a path. With `person` the body may also tell who somebody is,
    for the directory.
    """

    command: type[Command]
    made: Mapping[str, str] = MappingProxyType({})
    within: Mapping[str, str] = MappingProxyType({})
    found: Mapping[str, LookUp] = MappingProxyType({})
    person: bool = False

    @cached_property
    def body(self) -> type[Struct]:
        """What the body holds."""
        lacking = without(self.command, self._taken, self.volunteers, VolunteerName)
        return with_more(lacking, "person", Person) if self.person else lacking

    @cached_property
    def _taken(self) -> frozenset[str]:
        named = (self.within.get(name, name) for name in self.parameters)
        return frozenset((*named, *self.made))

    @cached_property
    def volunteers(self) -> frozenset[str]:
        """The fields in which the body names volunteers."""
        return frozenset(fields_as(self.command, VolunteerId)) - self._taken

    @cached_property
    def strangers(self) -> frozenset[str]:
        """The fields in which a volunteer names somebody whom they need not reach, such as who receives."""
        if self.access.roles is None or Role.VOLUNTEER not in self.access.roles:
            return frozenset()
        return self.volunteers - {about.name for about in self.access.about}

    @cached_property
    def needs_body(self) -> bool:
        """Whether the body holds anything that cannot be left out."""
        return any(field.required for field in msgspec.structs.fields(self.body))

    @cached_property
    def refusals(self) -> tuple[type[Refusal], ...]:
        """The rules that may stand against it; no rule is met by the id of something new, which nobody can have."""
        taken = (AlreadyRecorded, AlreadyRegistered) if self.made else ()
        return tuple(one for one in self.command.refusals if one not in taken)

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[Any]:
        """Reads the body, with any text for a stranger: what is no name is refused later, as whoever cannot receive."""
        return decoder_of(with_any_text(self.body, self.strangers))

    def handler(self) -> HTTPRouteHandler:
        """The route handler that Litestar calls."""

        @post(litestar_path(self.path), name=self.name, opt={"route": self}, status_code=201)
        async def handle(request: Request[Any, Any, Any]) -> ASGIResponse:
            headers, caller = admitted(request, self.access)
            api = api_of(request.app)
            if api.read_only:
                raise Problem("read-only")
            key = key_of(headers)
            dry_run = dry_run_of(request.scope["query_string"])
            body = await body_of(request, headers, caller, self.decoder, needed=self.needs_body)
            asked = await self._asked(api, caller, request.path_params, body, key)
            request_id = str(request.scope["timebank.request_id"])  # type: ignore[typeddict-item]
            outcome = await heard_in_turn(api, asked.traced(request_id), dry_run=dry_run)
            if isinstance(outcome, Receipt):
                return _response(outcome, asked, dry_run=dry_run)
            raise outcome

        return handle

    def ask(
        self,
        ledger: Ledger,
        sight: Sight,
        caller: Caller,
        path: Mapping[str, str],
        body: Struct,
        key: str | None,
    ) -> Asked:
        """The command as it is asked of the bank; raises a Problem where the caller does not reach what it is about."""
        once = None if key is None else request_tag(caller.actor, key)
        given, named_as = dict[str, str](), dict[str, str]()
        for name, text in path.items():
            identifier = meant(ledger, sight, name, text, caller)
            look_up = self.found.get(name)
            given[self.within.get(name, name)] = identifier if look_up is None else look_up(sight, identifier)
        for name in self.volunteers:
            told = field_of(body, name)
            if told is None:
                continue
            if name in self.strangers and caller.role is Role.VOLUNTEER:
                given[name] = receiver_told(ledger, sight, told, caller, once)
            else:
                hidden = any(about.name == name for about in self.access.about)
                given[name] = volunteer_told(ledger, sight, told, caller, at=pointer(name), hidden=hidden)
            named_as[given[name]] = told
        for name, prefix in self.made.items():
            given[name] = new_id(prefix) if key is None else derived_id(prefix, caller.actor, key)
        command = whole(self.command, body, given)
        named = {about.name: field_of(command, about.name) for about in self.access.about}
        refuse_foreign(self.access, caller, sight, named)
        person: Person | None = field_of(body, "person") if self.person else None
        return Asked(
            Ask(command, caller.actor, once),
            None if person is None else person_in(person, "/person"),
            made=self.made,
            discretion=discretion_of(caller, body, named_as),
        )

    async def _asked(
        self, api: Api, caller: Caller, path: Mapping[str, str], body: Struct, key: str | None
    ) -> Asked:
        """The command, made on the loop where nothing has to be looked up for it."""
        ledger = api.ledger
        try:
            return self.ask(
                ledger, Sight(_look_elsewhere, ledger.views, ledger.today()), caller, path, body, key
            )
        except _Look:
            return await api.threads.on_thread(
                caller.actor, self._asked_elsewhere, ledger, caller, dict(path), body, key
            )

    def _asked_elsewhere(
        self, ledger: Ledger, caller: Caller, path: Mapping[str, str], body: Struct, key: str | None
    ) -> Asked:
        with sighted(ledger) as sight:
            return self.ask(ledger, sight, caller, path, body, key)


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


def _response(receipt: Receipt, asked: Asked, *, dry_run: bool) -> ASGIResponse:
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
