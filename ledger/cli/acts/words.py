"""What somebody typed, as the catalogue takes it, and its problems told at what was typed."""

import re
from collections.abc import Mapping
from typing import Any

import click
import msgspec

from ledger.cli.terminal.failures import BadValue, Refused
from ledger.cli.terminal.language import here
from ledger.cli.terminal.naming import with_names
from ledger.cli.terminal.output import printable
from ledger.cli.words.values import called
from ledger.cli.words.wording import code, printed, spoken
from ledger.exchange.reading import squeezed
from ledger.operations.refused import Problem
from ledger.operations.typed_words import NEW_CODE, NUMBER
from ledger.operations.words.things import THINGS
from ledger.operations.words.validation import lacking_or_unknown, worded

AN_ID = re.compile(r"[a-z]{3}_[a-z0-9]{3,32}")
_BY_VOLUNTEER = frozenset({"volunteer", "sign_up", "tenure", "visit"})
"""What a volunteer is named for, alone or with `@` and what tells several apart."""


def typed_word(name: str, word: str) -> str:
    """A word as the catalogue takes it: where a volunteer is named, what is no id is the number of one."""
    who, at, rest = (word, "", "") if name == "volunteer" else word.partition("@")
    if name not in _BY_VOLUNTEER or AN_ID.fullmatch(who) or who.startswith(f"{NUMBER}:"):
        return word
    return f"{NUMBER}:{squeezed(who)}{at}{rest}"


def bad_field(error: msgspec.ValidationError, said: Mapping[str, Any]) -> BadValue:
    """What was typed wrongly, as msgspec found it, in the language of the terminal."""
    message, _, where = str(error).partition(" - at `$")
    field = lacking_or_unknown(message) or where.rstrip("`").rpartition(".")[2]
    typed, reason = said.get(field), worded(message.replace(" | null", ""))
    sentence = here(*reason)
    shown = _of_typed(typed, sentence) if isinstance(typed, str) else sentence
    return BadValue(shown, code="invalid-input", where=typed_at(field))


def told(problem: Problem, names: Mapping[str, str], said: Mapping[str, Any]) -> Refused | BadValue:
    """A problem for the shell, in the language of its terminal: what was typed wrongly is pointed at."""
    sentence = with_names(here(problem.en, problem.zh), names)
    code, details = problem.kind.code, dict(problem.details)
    if problem.word is not None:
        word = problem.word.typed.removeprefix(f"{NUMBER}:")
        typed = printable(word)
        if code == "not-found":
            english, chinese = THINGS[problem.word.name]
            sentence = here(f"there is no {english} {typed}", f"没有这个{chinese}：{typed}")
        else:
            # Over HTTP nothing is told again of what was sent.
            sentence = f"{typed} {sentence.removeprefix('It ')}"
        rows = "".join(f"\n  {_row(one)}" for one in details.get("candidates", ()))
        return BadValue(sentence + rows, code=code, where=typed_at(problem.word.name, word), details=details)
    if problem.errors:
        fault = problem.errors[0]
        path = (fault.pointer or fault.parameter or "").removeprefix("/").replace("/", ".")
        reason, typed = here(fault.en, fault.zh), said.get(path)
        # Where a code was to be made, none was typed.
        if isinstance(typed, str) and typed != NEW_CODE:
            reason = _of_typed(typed, reason)
        return BadValue(reason, code=code, where=typed_at(path.rpartition(".")[2]), details=details)
    return Refused(printable(sentence), code=code, details=details)


def _of_typed(typed: str, said: str) -> str:
    return f"{printable(typed)}{here(': ', '：')}{said}"


def _row(candidate: Mapping[str, Any]) -> str:
    # A shift's word tells when it begins.
    untold = {"id", "ends", *({"begins"} if "word" in candidate else ())}
    shown = (
        _told(name, value, candidate["id"])
        for name, value in candidate.items()
        if name not in untold and value
    )
    return f"{candidate['id']}  {printed('listed').join(shown)}"


def _told(name: str, value: Any, thing: str) -> str:
    if name == "price":
        return spoken(value)
    text = printable(code(name, str(value), thing))
    return printed("in_place", place=text) if name in {"parent", "community"} else text


def typed_at(field: str, word: str = "") -> str:
    """Where a field was typed, or else the word: the name of an argument, or an option with its dashes."""
    context = click.get_current_context(silent=True)
    if context is None:
        return field
    named = [one for one in context.command.params if one.name == field]
    typed = [one for one in context.command.params if word and context.params.get(one.name or "") == word]
    for parameter in (*named, *typed):
        name = parameter.opts[0]
        return name if name.startswith("-") else called(parameter.human_readable_name).strip("[].")
    return field
