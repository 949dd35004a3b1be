"""What is answered to several commands of one request: a status and a body for each, in their order."""

from collections.abc import Sequence

import structlog
from litestar.response.base import ASGIResponse
from msgspec import Struct

from ledger.api.exceptions_as_problems import problem_of
from ledger.api.posting import Posted, answer
from ledger.api.problems import problem_document, status_of
from ledger.api.requests import POSITION, REPLAYED
from ledger.application import Receipt
from ledger.operations.outcomes import ItemAnswer, Refuse, all_before
from ledger.store.deciding import Outcome

_log = structlog.get_logger("timebank.api")


def refusing(posted: Posted) -> Refuse:
    """Tells whoever posted why something was not done."""

    def refuse(error: Exception) -> ItemAnswer:
        problem = problem_of(error)
        if problem.kind.code == "internal-error":
            _log.error("failed", request_id=posted.id, exc_info=error)
        return ItemAnswer(
            status=status_of(problem.kind.code), body=problem_document(problem, posted.spoken, posted.id)
        )

    return refuse


def answer_together(answers: Struct, outcomes: Sequence[Outcome], *, dry_run: bool) -> ASGIResponse:
    """The response that holds the answers to all commands."""
    receipts = [outcome for outcome in outcomes if isinstance(outcome, Receipt)]
    more: dict[str, str] = {}
    if receipts:
        more[POSITION] = str(max(receipt.position for receipt in receipts))
    if all_before(outcomes):
        more[REPLAYED] = "true"
    return answer(answers, 201 if receipts and not dry_run else 200, more)
