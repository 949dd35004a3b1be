"""How a read is answered: one moment of the views, with its position, an ETag, and 304 for those who have it."""

import asyncio
import time
from collections.abc import Callable, Hashable, Mapping
from typing import Annotated, Any, NamedTuple

from litestar import Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from msgspec import Meta, Struct
from sqlalchemy import Connection

from ledger.api.access import Sight, refuse_foreign, seeing
from ledger.api.admission import admitted
from ledger.api.callers import Caller, Role
from ledger.api.discretion import FULL, discretion_of
from ledger.api.naming import meant
from ledger.api.problems import Problem
from ledger.api.queries import query_of
from ledger.api.quick import Held
from ledger.api.requests import Headers, language
from ledger.api.routes import Route, litestar_path
from ledger.api.sent import Answer, Sent, encoded, sent, sent_in_either_form
from ledger.api.state import Api, api_of
from ledger.bootstrap import Ledger
from ledger.store.errors import StoreError

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


class Figures(NamedTuple):
    """How a read without parameters is answered from a volunteer's figures; `whose` is None where `Tell` has to."""

    whose: Callable[[Caller, Mapping[str, str]], str | None]
    shown: Callable[[Held], Struct]


Tell = Callable[[Moment], Struct]
"""Gives the answer, or raises a Problem."""


def _never(_: Query) -> bool:
    return False


class Read(Route, frozen=True, kw_only=True):
    """A GET: what it answers with, which views it reads (names of `Views`), and how it tells.

    What a checkpoint changes is not `remembered`: to sign one moves no position. `plain` names the field of the answer
    that those who ask for text/plain get alone, as it is kept in a file. `costly` says of which queries callers wait
    for their turn, and `short` of which a few rows by their keys tell all: these are answered on the loop where a
    database is a file. One that `proves` tells facts as they are stored, to the byte, with whatever ids they hold.
    """

    answers: type[Struct]
    views: tuple[str, ...]
    tell: Tell
    query: type[Query] = Query
    figures: Figures | None = None
    remembered: bool = True
    plain: str | None = None
    costly: Callable[[Any], bool] = _never
    short: Callable[[Any], bool] = _never
    proves: bool = False

    def handler(self) -> HTTPRouteHandler:
        """The route handler that Litestar calls."""

        @get(litestar_path(self.path), name=self.name, opt={"route": self})
        async def handle(request: Request[Any, Any, Any]) -> ASGIResponse:
            headers, caller = admitted(request, self.access)
            position, answer = await _remembered(self, request, headers, caller)
            return self.sent(headers, position, answer).response()

        return handle

    def sent(self, headers: Headers, position: int, answer: Answer) -> Sent:
        """The response with an answer to this read, to a request with such headers."""
        if self.plain is None:
            return sent(headers, position, answer)
        return sent_in_either_form(headers, position, answer, self.plain)


class Asked(NamedTuple):
    """A question: which read, of what, by whom, with which parameters, and the language that it is answered in."""

    read: Read
    path: Mapping[str, str]
    caller: Caller
    query: Query
    spoken: str


def question_of(
    read: Read, ids: Mapping[str, str], headers: Headers, parameters: bytes, caller: Caller
) -> Hashable:
    """What an answer is remembered by, None where it is not."""
    # What is asked at such length is asked once, and would be kept with its answer.
    if not read.remembered or len(parameters) > _LONGEST_REMEMBERED_BYTES:
        return None
    return (read.name, *ids.values(), parameters, caller, language(headers))


async def _remembered(
    read: Read, request: Request[Any, Any, Any], headers: Headers, caller: Caller
) -> tuple[int, Answer]:
    """Position and answer, from memory where nothing has moved since it was given."""
    api, spoken, parameters = api_of(request.app), language(headers), request.scope["query_string"]
    memory, path = api.memory, dict(request.path_params)
    question = question_of(read, path, headers, parameters, caller)
    before = None if question is None else await memory.stand()
    known = None if before is None else memory.get(question, before)
    if before is not None and known is not None:
        return before.position, known
    asked = Asked(read, path, caller, query_of(read.query, parameters), spoken)

    async def tell() -> tuple[int, Answer]:
        position, answer = await _told(api, asked)
        # The views and the directory are read one after the other: nothing may have moved from before to after.
        if before is not None and before.position == position and before == await memory.stand():
            memory.put(question, before, answer)
        return position, answer

    return await tell() if before is None else await memory.once(question, before, tell)


def told_here(api: Api, asked: Asked) -> tuple[int, Answer] | None:
    """Position and answer to what is short, on the loop, as they are told on a thread; None leaves it to that.

    It is for whoever reaches a volunteer's affairs without a look at the tree of communities.
    """
    if not asked.read.short(asked.query) or asked.caller.role is Role.COORDINATOR:
        return None
    try:
        position, answer = _tell(api.ledger, asked)
    except (Problem, StoreError):
        return None
    return None if answer is None else (position, answer)


async def _told(api: Api, asked: Asked) -> tuple[int, Answer]:
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


def _tell(ledger: Ledger, asked: Asked) -> tuple[int, Answer | None]:
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
