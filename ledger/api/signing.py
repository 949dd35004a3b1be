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
from ledger.api.problems import HttpProblem
from ledger.api.routes import PREFIX, Route, litestar_path
from ledger.api.sent import JSON
from ledger.api.state import api_of
from ledger.api.writing import unwanted
from ledger.audit.signing import NotSigned, doubts, sign_head, signing_key
from ledger.bootstrap import Ledger
from ledger.operations.access import Access
from ledger.operations.callers import Role
from ledger.operations.operation import Operation
from ledger.operations.proofs.checkpoints import SignedCheckpoint, signed_checkpoint
from ledger.operations.refused import Problem
from ledger.store.errors import NoKey

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
            told = await api.costly.on_thread(caller.actor, _signed, api.ledger)
            more = {"Cache-Control": "no-store", "Location": f"{PREFIX}{self.path}/{told.size}"}
            return ASGIResponse(
                body=msgspec.json.encode(told), status_code=201, media_type=JSON, headers=more
            )

        return handle


SIGNING = Signing(
    path="/audit/checkpoints",
    operation=Operation(
        name="signCheckpoint",
        summary="Sign all that the log holds; the last checkpoint again where nothing was recorded since.",
        access=Access(roles=frozenset({Role.ADMIN})),
        example={"body": {}},
        problems=("no-checkpoint-key", "signing-refused"),
    ),
)

_DECODER = msgspec.json.Decoder(Nothing)


def signed_head(ledger: Ledger) -> str:
    """The checkpoint of the head, made with the ledger's key, which is made where nothing was signed yet.

    Rows beside the checkpoints that are none are told in the server's log. Raises NoKey, and NotSigned where the log is
    not what was signed or stored before.
    """
    key = signing_key(ledger.log, ledger.settings.checkpoint_key_file())
    note = sign_head(ledger.log, ledger.views.tree, ledger.opened().origin, key)
    for one in doubts(ledger.log, ledger.opened().origin, key):
        _log.warning("checkpoint in doubt", reason=one)
    return note


def _signed(ledger: Ledger) -> SignedCheckpoint:
    try:
        note = signed_head(ledger)
    except NoKey:
        raise Problem("no-checkpoint-key") from None
    except NotSigned as refused:
        raise Problem(
            "signing-refused", f"Nothing was signed: {refused}.", "未签署：账本与此前签署或存储的内容不符。"
        ) from None
    return signed_checkpoint(note)
