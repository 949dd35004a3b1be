"""Signing the log's head where the ledger is open: it is no command and no fact."""

from collections.abc import Callable

from ledger.audit.signing import NotSigned, doubts, sign_head, signing_key
from ledger.bootstrap import Ledger
from ledger.operations.access import Access
from ledger.operations.callers import Role
from ledger.operations.operation import Operation
from ledger.operations.proofs.checkpoints import SignedCheckpoint, signed_checkpoint
from ledger.operations.refused import Problem
from ledger.store.errors import NoKey

SIGN_CHECKPOINT = Operation(
    name="signCheckpoint",
    access=Access(roles=frozenset({Role.ADMIN})),
    example={"body": {}},
    problems=("no-checkpoint-key", "signing-refused"),
)


Doubt = Callable[[str], None]
"""Told why rows are in doubt that lie where checkpoints are kept."""


def _tell_nobody(_reason: str) -> None:
    pass


def signed_head(ledger: Ledger, doubt: Doubt = _tell_nobody) -> str:
    """The checkpoint of the head, made with the ledger's key, which is made where nothing was signed yet.

    Rows beside the checkpoints that are none are told as `doubt`. Raises NoKey, and NotSigned where the log is
    not what was signed or stored before.
    """
    key = signing_key(ledger.log, ledger.settings.checkpoint_key_file())
    note = sign_head(ledger.log, ledger.views.tree, ledger.opened().origin, key)
    for one in doubts(ledger.log, ledger.opened().origin, key):
        doubt(one)
    return note


def sign_checkpoint(ledger: Ledger, doubt: Doubt) -> SignedCheckpoint:
    """The checkpoint of the head as callers are told of it; raises a Problem."""
    try:
        note = signed_head(ledger, doubt)
    except NoKey:
        raise Problem("no-checkpoint-key") from None
    except NotSigned as refused:
        raise Problem(
            "signing-refused", f"Nothing was signed: {refused}.", f"未签署：{refused.zh}。"
        ) from None
    return signed_checkpoint(note)
