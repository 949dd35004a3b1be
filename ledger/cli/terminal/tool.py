"""Commands whose doing stands in a module of `ledger.cli.tools`, which is imported when one runs and no sooner."""

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from click.exceptions import Exit

from ledger.cli.terminal.failures import REFUSED
from ledger.cli.terminal.options import common

TOOLS = "ledger.cli.tools"


class Told(NamedTuple):
    """What a tool tells: a document to programs, or drawn to people. If it `failed`, the exit code is 1."""

    document: Any
    draw: Callable[[], None]
    failed: bool = False


def print_told(told: Told, *, as_json: bool) -> None:
    """Print what is told, and leave with 1 if it failed."""
    from ledger.cli.terminal import output

    if as_json:
        output.document(told.document)
    else:
        told.draw()
    if told.failed:
        raise Exit(REFUSED)


def does(name: str, **more: Any) -> Callable[[Callable[[], None]], Callable[..., Any]]:
    """What a command does is a function, as `serving.serve_ledger`, which gets whatever was typed."""
    module, _, function = name.rpartition(".")

    def decorate(command: Callable[[], None]) -> Callable[..., Any]:
        @wraps(command)
        def run(**said: Any) -> Any:
            return getattr(import_module(f"{TOOLS}.{module}"), function)(**more, **said)

        return run

    return decorate


def tool(name: str, **more: Any) -> Callable[[Callable[[], None]], Callable[..., None]]:
    """A command with `--data` and `--json`: its function gets the place of the ledger, and returns what is Told."""

    def decorate(command: Callable[[], None]) -> Callable[..., None]:
        done = does(name, **more)(command)

        @wraps(command)
        def run(data: Path | None, as_json: bool, **said: Any) -> None:
            from ledger.cli.terminal.lookup import settings

            print_told(done(place=settings(data), **said), as_json=as_json)

        return common(run)

    return decorate
