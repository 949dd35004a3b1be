"""Several requests of one kind: each is judged by itself, and told."""

from collections.abc import Callable, Sequence
from typing import Any

from click.exceptions import Exit
from sqlalchemy import Connection

from ledger.application import Ask, Receipt
from ledger.bootstrap import Ledger
from ledger.cli import output
from ledger.cli.acting import Act, answer, hearing, refused, tell
from ledger.cli.failures import REFUSED, error_document
from ledger.cli.naming import names_in
from ledger.domain.commands import Command, Refusal


def act_on_each(how: Act, make: Callable[[Ledger, Connection], Sequence[Command]], nothing: str = "") -> None:
    """Give the bank commands one by one and print what came of each, or would; `nothing` says that there are none.

    A refusal is told and stops no other; then the exit code is 1.
    """
    with hearing(how) as (ledger, hear):
        with ledger.reading(*ledger.views.all()) as (connection, _):
            commands = make(ledger, connection)
        outcomes: list[Receipt | Refusal] = []
        for command in commands:
            [outcome] = hear([Ask(command, how.by)])
            outcomes.append(outcome)
            if not how.as_json:
                _tell_one(how, ledger, outcome)
    if how.as_json:
        output.document({"items": [_answer(how, outcome) for outcome in outcomes]})
    elif not outcomes:
        output.line(nothing)
    if any(isinstance(outcome, Refusal) for outcome in outcomes):
        raise Exit(REFUSED)


def _tell_one(how: Act, ledger: Ledger, outcome: Receipt | Refusal) -> None:
    if isinstance(outcome, Refusal):
        output.line(refused(outcome, names_in(ledger, outcome.details)).message)
    else:
        tell(how, ledger, outcome)


def _answer(how: Act, outcome: Receipt | Refusal) -> dict[str, Any]:
    return error_document(refused(outcome)) if isinstance(outcome, Refusal) else answer(how, outcome)
