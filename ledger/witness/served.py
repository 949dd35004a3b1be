"""The witness's process: one route, for one ASGI application over what the witness remembers."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog
from litestar import Litestar, Request, post
from litestar.exceptions import HTTPException
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from ledger.api.outermost import Outermost
from ledger.audit.notes import VerifierKey, read_verifier_key
from ledger.hosting.connections import SERVER_HEADER, Ended, attended
from ledger.hosting.processes import served_here
from ledger.hosting.unexpected import beginning, tell_in_log
from ledger.store.errors import StoreUnavailable
from ledger.store.keys import private_key
from ledger.witness.serving import KEY_FILE, LOG_LEVEL, Witness, memory
from ledger.witness.watch import PLAIN, Answer, Watch

MOST_BODY_BYTES = 70_000
"""A note of 64,000 characters with a proof of 63 hashes; whoever sends more gets 413."""
_UNREAD = {
    Ended.BROKEN_OFF: "the body broke off\n",
    Ended.TOO_SLOW: "the body came too slowly\n",
}

_log = structlog.get_logger("timebank.witness")


def served_app() -> ASGIApp:
    """The application of the server's process."""
    tell_in_log(LOG_LEVEL)
    with beginning():
        return Outermost(behind_door(application(served_here(Witness))))


def behind_door(app: ASGIApp) -> ASGIApp:
    """An application whose callers send what they have to say in time, or are told that they did not."""

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], SERVER_HEADER]
            await send(message)

        ended = await attended(app, scope, receive, tell)
        if ended in _UNREAD:
            unread = ASGIResponse(
                body=_UNREAD[ended].encode(),
                status_code=ended.value,
                headers={"Content-Type": PLAIN, "Connection": "close"},
            )
            await unread(scope, receive, tell)

    return door


def application(witness: Witness) -> Litestar:
    """The application over the witness's folder, which is closed when the application ends."""
    folder = Path(witness.folder)
    store = memory(folder)
    watch = Watch(store, witness.name, private_key(folder / KEY_FILE), _keys(witness.ledgers), time.time)

    @post("/add-checkpoint", status_code=200)
    async def add_checkpoint(request: Request[Any, Any, Any]) -> ASGIResponse:
        body = await request.body()
        answer = await asyncio.to_thread(_answer, watch, body)
        return ASGIResponse(
            body=answer.text.encode(),
            status_code=answer.status,
            # As it stands in the protocol: a kind of its own has no character set added.
            headers={"Content-Type": answer.kind, "Cache-Control": "no-store"},
        )

    return Litestar(
        [add_checkpoint],
        on_shutdown=[store.close],
        openapi_config=None,
        logging_config=None,
        after_exception=[_told],
        request_max_body_size=MOST_BODY_BYTES,
    )


def _told(error: Exception, _scope: Scope) -> None:
    """Tell of what nobody expected, as its caller learns nothing of it."""
    if not isinstance(error, HTTPException):
        _log.error("failed", exc_info=error)


def _answer(watch: Watch, body: bytes) -> Answer:
    try:
        return watch.add(body)
    except StoreUnavailable:
        return Answer(503, PLAIN, "the witness's memory cannot be reached; nothing was cosigned\n")


def _keys(texts: Sequence[str]) -> list[VerifierKey]:
    return [read_verifier_key(text) for text in texts]
