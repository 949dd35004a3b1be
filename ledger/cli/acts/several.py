"""One command line that means several commands to the bank: all in one commit, each with its own outcome."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from click.exceptions import Exit
from sqlalchemy import Connection

from ledger.application import Ask, Receipt
from ledger.bootstrap import Ledger
from ledger.cli.acts.doing import meaning_of, typed_word
from ledger.cli.acts.doing import told as told_problem
from ledger.cli.acts.recording import Recording, Refused, facts_of, hearing, refused
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED, error_document
from ledger.cli.terminal.naming import ids_in, in_names, names_in, names_of
from ledger.cli.terminal.output import Column
from ledger.domain.commands import Command, Refusal
from ledger.operations.catalogue import SEVERAL
from ledger.operations.refused import Problem
from ledger.store.codec import type_name

_BY_NAME = {operation.name: operation for operation in SEVERAL}


class Part(NamedTuple):
    """One of the commands: what it is about, by its id and by its name."""

    id: str
    name: str
    command: Command


_NOTHING = "There is nothing to do."

Parts = Callable[[Ledger, Connection], Sequence[Part]]


def act_on_several(
    recording: Recording, make: Parts, *, whole: bool = False, nothing: str = _NOTHING
) -> None:
    """Give the bank all the commands, print what became of each, and leave with 1 if one was refused.

    With `whole`, nothing is recorded unless all can be; else a refusal stops no other. `nothing` says that there are
    no commands at all.
    """
    with hearing(recording) as (ledger, hear):
        with ledger.reading(*ledger.views.all()) as (connection, _):
            try:
                parts = make(ledger, connection)
            except Problem as problem:
                raise told_problem(problem, {}, {}) from None
        asks = [Ask(part.command, recording.by, recording.once(part.id)) for part in parts]
        outcomes = _rehearsed(ledger, asks) if whole else []
        stopped = any(isinstance(outcome, Refusal) for outcome in outcomes)
        if not stopped:
            outcomes = hear(asks)
        told = [_named(ledger, outcome) for outcome in outcomes]
    done = not (recording.dry_run or stopped)
    _tell(recording, list(zip(parts, told, strict=True)), done=done, nothing=nothing)
    if any(isinstance(outcome, Refusal) for outcome in outcomes):
        raise Exit(REFUSED)


def do_to_several(
    recording: Recording, name: str, said: Mapping[str, Any], *, nothing: str = _NOTHING
) -> None:
    """Do an operation of the catalogue to several things, likewise. `said` holds what was typed, by field."""
    operation = _BY_NAME[name]
    subject = {one: typed_word(one, said[one]) for one in operation.subject}
    body = msgspec.convert({one: said[one] for one in said if one not in subject}, operation.body)

    def make(ledger: Ledger, connection: Connection) -> Sequence[Part]:
        parts = operation.parts_of(meaning_of(recording, ledger, connection), subject, body)
        called = _called(ledger, connection, [part.about for part in parts])
        return [Part(part.about, called[part.about], part.command) for part in parts]

    act_on_several(recording, make, whole=operation.whole, nothing=nothing)


def _called(ledger: Ledger, connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """What people know things by: a sign-up by its shift, and a redemption by who redeems what."""
    views, known = ledger.views, dict[str, str]()
    for one in ids:
        sign_up = views.sign_ups.get(connection, one) if one.startswith("sig_") else None
        redemption = views.redemptions.get(connection, one) if one.startswith("red_") else None
        if sign_up is not None:
            known[one] = sign_up.shift
        elif redemption is not None:
            known[one] = f"{redemption.volunteer}, {redemption.offer_name} ({one})"
    words = {one: known.get(one, one) for one in ids}
    names = names_of(ledger, connection, {found for word in words.values() for found in ids_in(word)})
    return {one: in_names(word, names) for one, word in words.items()}


def _rehearsed(ledger: Ledger, asks: Sequence[Ask]) -> list[Receipt | Refusal]:
    with ledger.bank.rehearsal() as rehearse:
        return rehearse(asks)


def _named(ledger: Ledger, outcome: Receipt | Refusal) -> Receipt | Refused:
    return refused(outcome, names_in(ledger, outcome.details)) if isinstance(outcome, Refusal) else outcome


def _tell(
    recording: Recording, told: Sequence[tuple[Part, Receipt | Refused]], *, done: bool, nothing: str
) -> None:
    if recording.as_json:
        items = [{"id": part.id, "name": part.name, **_document(one)} for part, one in told]
        output.document({"recorded": done, "dry_run": recording.dry_run, "items": items})
        return
    if told and not done:
        output.line("Nothing was recorded. What would become of it:")
    output.table(
        "",
        (Column("About"), Column("Outcome")),
        [(part.name, _said(outcome, done=done)) for part, outcome in told],
        empty=nothing,
    )


def _document(outcome: Receipt | Refused) -> dict[str, Any]:
    if isinstance(outcome, Refused):
        return error_document(outcome)
    return {"position": outcome.position, "replayed": outcome.replayed, "events": facts_of(outcome)}


def _said(outcome: Receipt | Refused, *, done: bool) -> str:
    if isinstance(outcome, Refused):
        return f"refused: {outcome.message}"
    kinds = Counter(type_name(type(one.event)).replace("-", " ") for one in outcome.events)
    what = ", ".join(kind if count == 1 else f"{kind} ({count:,} times)" for kind, count in kinds.items())
    if outcome.replayed:
        return f"recorded before: {what}"
    return f"{what}, position {outcome.position:,}" if done else what
