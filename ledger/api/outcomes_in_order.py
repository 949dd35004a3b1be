"""What is answered to several commands of one request: a status and a body for each, in their order."""

from collections.abc import Sequence
from typing import Any

import structlog
from litestar.response.base import ASGIResponse
from msgspec import Struct

from ledger.api.exceptions_as_problems import problem_of
from ledger.api.posting import Posted, answer
from ledger.api.problems import problem_document, status_of
from ledger.api.requests import POSITION, REPLAYED
from ledger.application import Receipt
from ledger.operations.outcomes import document
from ledger.operations.refused import Problem
from ledger.operations.registering import Submission
from ledger.store.deciding import KeyReused, Outcome

_log = structlog.get_logger("timebank.api")


class ItemAnswer(Struct, frozen=True, kw_only=True):
    """What one write was answered: status and body, which is a problem document where it was refused."""

    status: int
    body: dict[str, Any]


def item_answer(
    asked: Submission | Problem, outcome: Outcome, posted: Posted, *, dry_run: bool
) -> ItemAnswer:
    """What became of one command, in the caller's language."""
    if not isinstance(outcome, Receipt):
        return _refused(outcome, posted)
    # Only what the bank was asked has a receipt.
    assert isinstance(asked, Submission)
    return ItemAnswer(status=200 if dry_run else 201, body=document(outcome, asked, dry_run=dry_run))


def answer_together(answers: Struct, outcomes: Sequence[Outcome], *, dry_run: bool) -> ASGIResponse:
    """The response that holds the answers to all commands."""
    receipts = [outcome for outcome in outcomes if isinstance(outcome, Receipt)]
    more: dict[str, str] = {}
    if receipts:
        more[POSITION] = str(max(receipt.position for receipt in receipts))
    # What is refused is decided anew each time; but where a key stands for something else, the request is another.
    same = not any(isinstance(outcome, KeyReused) for outcome in outcomes)
    if receipts and same and all(receipt.replayed for receipt in receipts):
        more[REPLAYED] = "true"
    return answer(answers, 201 if receipts and not dry_run else 200, more)


def _refused(error: Exception, posted: Posted) -> ItemAnswer:
    problem = problem_of(error)
    if problem.kind.code == "internal-error":
        _log.error("failed", request_id=posted.id, exc_info=error)
    return ItemAnswer(
        status=status_of(problem.kind.code), body=problem_document(problem, posted.spoken, posted.id)
    )
