"""How a request for a read is answered by the general way: from memory, or on a thread when its turn comes."""

import asyncio
import time
from typing import Any

from litestar import Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse

from ledger.api.admission import admitted
from ledger.api.queries import query_of
from ledger.api.reading import Read, question_of
from ledger.api.requests import Headers, language
from ledger.api.routes import litestar_path
from ledger.api.state import Api, api_of
from ledger.operations.answers import Answer, tell
from ledger.operations.asking import Enquiry
from ledger.operations.callers import Caller
from ledger.operations.refused import Problem

_LONGEST_WAIT_SECONDS = 5.0
_FIRST_WAIT_SECONDS = 0.02


def read_handler(read: Read) -> HTTPRouteHandler:
    """The route handler that Litestar calls for a read."""

    @get(litestar_path(read.path), name=read.name, opt={"route": read})
    async def handle(request: Request[Any, Any, Any]) -> ASGIResponse:
        headers, caller = admitted(request, read.access)
        position, answer = await _remembered(read, request, headers, caller)
        return read.sent(headers, position, answer).response()

    return handle


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
    asked = Enquiry(read.operation, path, caller, query_of(read.operation.query, parameters), spoken)

    async def tell_now() -> tuple[int, Answer]:
        position, answer = await _told(api, asked)
        # The views and the directory are read one after the other: nothing may have moved from before to after.
        if before is not None and before.position == position and before == await memory.stand():
            memory.put(question, before, answer)
        return position, answer

    return await tell_now() if before is None else await memory.once(question, before, tell_now)


async def _told(api: Api, asked: Enquiry) -> tuple[int, Answer]:
    latest, wait = time.monotonic() + _LONGEST_WAIT_SECONDS, _FIRST_WAIT_SECONDS
    turns = api.costly if asked.question.costly(asked.query) else api.threads
    while True:
        position, answer = await turns.on_thread(asked.caller.actor, tell, api.ledger, asked)
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
