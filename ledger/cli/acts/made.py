"""Commands that are made of actions: a line says how one is typed, and the command's own fields what it takes.

Nothing of the catalogue is imported before such a command is run or asked for help.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

import rich_click as click
from rich_click import RichCommand

from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.options import acting, argument, as_text, option
from ledger.cli.terminal.program import InOrder
from ledger.cli.terminal.typed import as_code, as_day, as_label

_WORD = re.compile(r"(\[?)(--)?([A-Za-z-]+)\]?")
_ABOUT: Mapping[str, str] = MappingProxyType(
    {
        "activity": "An id (act_…) or a name.",
        "community": "An id (com_…) or a name.",
        "day": "The day from which it holds. [default: today]",
        "name": "The public name.",
        "offer": "An id (off_…) or a name.",
        "reason": "Why, as a code.",
        "record": "The record's id (rec_…).",
        "shift": "An id (shi_…), an activity and when it begins (NAME@09:30), or an activity with one shift.",
        "skill": "A code, such as first-aid.",
        "team": "An id (tea_…) or a name.",
        "until": "The first day on which it holds no more.",
        "venue": "An id (ven_…) or a name.",
        "volunteer": "A volunteer number, or an id (vol_…).",
    }
)
"""What help says of a word, unless the line itself does."""

Own = Callable[[Any], Any]
"""Puts an argument or option on a command, as click's own decorators do."""

Run = Callable[[Any, str, dict[str, Any]], None]
"""Does an action otherwise than by its words alone: how it is recorded, which it is, and what was typed."""


class Line(NamedTuple):
    """How an action is typed: `transfer GIVER RECEIVER MINUTES [--day]`; what is in brackets may be left out.

    `fields` names the field of the command that a word stands for, where that has another name. `helps` says what help
    says of a word; where the word is no field of the command, it is the whole option.
    """

    action: str
    typed: str
    says: str
    fields: Mapping[str, str]
    helps: Mapping[str, str | Own]


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


def made(
    action: str,
    typed: str,
    says: str,
    fields: Mapping[str, str] | None = None,
    run: Run | None = None,
    /,
    **helps: str | Own,
) -> Made:
    """The command that does an action, as it is typed; `helps` says what single words are.

    Where its words alone do not tell what to do, `run` does it.
    """
    line = Line(action, typed, says, fields or {}, helps)

    def do_it(recording: Any, **said: Any) -> None:
        from ledger.cli.acts.doing import do

        if run is None:
            do(recording, action, said)
        else:
            run(recording, action, said)

    return Made(line, acting(do_it))


def thing(name: str) -> Own:
    """The argument that names a thing, for a command that is no line."""
    return argument(name, callback=as_text, metavar=name.upper(), help=_ABOUT[name])


def group(name: str, says: str, *commands: click.Command) -> InOrder:
    """A group of commands, in the order in which they are used."""
    found = InOrder(name=name, help=says)
    for command in commands:
        found.add_command(command)
    return found


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

    def nothing(**_: Any) -> None:
        pass

    command: Any = acting(nothing)
    for word in reversed(words_of(line)):
        help_text = line.helps.get(word.name) or _ABOUT[word.name]
        if not isinstance(help_text, str):
            command = help_text(command)
            continue
        path = action.path(line.fields.get(word.name, word.name))
        more = {**_reading(action.hints[path]), "help": help_text, "required": word.needed}
        if word.is_option:
            command = option(f"--{word.name.replace('_', '-')}", _last(path), **more)(command)
        else:
            command = argument(_last(path), **{**more, "metavar": word.name.upper()})(command)
    built: click.Command = click.command("made")(command)
    return list(built.params)


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _reading(hint: Any) -> dict[str, Any]:
    """How what is typed for a field of a type is read, and what help calls it."""
    from ledger.domain.minutes import Minutes

    kind = _unless_null(hint)
    if kind is date:
        return {"callback": as_day, "metavar": "DAY"}
    if isinstance(kind, type) and issubclass(kind, Enum):
        choices = [each.value for each in kind]
        return {"type": click.Choice(choices), "metavar": kind.__name__.upper()}
    if _base(kind) is datetime:
        return {"callback": as_text, "metavar": "TIME"}
    if _base(kind) is int:
        counted = "MINUTES" if kind == Minutes else "N"
        return {"type": WholeNumber(min=_least(kind)), "metavar": counted}
    return _reading_of_text(kind)


def _reading_of_text(kind: Any) -> dict[str, Any]:
    from ledger.domain.ids import PersonId, VisitId
    from ledger.domain.text import Code, Label
    from ledger.operations.things import KINDS

    if kind == PersonId:
        return {"callback": as_text, "metavar": "PERSON"}
    if kind == VisitId:
        return {"callback": as_text, "metavar": "VISIT"}
    for name, one in KINDS.items():
        if kind == one.id_type:
            return {"callback": as_text, "metavar": name.upper()}
    if kind == Code:
        return {"callback": as_code, "metavar": "CODE"}
    if kind == Label:
        return {"callback": as_label, "metavar": "NAME"}
    return {"callback": as_text}


def _unless_null(hint: Any) -> Any:
    if get_origin(hint) in {Union, UnionType}:
        return next(one for one in get_args(hint) if one is not type(None))
    return hint


def _base(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _least(hint: Any) -> int:
    meta = get_args(hint)[1] if get_origin(hint) is Annotated else None
    above, least = getattr(meta, "gt", None), getattr(meta, "ge", None)
    return above + 1 if above is not None else least or 0
