"""Commands whose doing stands in a module of `ledger.cli.tools`, which is imported when one runs and no sooner."""

import contextlib
from collections.abc import Callable, Sequence
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from click.exceptions import Exit
from rich_click import RichArgument, RichOption

from ledger.cli.terminal.failures import REFUSED
from ledger.cli.terminal.language import here
from ledger.cli.terminal.options import Taken, common, told
from ledger.cli.terminal.spoken import Spoken
from ledger.cli.words.tools import TOOLS


class Told:
    """What a tool tells programs, and people in lines and by what draws the rest. If it `failed`, it leaves with 1."""

    def __init__(self, document: Any, *drawn: str | Callable[[], None], failed: bool = False) -> None:
        """The document is for programs."""
        self.document, self._drawn, self._failed = document, drawn, failed

    def draw(self) -> None:
        """Print it for people."""
        from ledger.cli.terminal import output

        for one in self._drawn:
            if isinstance(one, str):
                output.line(one)
            else:
                one()

    def tell(self, *, as_json: bool) -> None:
        """Print it for whoever asked, and leave with 1 if it failed."""
        from ledger.cli.terminal import output

        if as_json:
            output.document(self.document)
        else:
            self.draw()
        if self._failed:
            raise Exit(REFUSED)


def runs(place: str, done_by: str, *takes: Taken, **given: Any) -> click.Command:
    """The command at a place, such as `token issue`, done by a function, such as `serving.issue_token`.

    The function gets what was typed for what the command `takes` and what is `given`, and prints for itself.
    """

    def run(*about: Any, **typed: Any) -> Any:
        module, _, function = done_by.rpartition(".")
        return getattr(import_module(f"ledger.cli.tools.{module}"), function)(*about, **given, **typed)

    # For whoever would know whether there is such a function, before somebody runs the command.
    run.__dict__.update(done_by=done_by, given=given)
    return _command(place, run, takes)


def tool(place: str, done_by: str, *takes: Taken, reads: bool = False, **given: Any) -> click.Command:
    """Such a command that takes `--data` and `--json` too, and whose function returns what is Told.

    It gets the place of the ledger first, or the ledger itself if it only `reads`: that is open until all is told.
    """
    done = runs(place, done_by, *takes, common, **given)
    do = done.callback
    assert do is not None

    @wraps(do)
    def run(data: Path | None, as_json: bool, **typed: Any) -> None:
        from ledger.bootstrap import open_for_reading
        from ledger.cli.terminal.lookup import settings

        kept = settings(data)
        with open_for_reading(kept) if reads else contextlib.nullcontext(kept) as about:
            do(about, **typed).tell(as_json=as_json)

    done.callback = run
    return done


def _command(place: str, run: Callable[..., Any], takes: Sequence[Taken]) -> click.Command:
    """A command that is called by the last word of its place, and of which help says what stands in words."""
    for take in reversed(takes):
        run = take(run)
    group, _, name = place.rpartition(" ")
    command = click.command(name, cls=Spoken, help=here(*TOOLS[place]))(run)
    for one in command.params:
        assert isinstance(one, RichArgument | RichOption)
        called = one.opts[0] if isinstance(one, RichOption) else (one.name or "").upper()
        one.help = told(called, place, group)
    return command
