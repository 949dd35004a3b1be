"""Commands that are made of what the catalogue holds: a line says how an action is typed, or how a question is.

What such a command takes it learns of the operation's own fields, and what help says of both of their words. Nothing
of the catalogue is imported before the command is run or asked for help.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import rich_click as click

from ledger.cli.acts.tables import Draw
from ledger.cli.terminal.language import here
from ledger.cli.terminal.options import acting
from ledger.cli.terminal.program import InOrder
from ledger.cli.terminal.spoken import Spoken
from ledger.cli.words.counter import GROUPS, MORE, SUMMARIES_HERE
from ledger.cli.words.tools import TOOLS
from ledger.operations.words.summaries import SUMMARIES

_WORD = re.compile(r"(\[?)(--)?([A-Za-z-]+)(?:=([A-Z]+))?\]?(\.\.\.)?")

Turn = Callable[[dict[str, Any]], str | None]
"""Turns what was typed, in place, into what is said to the catalogue; raises UsageError where words exclude each other.

It names the operation that is meant, where that is another one than the line's.
"""


class Read(NamedTuple):
    """How a word is read, where its field's type does not tell: as what of click's options, and as which field."""

    how: Mapping[str, Any]
    field: str | None = None


class Line(NamedTuple):
    """How an operation is typed: `move TEAM PARENT [--day]`, `approve RECORD...`; in brackets is what may be left out.

    `fields` names the field of the operation that a word stands for, where that has another name. What stands for none
    is a flag, or text where the line tells what help calls it: `--around=WHOM`. `reads` tells how some words are read.
    """

    operation: str
    typed: str
    fields: Mapping[str, str]
    reads: Mapping[str, Read]


class Word(NamedTuple):
    """One word of a line, by its name: whether it is an option, must be there and may recur, and what help calls it."""

    name: str
    is_option: bool
    needed: bool
    metavar: str | None
    many: bool


class Made(Spoken):
    """A command whose parameters are made of an operation's fields once somebody wants them."""

    def __init__(self, line: Line, run: Callable[..., None]) -> None:
        """`run` gets what was typed; help says of the operation what stands in words."""
        name = line.operation
        told = [here(*(SUMMARIES_HERE.get(name) or SUMMARIES[name]))]
        told += [here(*MORE[name])] if name in MORE else []
        super().__init__(name=line.typed.split()[0], callback=run, help="\n\n".join(told))
        self._line = line

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The arguments and options."""
        if not self.params:
            from ledger.cli.acts.reading import parameters

            self.params = parameters(self._line)
        return super().get_params(ctx)


def made(
    action: str,
    typed: str,
    turn: Turn | None = None,
    fields: Mapping[str, str] | None = None,
    /,
    **reads: Read,
) -> Made:
    """The command that does an action, as it is typed.

    Where its words are not the action's own, `turn` makes these of them; `reads` tells how some of them are read.
    """

    def do_it(recording: Any, **said: Any) -> None:
        from ledger.cli.acts.doing import do

        do(recording, (turn and turn(said)) or action, said)

    return Made(Line(action, typed, fields or {}, reads), acting(do_it))


def asked(
    question: str,
    typed: str,
    draw: Draw,
    turn: Turn | None = None,
    /,
    **reads: Read,
) -> Made:
    """The command that asks a question, as it is typed, and draws the answer; the rest as of what is `made`."""

    def ask_it(data: Path | None, as_json: bool, **said: Any) -> None:
        from ledger.cli.acts.asking import ask

        name, every = (turn and turn(said)) or question, said.pop("every", False)
        ask(data, name, said, draw, as_json=as_json, every=every)

    return Made(Line(question, typed, {}, reads), ask_it)


def group(name: str, *commands: click.Command) -> InOrder:
    """A group of commands, in the order in which they are used; help says of it what stands in words by its name."""
    found = InOrder(name=name, help=here(*(GROUPS.get(name) or TOOLS[name])))
    for command in commands:
        found.add_command(command)
    return found


def joined(said: dict[str, Any], field: str, *words: str) -> None:
    """Let several words that were typed be one: `VOLUNTEER@POST@COMMUNITY`, as the catalogue takes it."""
    said[field] = "@".join(filter(None, [said.pop(word) for word in words]))


def words_of(line: Line) -> list[Word]:
    """The words of a line beside the name of the command."""
    found: list[Word] = []
    for text in line.typed.split()[1:]:
        read = _WORD.fullmatch(text)
        assert read is not None, text
        found.append(
            Word(read[3].lower().replace("-", "_"), bool(read[2]), not read[1], read[4], bool(read[5]))
        )
    return found
