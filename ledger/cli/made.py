"""Commands that are made of actions: a line says how one is typed, and the command's own fields what it takes.

Nothing of the catalogue is imported before such a command is run or asked for help.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

import rich_click as click
from rich_click import RichCommand

from ledger.cli.numbers import WholeNumber
from ledger.cli.options import acting, argument, as_text, option
from ledger.cli.typed import as_code, as_day, as_label

_WORD = re.compile(r"(\[?)(--)?([A-Za-z-]+)\]?")
_NO_FIELDS: Mapping[str, str] = MappingProxyType({})


class Line(NamedTuple):
    """How an action is typed: `transfer GIVER RECEIVER MINUTES [--day]`.

    What is in brackets may be left out; `helps` says what each word is, in the same order; `fields` names the field of
    the command that a word stands for, where that has another name or lies in a struct that has more than one of it.
    """

    action: str
    typed: str
    says: str
    helps: tuple[str, ...]
    fields: Mapping[str, str] = _NO_FIELDS


class Word(NamedTuple):
    """One word of a line: its name, whether it is an option, and whether it must be there."""

    name: str
    is_option: bool
    needed: bool


class Made(RichCommand):
    """A command whose parameters are made of an action's fields once somebody wants them."""

    def __init__(self, line: Line, run: Callable[..., None]) -> None:
        """`run` gets what was typed."""
        super().__init__(name=line.typed.split()[0], callback=run, help=line.says)
        self._line = line

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The arguments and options."""
        if not self.params:
            self.params = _parameters(self._line)
        return super().get_params(ctx)


def made(line: Line) -> Made:
    """The command that a line says, which does the action."""

    def run(how: Any, **said: Any) -> None:
        from ledger.cli.doing import do

        do(how, line.action, said, line.fields)

    return Made(line, acting(run))


def words_of(line: Line) -> list[Word]:
    """The words of a line beside the name of the command."""
    found: list[Word] = []
    for text in line.typed.split()[1:]:
        read = _WORD.fullmatch(text)
        assert read is not None, text
        found.append(Word(read[3].lower().replace("-", "_"), bool(read[2]), not read[1]))
    return found


def _parameters(line: Line) -> list[click.Parameter]:
    from ledger.operations.catalogue import ACTIONS

    [action] = (one for one in ACTIONS if one.name == line.action)
    hints = action.hints

    def nothing(**_: Any) -> None:
        pass

    command: Any = acting(nothing)
    for word, help_text in reversed(list(zip(words_of(line), line.helps, strict=True))):
        field = line.fields.get(word.name, word.name)
        reading = _reading(hints[field])
        shown = {"metavar": word.name.upper()} | reading | {"help": help_text, "required": word.needed}
        if word.is_option:
            command = option(f"--{word.name.replace('_', '-')}", word.name, **shown)(command)
        else:
            command = argument(word.name, **shown)(command)
    built: click.Command = click.command("made")(command)
    return list(built.params)


def _reading(hint: Any) -> dict[str, Any]:
    """How what is typed for a field of a type is read, and what help calls it."""
    kinds: tuple[tuple[Callable[[Any], bool], Callable[[Any], dict[str, Any]]], ...] = (
        (lambda one: one is date, lambda _: {"callback": as_day, "metavar": "DAY"}),
        (_is_enum, lambda one: {"type": click.Choice([each.value for each in one])}),
        (lambda one: _base(one) is int, lambda one: {"type": WholeNumber(min=_least(one))}),
        (_is_code, lambda _: {"callback": as_code}),
        (_is_label, lambda _: {"callback": as_label}),
    )
    kind = _unless_null(hint)
    for fits, reading in kinds:
        if fits(kind):
            return reading(kind)
    return {"callback": as_text}


def _unless_null(hint: Any) -> Any:
    if get_origin(hint) in {Union, UnionType}:
        return next(one for one in get_args(hint) if one is not type(None))
    return hint


def _base(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _is_enum(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Enum)


def _least(hint: Any) -> int:
    meta = get_args(hint)[1] if get_origin(hint) is Annotated else None
    above, least = getattr(meta, "gt", None), getattr(meta, "ge", None)
    return above + 1 if above is not None else least or 0


def _is_code(hint: Any) -> bool:
    from ledger.domain.text import Code

    return hint == Code


def _is_label(hint: Any) -> bool:
    from ledger.domain.text import Label

    return hint == Label
