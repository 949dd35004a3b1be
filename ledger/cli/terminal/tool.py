"""Commands whose doing stands in a module of `ledger.cli.tools`, which is imported when one runs and no sooner."""

import contextlib
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

from click.exceptions import Exit

from ledger.cli.terminal.failures import REFUSED
from ledger.cli.terminal.options import common


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


def does(name: str, **more: Any) -> Callable[[Callable[[], None]], Callable[..., Any]]:
    """What a command does is a function, as `serving.serve_ledger`, which gets whatever was typed."""
    module, _, function = name.rpartition(".")

    def decorate(command: Callable[[], None]) -> Callable[..., Any]:
        @wraps(command)
        def run(*about: Any, **said: Any) -> Any:
            return getattr(import_module(f"ledger.cli.tools.{module}"), function)(*about, **more, **said)

        # For whoever would know whether there is such a function, before somebody runs the command.
        run.__dict__.update(done_by=name, given=more)
        return run

    return decorate


def tool(
    name: str, *, reads: bool = False, **more: Any
) -> Callable[[Callable[[], None]], Callable[..., None]]:
    """A command with `--data` and `--json`, whose function returns what is Told.

    It gets the place of the ledger first, or the ledger itself if it only `reads`: that is open until all is told.
    """

    def decorate(command: Callable[[], None]) -> Callable[..., None]:
        done = does(name, **more)(command)

        @wraps(done)
        def run(data: Path | None, as_json: bool, **said: Any) -> None:
            from ledger.bootstrap import open_for_reading
            from ledger.cli.terminal.lookup import settings

            place = settings(data)
            with open_for_reading(place) if reads else contextlib.nullcontext(place) as about:
                done(about, **said).tell(as_json=as_json)

        return common(run)

    return decorate
