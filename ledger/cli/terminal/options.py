"""The options and arguments that several commands share."""

import re
from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from ledger.cli.terminal.failures import unfit
from ledger.cli.terminal.language import here
from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.program import JSON_OPTION
from ledger.cli.terminal.spoken import LANGUAGES, SpokenArgument, SpokenOption
from ledger.cli.words import usage
from ledger.cli.words.options import meaning_of
from ledger.spoken import LANG_OPTION

_ADDRESS = re.compile(r"(?:\[([0-9A-Fa-f:.%\w]+)\]|([^\s:\[\]]+)):([0-9]{1,5})", re.ASCII)
_LAST_PORT = 65_535

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Taken = Callable[[Any], Any]
"""An option or argument that a command takes, or several: what decorates its function."""


def as_text(_context: click.Context, _parameter: click.Parameter, value: Any) -> Any:
    """The value, refused if it holds bytes that are no text: no database takes them."""
    try:
        str(value).encode()
    except UnicodeEncodeError:
        raise unfit(usage.NO_TEXT) from None
    return value


def as_address(_context: click.Context, _parameter: click.Parameter, value: Any) -> tuple[str, int] | None:
    """HOST:PORT as the two; refused if it is none. The host of IPv6 stands in brackets."""
    if value is None:
        return None
    found = _ADDRESS.fullmatch(as_text(_context, _parameter, value))
    port = int(found[3]) if found else 0
    if found is None or not 0 < port <= _LAST_PORT:
        raise unfit(usage.NO_ADDRESS)
    return found[1] or found[2], port


def told(name: str, *tools: str) -> str | None:
    """What help says of an option or argument, in the language of the terminal; None where that is nothing."""
    said = meaning_of(name, *tools)
    return None if said is None else here(*said)


def option(name: str, *names: str, **attributes: Any) -> Taken:
    """An option; help says of it what stands in words by its name."""
    # rich-click's own decorator has a type that no checker can read.
    return click.option(name, *names, cls=SpokenOption, help=told(name), **attributes)


def flag(name: str, *names: str) -> Taken:
    """An option that takes nothing."""
    return option(name, *names, is_flag=True)


def argument(name: str, **attributes: Any) -> Taken:
    """An argument, likewise by its name in capitals."""
    return click.argument(name, cls=SpokenArgument, help=told(name.upper()), **attributes)


def text_option(name: str, metavar: str, **more: Any) -> Taken:
    """An option that takes a text."""
    return option(name, callback=as_text, metavar=metavar, **more)


def number_option(name: str, least: int, most: int, *, metavar: str = "N", **more: Any) -> Taken:
    """An option that takes a whole number; help tells its default."""
    bounds = WholeNumber(least, most)
    return option(name, type=bounds, metavar=metavar, show_default="default" in more, **more)


def files_option(name: str, field: str) -> Taken:
    """An option that takes a file that is there, any number of times."""
    files = click.Path(path_type=Path, dir_okay=False, exists=True)
    return option(name, field, multiple=True, type=files, metavar="FILE")


def folder_argument(**about: Any) -> Taken:
    """The argument that is a folder, of which the type is told what it is about."""
    return argument("folder", type=click.Path(path_type=Path, **about), metavar="FOLDER")


data_option = option(
    "--data", type=click.Path(file_okay=False, path_type=Path), callback=as_text, metavar="DIR"
)
lang_option = option(LANG_OPTION, "language", type=LANGUAGES)
by_option = text_option("--by", "ACTOR", default="stf_office", show_default=True)
dry_option = flag("--dry-run")
_json_option = flag(JSON_OPTION, "as_json")
_all_option = flag("--all", "every")
_key_option = text_option("--key", "KEY")


def common(command: Decorated) -> Decorated:
    """`--data` and `--json`, which nearly every command takes."""
    return data_option(_json_option(command))


def listing(command: Decorated) -> Decorated:
    """`--data`, `--json` and `--all`, which every command takes that lists things."""
    return common(_all_option(command))


def acting(command: Decorated) -> Decorated:
    """`--by`, `--key` and `--dry-run` with `--data` and `--json`: what every command that records takes, as `how`."""

    @wraps(command)
    def run(data: Path | None, by: str, key: str | None, dry_run: bool, as_json: bool, **rest: Any) -> None:
        from ledger.cli.acts.recording import Recording

        command(recording=Recording(data, by, key, dry_run, as_json), **rest)

    return by_option(_key_option(dry_option(common(run))))


port_option = partial(number_option, "--port", 1, _LAST_PORT, metavar="PORT")


def listening(port: int) -> Taken:
    """`--host` and `--port` of what listens, on this machine alone unless said."""
    host = text_option("--host", "HOST", default="127.0.0.1", show_default=True)
    at = port_option(default=port)
    return lambda command: host(at(command))


volunteer_argument = argument("volunteer", callback=as_text, metavar="VOLUNTEER")
