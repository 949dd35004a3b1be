"""What somebody in an office does: one action of the catalogue, in words that were typed, and what came of it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
import msgspec
from sqlalchemy import Connection

from ledger.application import Receipt
from ledger.bootstrap import Ledger
from ledger.cli.acts.recording import Recording, Refused, hearing, language, names_in, refused, tell
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.naming import with_names
from ledger.cli.terminal.output import printable
from ledger.domain.commands import Command, InvalidInput, Refusal
from ledger.domain.instants import Instant, day_of
from ledger.domain.minutes import spoken
from ledger.exchange.reading import squeezed
from ledger.operations.access import seeing
from ledger.operations.action import Action
from ledger.operations.callers import Caller, Role
from ledger.operations.catalogue import ACTIONS
from ledger.operations.command_bodies import fields_as
from ledger.operations.doing import outcomes_of
from ledger.operations.instants import NoInstant, read_instant
from ledger.operations.meaning import Meaning
from ledger.operations.occasions.described import NEW_CODE
from ledger.operations.outcomes import document
from ledger.operations.refused import ZH, Problem
from ledger.operations.refused import refused as problem_of
from ledger.operations.registering import Submission
from ledger.operations.typed_words import NUMBER
from ledger.operations.words.things import THINGS
from ledger.operations.words.validation import lacking_or_unknown, worded

_BY_NAME = {action.name: action for action in ACTIONS}
_ID = re.compile(r"[a-z]{3}_[a-z0-9]{3,32}")


Refuse = Callable[[Ledger, Connection, Command], None]
"""Raises Refused where a counter does not let a command be given."""


def do(
    recording: Recording,
    name: str,
    said: Mapping[str, Any],
    within: Mapping[str, str] | None = None,
    *,
    refuse: Refuse | None = None,
) -> None:
    """Do an action, and print the facts that follow, or would; raises Refused or BadValue in words.

    `said` holds what was typed, by the fields of the action's subject and of its body: None where nothing was. A field
    that is called otherwise is told in `within`, by the name of what was typed.
    """
    action = _BY_NAME[name]
    within = within or {}
    paths = {field: action.path(within.get(field, field)) for field in (*said, *within)}
    fields = {paths[field]: value for field, value in said.items() if value is not None}
    needed = {field.name for field in msgspec.structs.fields(action.body) if field.required}
    structs = needed & {path.rpartition(".")[0] for path in paths.values()}
    with hearing(recording) as (ledger, hear):
        try:
            with ledger.reading(*ledger.views.all()) as (connection, _):
                meaning = meaning_of(recording, ledger, connection)
                submission = _submission(recording, action, meaning, fields, structs)
                if refuse is not None:
                    refuse(ledger, connection, submission.ask.command)
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
        again = {"replayed": True} if outcome.replayed else {}
        for_programs = {**document(outcome, submission, dry_run=recording.dry_run), **again}
        fresh = not (recording.dry_run or outcome.replayed)
        tell(recording, ledger, outcome, submission.once_only if fresh else {}, document=for_programs)


def meaning_of(recording: Recording, ledger: Ledger, connection: Connection) -> Meaning:
    """What words mean to whoever acts at the counter."""
    return Meaning(ledger, seeing(ledger, connection), Caller(recording.by, Role.ADMIN))


def _submission(
    recording: Recording, action: Action, meaning: Meaning, fields: Mapping[str, Any], structs: Iterable[str]
) -> Submission:
    subject = {name: typed_word(name, fields[name]) for name in action.subject}
    fields = {**fields, **_instants(action, meaning, fields)}
    volunteers = action.volunteers
    # What may be left out of a struct is left out of one that is there.
    body: dict[str, Any] = {one: {} for one in structs}
    for field, value in fields.items():
        if field in subject:
            continue
        *structs, last = field.split(".")
        inner = body
        for one in structs:
            inner = inner.setdefault(one, {})
        inner[last] = typed_word("volunteer", value) if field in volunteers else value
    return action.ask(meaning, subject, _body(action, body), recording.key, dry=recording.dry_run)


def _instants(action: Action, meaning: Meaning, fields: Mapping[str, Any]) -> dict[str, datetime]:
    """The instants among what was typed: local times, a time alone that of the day of the one before."""
    found, day = dict[str, datetime](), None
    for name in fields_as(action.command, Instant):
        zone = ZoneInfo(meaning.ledger.opened().zone)
        try:
            found[name] = read_instant(printable(fields[name]), zone, day=day)
        except NoInstant as none:
            sentence = none.zh if language() == ZH else none.en
            raise BadValue(sentence, code=none.code, where=_where(name)) from None
        day = day_of(found[name], zone)
    return found


def _body(action: Action, body: Mapping[str, Any]) -> Any:
    try:
        return msgspec.convert(body, action.body)
    except msgspec.ValidationError as error:
        raise bad_field(error, body) from None


def bad_field(error: msgspec.ValidationError, said: Mapping[str, Any]) -> BadValue:
    """What was typed wrongly, as msgspec found it, in the language of the terminal."""
    message, _, where = str(error).partition(" - at `$")
    field = lacking_or_unknown(message) or where.rstrip("`").rpartition(".")[2]
    typed, reason = said.get(field), worded(message.replace(" | null", ""))
    sentence = reason.zh if language() == ZH else reason.en
    shown = f"{printable(typed)}: {sentence}" if isinstance(typed, str) else sentence
    return BadValue(shown, code="invalid-input", where=_where(field))


def typed_words(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed for parameters, as the catalogue takes it."""

    def read(name: str, value: Any) -> Any:
        match value:
            case str():
                return typed_word(name, value)
            case date():
                return value.isoformat()
            case _:
                return value

    return {name: read(name, value) for name, value in said.items()}


def typed_word(name: str, word: str) -> str:
    """A word as the catalogue takes it: what is no id is the number of a volunteer."""
    if name != "volunteer" or _ID.fullmatch(word) or word.startswith(f"{NUMBER}:"):
        return word
    return f"{NUMBER}:{squeezed(word)}"


def sign_up_of(who: str, shift: str | None) -> str:
    """The word for a sign-up: its id, or a volunteer with a shift."""
    if shift is None and not _ID.fullmatch(who):
        raise BadValue("with a volunteer, name the shift too", code="usage", where="SHIFT")
    return who if shift is None else f"{typed_word('volunteer', who)}@{shift}"


def told(problem: Problem, names: Mapping[str, str], said: Mapping[str, Any]) -> Refused | BadValue:
    """A problem for the shell, in the language of its terminal: what was typed wrongly is pointed at."""
    sentence = with_names(problem.zh if language() == ZH else problem.en, names)
    code, details = problem.kind.code, dict(problem.details)
    if problem.word is not None:
        typed = printable(problem.word.typed.removeprefix(f"{NUMBER}:"))
        if code == "not-found":
            one = THINGS[problem.word.name][language() == ZH]
            sentence = f"没有这个{one}：{typed}" if language() == ZH else f"there is no {one} {typed}"
        else:
            # Over HTTP nothing is told again of what was sent.
            sentence = f"{typed} {sentence.removeprefix('It ')}"
        rows = "".join(f"\n  {_row(one)}" for one in details.get("candidates", ()))
        return BadValue(
            sentence + rows,
            code=code,
            where=_where(problem.word.name),
            details=details,
        )
    if problem.errors:
        fault = problem.errors[0]
        path = (fault.pointer or fault.parameter or "").removeprefix("/").replace("/", ".")
        reason, typed = fault.zh if language() == ZH else fault.en, said.get(path)
        # Where a code was to be made, none was typed.
        if isinstance(typed, str) and typed != NEW_CODE:
            reason = f"{printable(typed)}: {reason}"
        return BadValue(reason, code=code, where=_where(path.rpartition(".")[2]), details=details)
    return Refused(printable(sentence), code=code, details=details)


def _row(candidate: Mapping[str, Any]) -> str:
    # A shift's word tells when it begins.
    untold = {"id", "ends", *({"begins"} if "word" in candidate else ())}
    shown = (_told(name, value) for name, value in candidate.items() if name not in untold and value)
    return f"{candidate['id']}  {', '.join(shown)}"


def _told(name: str, value: Any) -> str:
    if name == "price":
        return spoken(value)
    return f"{'in ' if name in {'parent', 'community'} else ''}{printable(str(value))}"


def _where(field: str) -> str:
    """What was typed for a field: the name of an argument, or an option with its dashes."""
    context = click.get_current_context(silent=True)
    for parameter in () if context is None else context.command.params:
        if parameter.name == field:
            typed = parameter.opts[0]
            return typed if typed.startswith("-") else (parameter.metavar or typed.upper()).strip("[].")
    return field
