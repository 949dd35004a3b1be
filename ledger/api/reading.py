"""How a read is answered: one moment of the views, with its position, an ETag, and 304 for those who have it."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping
from typing import Annotated, Any, NamedTuple

import msgspec
from litestar import Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from msgspec import Meta, Struct
from sqlalchemy import Connection

from ledger.api.access import Sight, refuse_foreign, seeing
from ledger.api.callers import Caller
from ledger.api.discretion import FULL, Discretion, discretion_of
from ledger.api.entrance import admitted
from ledger.api.memory import Answer
from ledger.api.naming import meant
from ledger.api.problems import Problem
from ledger.api.queries import query_of
from ledger.api.requests import POSITION, Headers, language
from ledger.api.routes import Route, litestar_path
from ledger.api.state import Api, api_of
from ledger.bootstrap import Ledger

CACHE = "private, no-cache"
VARY = "Authorization, Accept-Language"
JSON = "application/json"
PLAIN = "text/plain"

_LONGEST_WAIT_SECONDS = 5.0
_FIRST_WAIT_SECONDS = 0.02
_LONGEST_REMEMBERED_BYTES = 2_000


class Query(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters that every read takes; `min_position` lets the answer wait until the views have got there."""

    min_position: Annotated[int, Meta(ge=0, le=2**63 - 1)] = 0


class Moment(NamedTuple):
    """What a read is answered from: one moment of the views, and what was asked. `ids` are those of the path."""

    route: str
    ledger: Ledger
    connection: Connection
    position: int
    ids: Mapping[str, str]
    query: Any
    caller: Caller
    language: str

    @property
    def sight(self) -> Sight:
        """Where to look up whose affairs things are."""
        return seeing(self.ledger, self.connection)


Quick = Callable[[Api, Caller, Mapping[str, str]], tuple[int, Struct] | None]
"""Gives position and answer at once in the usual case, on the loop; None leaves it to the general way."""

Tell = Callable[[Moment], Struct]
"""Gives the answer, or raises a Problem."""


def _never(_: Query) -> bool:
    return False


class Read(Route, frozen=True, kw_only=True):
    """A GET: what it answers with, which views it reads (names of `Views`), and how it tells.

    What a checkpoint changes is not `remembered`: to sign one moves no position. `plain` names the field of the answer
    that those who ask for text/plain get alone, as it is kept in a file. `costly` says of which queries callers wait
    for their turn. One that `proves` tells facts as they are stored, to the byte, with whatever ids they hold.
    """

    answers: type[Struct]
    views: tuple[str, ...]
    tell: Tell
    query: type[Query] = Query
    quick: Quick | None = None
    remembered: bool = True
    plain: str | None = None
    costly: Callable[[Any], bool] = _never
    proves: bool = False

    def handler(self) -> HTTPRouteHandler:
        """The route handler that Litestar calls."""

        @get(litestar_path(self.path), name=self.name, opt={"route": self})
        async def handle(request: Request[Any, Any, Any]) -> ASGIResponse:
            headers, caller = admitted(request, self.access)
            asked = request.scope["query_string"]
            if self.quick is not None and not asked:
                told = self.quick(api_of(request.app), caller, request.path_params)
                if told is not None:
                    return response(headers, told[0], encoded(told[1]))
            position, answer = await _remembered(self, request, headers, caller)
            if self.plain is None:
                return response(headers, position, answer)
            return _in_either_form(headers, position, answer, self.plain)

        return handle


class _Asked(NamedTuple):
    """A question: which read, of what, by whom, with which parameters, and the language that it is answered in."""

    read: Read
    path: Mapping[str, str]
    caller: Caller
    query: Query
    spoken: str


async def _remembered(
    read: Read, request: Request[Any, Any, Any], headers: Headers, caller: Caller
) -> tuple[int, Answer]:
    """Position and answer, from memory where nothing has moved since it was given."""
    api, spoken, parameters = api_of(request.app), language(headers), request.scope["query_string"]
    memory, path = api.memory, dict(request.path_params)
    question = (read.name, *path.values(), parameters, caller, spoken)
    # What is asked at such length is asked once, and would be kept with its answer.
    remembered = read.remembered and len(parameters) <= _LONGEST_REMEMBERED_BYTES
    before = memory.stand() if remembered else None
    known = None if before is None else memory.get(question, before)
    if before is not None and known is not None:
        return before.position, known
    asked = _Asked(read, path, caller, query_of(read.query, parameters), spoken)

    async def tell() -> tuple[int, Answer]:
        position, answer = await _told(api, asked)
        # The views and the directory are read one after the other: nothing may have moved from before to after.
        if before is not None and before.position == position and before == memory.stand():
            memory.put(question, before, answer)
        return position, answer

    return await tell() if before is None else await memory.once(question, before, tell)


async def _told(api: Api, asked: _Asked) -> tuple[int, Answer]:
    latest, wait = time.monotonic() + _LONGEST_WAIT_SECONDS, _FIRST_WAIT_SECONDS
    turns = api.costly if asked.read.costly(asked.query) else api.threads
    while True:
        position, answer = await turns.on_thread(asked.caller.actor, _tell, api.ledger, asked)
        if answer is not None:
            return position, answer
        if time.monotonic() > latest:
            raise Problem(
                "not-there-yet",
                f"The views are at position {position}, and not yet at what is asked for.",
                f"数据目前到序号 {position}，尚未到所要求的序号。",
            )
        await asyncio.sleep(wait)
        # Who asks for what is far off, many times over, costs others little.
        wait *= 2


def _tell(ledger: Ledger, asked: _Asked) -> tuple[int, Answer | None]:
    """The position and the answer, None if the views have not got far enough."""
    read, _, caller, query, spoken = asked
    views = [getattr(ledger.views, name) for name in read.views]
    with ledger.reading(*views) as (connection, position):
        if position < query.min_position:
            return position, None
        sight = seeing(ledger, connection)
        ids = {name: meant(ledger, sight, name, text, caller) for name, text in asked.path.items()}
        refuse_foreign(read.access, caller, sight, ids)
        told = read.tell(Moment(read.name, ledger, connection, position, ids, query, caller, spoken))
    return position, encoded(told, FULL if read.proves else discretion_of(caller), spoken)


def encoded(told: Struct, discretion: Discretion = FULL, language: str = "en") -> Answer:
    """An answer as it is sent to somebody who is told of others as a discretion says.

    Its ETag is a digest without the position: it changes when a fact, the directory or the language changes what is
    answered, and only then.
    """
    content = discretion.content(told, language)
    return Answer(content, _etag(content))


def _etag(content: bytes) -> str:
    return f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def response(headers: Headers, position: int, answer: Answer) -> ASGIResponse:
    """The response with an answer: 304 without it where the caller has it already."""
    more = _told_with(position, answer.etag)
    if _has(headers, answer.etag):
        return ASGIResponse(status_code=304, headers=more)
    content = answer.content
    body = b'{"position":%d%s%s' % (position, b"," if len(content) > len(b"{}") else b"", content[1:])
    return ASGIResponse(body=body, media_type=JSON, headers=more)


def _in_either_form(headers: Headers, position: int, answer: Answer, field: str) -> ASGIResponse:
    """The response with an answer, or with one field of it as plain text."""
    accepted = headers.get(b"accept", b"").decode("latin-1")
    if PLAIN not in accepted or JSON in accepted:
        told = response(headers, position, answer)
    else:
        text = msgspec.json.decode(answer.content)[field].encode()
        more = _told_with(position, _etag(text))
        if _has(headers, more["ETag"]):
            told = ASGIResponse(status_code=304, headers=more)
        else:
            told = ASGIResponse(body=text, media_type=PLAIN, headers=more)
    told.headers["Vary"] = f"Accept, {VARY}"
    return told


def _told_with(position: int, etag: str) -> dict[str, str]:
    return {"ETag": etag, "Vary": VARY, "Cache-Control": CACHE, POSITION: str(position)}


def _has(headers: Headers, etag: str) -> bool:
    known = headers.get(b"if-none-match")
    return known is not None and matches(known, etag)


def matches(given: bytes, etag: str) -> bool:
    """Whether an If-None-Match names an ETag."""
    known = given.decode("latin-1")
    return known.strip() == "*" or etag in [one.strip() for one in known.split(",")]
