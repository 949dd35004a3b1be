"""Signing the log's head within the server, which holds the ledger that it serves: it is no command and no fact."""

from typing import ClassVar

import msgspec
import structlog
from litestar.response.base import ASGIResponse
from msgspec import Struct

from ledger.api.paths import PATHS
from ledger.api.posting import Post, Posted, answer, unwanted
from ledger.api.routes import PREFIX
from ledger.operations.proofs.signing import SIGN_CHECKPOINT, sign_checkpoint

_log = structlog.get_logger("timebank.api")


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """A body that says nothing."""


class Signing(Post, frozen=True, kw_only=True):
    """The POST that signs the head: sent again, it answers the same checkpoint until something else is recorded."""

    keyed: ClassVar[bool] = False

    def is_dry_run(self, query_string: bytes) -> bool:
        """Refuse any parameter: nothing is recorded anyway."""
        if query_string:
            raise unwanted(query_string, "signing takes no parameter", "签署不带参数")
        return False

    async def answered(self, posted: Posted) -> ASGIResponse:
        """The checkpoint."""
        await posted.body(_DECODER, needed=False)
        api = posted.api
        told = await api.costly.on_thread(posted.caller.actor, sign_checkpoint, api.ledger, tell_of_doubt)
        return answer(told, 201, {"Location": f"{PREFIX}{self.path}/{told.size}"})


def tell_of_doubt(reason: str) -> None:
    """Tell the server's log of a row that lies where checkpoints are kept, and is none."""
    _log.warning("checkpoint in doubt", reason=reason)


SIGNING = Signing(path=PATHS[SIGN_CHECKPOINT.name], operation=SIGN_CHECKPOINT)

_DECODER = msgspec.json.Decoder(Nothing)
