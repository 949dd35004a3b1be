"""What is answered to a command: the facts that follow, and the ids of what they made."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import msgspec
from msgspec import Struct

from ledger.application import Receipt
from ledger.domain.events import Event
from ledger.operations.command_bodies import field_of
from ledger.operations.refused import Problem
from ledger.operations.registering import Submission
from ledger.store.deciding import KeyReused, Outcome
from projections.view import instant_text


class ItemAnswer(Struct, frozen=True, kw_only=True):
    """What one write was answered: status and body, which is a problem document where it was refused."""

    status: int
    body: dict[str, Any]


Refuse = Callable[[Exception], ItemAnswer]
"""Tells why something was not done, in the words of whoever asked."""


def item_answer(
    asked: Submission | Problem, outcome: Outcome, refuse: Refuse, *, dry_run: bool
) -> ItemAnswer:
    """What became of one command of several."""
    if not isinstance(outcome, Receipt):
        return refuse(outcome)
    # Only what the bank was asked has a receipt.
    assert isinstance(asked, Submission)
    return ItemAnswer(status=200 if dry_run else 201, body=document(outcome, asked, dry_run=dry_run))


def all_before(outcomes: Sequence[Outcome]) -> bool:
    """Whether all that is recorded of several commands was recorded before."""
    receipts = [outcome for outcome in outcomes if isinstance(outcome, Receipt)]
    # What is refused is decided anew each time; but where a key stands for something else, the request is another.
    same = not any(isinstance(outcome, KeyReused) for outcome in outcomes)
    return bool(receipts) and same and all(receipt.replayed for receipt in receipts)


def document(receipt: Receipt, asked: Submission, *, dry_run: bool) -> dict[str, Any]:
    """What is answered to a command: a pure function of what was recorded and of the words of the request.

    So a replay gives the same bytes. A volunteer who gives up a place is not told which other one got it.
    """
    own = asked.discretion.own
    told = [one for one in receipt.events if own is None or getattr(one.event, "volunteer", own) == own]
    found: dict[str, Any] = {
        **({"dry_run": True} if dry_run else {}),
        "position": receipt.position,
        **({"made": ids_of(asked.made, receipt)} if asked.made else {}),
        **({} if dry_run or receipt.replayed else asked.once_only),
        "events": [{"position": one.position, **_shown(one.event)} for one in told],
    }
    return asked.discretion.told(found)


def ids_of(made: Mapping[str, str], receipt: Receipt) -> dict[str, str]:
    """The ids of what a command made, by name, as its facts have them: one may be left unmade, or be another's.

    What a command itself is about comes last: before it are those whom it helps along.
    """
    found = {name_of(path): _said(path, receipt) for path in made}
    return {name: identifier for name, identifier in found.items() if identifier is not None}


def name_of(path: str) -> str:
    """What is called by a field that may lie within a struct: `service.record` is the record, `venue.id` the venue."""
    parts = path.removesuffix(".id").split(".")
    return parts[-1]


def _shown(event: Event) -> dict[str, Any]:
    """A fact with its instants in the one form that reads have too."""
    return cast(dict[str, Any], _in_one_form(msgspec.to_builtins(event, builtin_types=(datetime,))))


def _in_one_form(value: Any) -> Any:
    match value:
        case datetime():
            return instant_text(value)
        case dict():
            return {name: _in_one_form(one) for name, one in cast(dict[str, Any], value).items()}
        case list():
            return [_in_one_form(one) for one in cast(list[Any], value)]
        case _:
            return value


def _said(path: str, receipt: Receipt) -> str | None:
    inner = path.rpartition(".")[2]
    for recorded in reversed(receipt.events):
        # A fact tells what it is about in the command's own words, or without the struct around them.
        for name in (path, *([inner] if inner != "id" else ())):
            if hasattr(recorded.event, name.partition(".")[0]):
                return cast(str, field_of(recorded.event, name))
    return None
