"""Signing the log's head within the server, which holds the ledger that it serves: it is no command and no fact."""

from typing import Any

import msgspec
import structlog
from litestar import Request, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from msgspec import Struct

from ledger.api.admission import admitted
from ledger.api.bodies import body_of
from ledger.api.paths import PATHS
from ledger.api.problems import HttpProblem
from ledger.api.routes import PREFIX, Route, litestar_path
from ledger.api.sent import JSON
from ledger.api.state import api_of
from ledger.api.writing import unwanted
from ledger.operations.proofs.signing import SIGN_CHECKPOINT, sign_checkpoint

_log = structlog.get_logger("timebank.api")


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """A body that says nothing."""


class Signing(Route, frozen=True, kw_only=True):
    """The POST that signs the head.

    It takes no Idempotency-Key: sent again, it answers the same checkpoint until something else is recorded.
    """

    def handler(self) -> HTTPRouteHandler:
        """The route handler that Litestar calls."""

        @post(litestar_path(self.path), name=self.name, opt={"route": self}, status_code=201)
        async def handle(request: Request[Any, Any, Any]) -> ASGIResponse:
            headers, caller = admitted(request, self.access)
            api = api_of(request.app)
            if api.read_only:
                raise HttpProblem("read-only")
            asked = request.scope["query_string"]
            if asked:
                raise unwanted(asked, "signing takes no parameter", "签署不带参数")
            await body_of(request, headers, caller, _DECODER, needed=False)
            told = await api.costly.on_thread(caller.actor, sign_checkpoint, api.ledger, tell_of_doubt)
            more = {"Cache-Control": "no-store", "Location": f"{PREFIX}{self.path}/{told.size}"}
            return ASGIResponse(
                body=msgspec.json.encode(told), status_code=201, media_type=JSON, headers=more
            )

        return handle


def tell_of_doubt(reason: str) -> None:
    """Tell the server's log of a row that lies where checkpoints are kept, and is none."""
    _log.warning("checkpoint in doubt", reason=reason)


SIGNING = Signing(path=PATHS[SIGN_CHECKPOINT.name], operation=SIGN_CHECKPOINT)

_DECODER = msgspec.json.Decoder(Nothing)
