"""One command line that means several commands to the bank: all in one commit, each with its own outcome."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import msgspec
from click.exceptions import Exit
from sqlalchemy import Connection

from ledger.application import Receipt
from ledger.bootstrap import Ledger
from ledger.cli.acts.recording import Recording, hearing, refused
from ledger.cli.acts.words import told as told_problem
from ledger.cli.acts.words import typed_word
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED, Refused
from ledger.cli.terminal.language import language
from ledger.cli.terminal.lookup import checked
from ledger.cli.terminal.naming import ids_in, in_names, names_in, names_of
from ledger.cli.terminal.output import Column
from ledger.cli.words import usage
from ledger.cli.words.printed import NOTHING
from ledger.cli.words.wording import code_in_words, head, printed
from ledger.domain.commands import Refusal
from ledger.operations.action import Action
from ledger.operations.doing import Decide, outcomes_of
from ledger.operations.meaning import Meaning
from ledger.operations.names import known_by
from ledger.operations.outcomes import ItemAnswer, all_before
from ledger.operations.refused import Problem
from ledger.operations.refused import refused as problem_of
from ledger.operations.registering import Submission
from ledger.operations.several import (
    AskedParts,
    Part,
    Several,
    asked_parts,
    none_refused,
    part_answers,
    rehearsals,
)
from ledger.operations.words.things import THINGS
from ledger.store.codec import type_name
from ledger.store.deciding import Outcome

Find = Callable[[Meaning], AskedParts]


def do_to_several(recording: Recording, operation: Several, said: Mapping[str, Any]) -> None:
    """Do an operation of the catalogue to several things. `said` holds what was typed, by field."""
    subject = {one: typed_word(one, said[one]) for one in operation.subject}
    rest = {one: value for one, value in said.items() if value is not None and one not in subject}
    body = msgspec.convert(rest, operation.body)

    def find(meaning: Meaning) -> AskedParts:
        return operation.ask(meaning, subject, body, recording.key)

    nothing = printed(NOTHING.get(operation.name, "nothing_to_do"))
    _act(recording, find, whole=operation.whole, nothing=nothing)


def do_each(recording: Recording, action: Action, said: Mapping[str, Any]) -> None:
    """Do an action to each of the things that are said to be its subject, or that are found to be by their meaning.

    Each is judged by itself: a refusal is told and stops no other.
    """
    [subject] = action.subject

    def find(meaning: Meaning) -> AskedParts:
        words = said[subject](meaning) if callable(said[subject]) else said[subject]
        form, otherwise = action.hints[subject], usage.NO_ID_OF_A_THING
        places = {"thing": subject, "thing_zh": THINGS[subject][1], "prefix": subject[:3]}
        ids = [
            checked(meaning.subject(subject, word), form, subject.upper(), otherwise, **places)
            for word in words
        ]
        parts = [Part(one, action.command(**{**said, subject: one})) for one in dict.fromkeys(ids)]
        return asked_parts(meaning.caller, parts, recording.key)

    _act(recording, find)


def _act(recording: Recording, find: Find, *, whole: bool = False, nothing: str = "") -> None:
    """Give the bank all the commands, print what became of each, and leave with 1 if one was refused.

    With `whole`, nothing is recorded unless all can be; else a refusal stops no other. `nothing` says that there are
    no commands at all.
    """
    with hearing(recording) as (ledger, hear):
        with ledger.reading(*ledger.views.all()) as (connection, _):
            try:
                asked = find(recording.meaning(ledger, connection))
            except Problem as problem:
                raise told_problem(problem, {}, {}) from None
            names = _called(ledger, connection, [about for about, _ in asked])
        outcomes, done = _outcomes(ledger, hear, [one for _, one in asked], recording.dry_run, whole=whole)
        named = [_named(ledger, one) for one in outcomes]
    if recording.as_json:
        answers = part_answers(asked, outcomes, _refuse, done=done)
        # What HTTP tells in a header.
        more = {"replayed": True} if all_before(outcomes) else {}
        output.document({**msgspec.to_builtins(answers), **more})
    else:
        if asked and not done:
            output.line(printed("nothing_recorded"))
        rows = [(names[about], _said(one, done=done)) for (about, _), one in zip(asked, named, strict=True)]
        output.table("", (Column(head("about")), Column(head("outcome"))), rows, empty=nothing)
    if not none_refused(outcomes):
        raise Exit(REFUSED)


def _outcomes(
    ledger: Ledger, hear: Decide, asked: Sequence[Submission], dry_run: bool, *, whole: bool
) -> tuple[list[Outcome], bool]:
    """What became of each, or would; and whether anything was to be recorded."""
    outcomes, rehearsed = list[Outcome](), dry_run
    for rehearsed in rehearsals(whole=whole, dry_run=dry_run):
        with ledger.bank.rehearsal() if rehearsed and not dry_run else nullcontext(hear) as decide:
            outcomes = outcomes_of(ledger, asked, decide, dry_run=rehearsed)
        if not none_refused(outcomes):
            break
    return outcomes, not rehearsed


def _refuse(error: Exception) -> ItemAnswer:
    """What programs are told of a refusal, which over HTTP has the id of its request too."""
    from ledger.api.problems import problem_document, status_of

    assert isinstance(error, Refusal)
    problem = problem_of(error)
    return ItemAnswer(status=status_of(problem.kind.code), body=problem_document(problem, language()))


def _called(ledger: Ledger, connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """What people know things by, such as a sign-up by its shift."""
    words = {one: printed("listed").join(known_by(ledger, connection, one)) for one in ids}
    names = names_of(ledger, connection, {found for word in words.values() for found in ids_in(word)})
    return {one: in_names(word, names) for one, word in words.items()}


def _named(ledger: Ledger, outcome: Outcome) -> Receipt | Refused:
    if isinstance(outcome, Receipt):
        return outcome
    if isinstance(outcome, Refusal):
        return refused(outcome, names_in(ledger, outcome.details))
    raise outcome


def _said(outcome: Receipt | Refused, *, done: bool) -> str:
    if isinstance(outcome, Refused):
        return printed("refused", why=outcome.message)
    kinds = Counter(code_in_words("type", type_name(type(one.event))) for one in outcome.events)
    what = printed("between").join(
        kind if count == 1 else printed("several_times", kind=kind, count=count)
        for kind, count in kinds.items()
    )
    if outcome.replayed:
        return printed("before", what=what)
    return printed("at_position", what=what, number=outcome.position) if done else what
