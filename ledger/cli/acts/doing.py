"""What somebody in an office does: one action of the catalogue, in words that were typed, and what came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from ledger.application import Receipt
from ledger.cli.acts.recording import Recording, hearing, refused, tell
from ledger.cli.acts.several import do_each, do_to_several
from ledger.cli.acts.words import bad_field, told, typed_at, typed_word
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.language import here
from ledger.cli.terminal.naming import names_in
from ledger.cli.terminal.output import printable
from ledger.domain.commands import InvalidInput, Refusal
from ledger.domain.instants import Instant, day_of
from ledger.operations.action import Action
from ledger.operations.command_bodies import fields_as
from ledger.operations.doing import outcomes_of
from ledger.operations.index import operation
from ledger.operations.instants import NoInstant, read_instant
from ledger.operations.meaning import Meaning
from ledger.operations.outcomes import document
from ledger.operations.refused import Problem
from ledger.operations.refused import refused as problem_of
from ledger.operations.registering import Submission
from ledger.operations.several import Several


def do(recording: Recording, name: str, said: Mapping[str, Any]) -> None:
    """Do an action, or what is done to several things, and print what follows, or would.

    `said` holds what was typed, by the fields of the operation's subject and of its body: None where nothing was.
    Raises Refused or BadValue in words.
    """
    action = operation(name)
    if isinstance(action, Several):
        do_to_several(recording, action, said)
        return
    assert isinstance(action, Action)
    if any(not isinstance(said[one], str) for one in action.subject):
        do_each(recording, action, said)
        return
    fields = {action.path(field): value for field, value in said.items() if value is not None}
    with hearing(recording) as (ledger, hear):
        try:
            with ledger.reading(*ledger.views.all()) as (connection, _):
                submission = _submission(recording, action, recording.meaning(ledger, connection), fields)
            [outcome] = outcomes_of(ledger, [submission], hear, dry_run=recording.dry_run)
            if not isinstance(outcome, Receipt):
                raise outcome
        except Refusal as refusal:
            if isinstance(refusal, InvalidInput) and not refusal.reason_zh:
                # It is no rule's: what was typed has the wrong form.
                raise told(problem_of(refusal), {}, fields) from None
            raise refused(refusal, names_in(ledger, refusal.details)) from None
        except Problem as problem:
            raise told(problem, names_in(ledger, problem.details), fields) from None
        # What HTTP tells in a header.
        more = {"replayed": True} if outcome.replayed else {}
        for_programs = {**document(outcome, submission, dry_run=recording.dry_run), **more}
        fresh = not (recording.dry_run or outcome.replayed)
        tell(recording, ledger, outcome, submission.once_only if fresh else {}, document=for_programs)


def _submission(
    recording: Recording, action: Action, meaning: Meaning, fields: Mapping[str, Any]
) -> Submission:
    subject = {name: typed_word(name, fields[name]) for name in action.subject}
    fields = {**fields, **_instants(action, meaning, fields)}
    # What may be left out of a struct is left out of one that is there.
    needed = {field.name for field in msgspec.structs.fields(action.body) if field.required}
    structs = {path.partition(".")[0] for path in action.hints if "." in path}
    body: dict[str, Any] = {struct: {} for struct in structs & needed}
    for field, value in fields.items():
        if field in subject:
            continue
        *within, last = field.split(".")
        inner = body
        for one in within:
            inner = inner.setdefault(one, {})
        inner[last] = typed_word("volunteer", value) if field in action.volunteers else value
    try:
        made = msgspec.convert(body, action.body)
    except msgspec.ValidationError as error:
        raise bad_field(error, body) from None
    return action.ask(meaning, subject, made, recording.key, dry=recording.dry_run)


def _instants(action: Action, meaning: Meaning, fields: Mapping[str, Any]) -> dict[str, datetime]:
    """The instants among what was typed: local times, a time alone that of the day of the one before."""
    found, day = dict[str, datetime](), None
    for name in fields_as(action.command, Instant):
        zone = ZoneInfo(meaning.ledger.opened().zone)
        try:
            found[name] = read_instant(printable(fields[name]), zone, day=day)
        except NoInstant as none:
            raise BadValue(here(none.en, none.zh), code=none.code, where=typed_at(name)) from None
        day = day_of(found[name], zone)
    return found
