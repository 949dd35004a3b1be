"""The options and arguments that several commands share."""

import re
from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from rich_click import RichArgument, RichOption

from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.program import JSON_OPTION

_ADDRESS = re.compile(r"(?:\[([0-9A-Fa-f:.%\w]+)\]|([^\s:\[\]]+)):([0-9]{1,5})", re.ASCII)
_LAST_PORT = 65_535

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def as_text(_context: click.Context, _parameter: click.Parameter, value: Any) -> Any:
    """The value, refused if it holds bytes that are no text: no database takes them."""
    try:
        str(value).encode()
    except UnicodeEncodeError:
        raise click.BadParameter("this is not text in the terminal's encoding") from None
    return value


def as_address(_context: click.Context, _parameter: click.Parameter, value: Any) -> tuple[str, int] | None:
    """HOST:PORT as the two; refused if it is none. The host of IPv6 stands in brackets."""
    if value is None:
        return None
    found = _ADDRESS.fullmatch(as_text(_context, _parameter, value))
    port = int(found[3]) if found else 0
    if found is None or not 0 < port <= _LAST_PORT:
        raise click.BadParameter("an address is HOST:PORT, such as 127.0.0.1:9100 or [::1]:9100")
    return found[1] or found[2], port


def option(*declarations: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """An option; rich-click's own decorator has a type that no checker can read."""
    return click.option(*declarations, cls=RichOption, **attributes)


def argument(*declarations: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """An argument, likewise."""
    return click.argument(*declarations, cls=RichArgument, **attributes)


def text_option(name: str, metavar: str, help_text: str, **more: Any) -> Callable[[Decorated], Decorated]:
    """An option that takes a text."""
    return option(name, callback=as_text, metavar=metavar, help=help_text, **more)


def number_option(
    name: str, least: int, most: int, help_text: str | None = None, *, metavar: str = "N", **more: Any
) -> Callable[[Decorated], Decorated]:
    """An option that takes a whole number; help tells its default."""
    bounds = WholeNumber(least, most)
    return option(name, type=bounds, metavar=metavar, help=help_text, show_default="default" in more, **more)


def files_option(name: str, field: str, help_text: str) -> Callable[[Decorated], Decorated]:
    """An option that takes a file that is there, any number of times."""
    files = click.Path(path_type=Path, dir_okay=False, exists=True)
    return option(name, field, multiple=True, type=files, metavar="FILE", help=help_text)


data_option = option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    callback=as_text,
    metavar="DIR",
    help="The folder of an embedded ledger. Wins over TIMEBANK_DATABASE_URL; without either it is timebank-data.",
)
_json_option = option(JSON_OPTION, "as_json", is_flag=True, help="Print one JSON document instead of text.")
_all_option = option(
    "--all", "every", is_flag=True, help="With --json: every row, each a document on a line of its own."
)


def common(command: Decorated) -> Decorated:
    """`--data` and `--json`, which nearly every command takes."""
    return data_option(_json_option(command))


def listing(command: Decorated) -> Decorated:
    """`--data`, `--json` and `--all`, which every command takes that lists things."""
    return common(_all_option(command))


by_option = partial(text_option, "--by", "ACTOR", default="stf_office", show_default=True)
_key_option = text_option("--key", "KEY", "Your own word for this request: said again, it is recorded once.")
_dry_option = option("--dry-run", is_flag=True, help="Say what would be recorded, and record nothing.")


def acting(command: Decorated) -> Decorated:
    """`--by`, `--key` and `--dry-run` with `--data` and `--json`: what every command that records takes, as `how`."""

    @wraps(command)
    def run(data: Path | None, by: str, key: str | None, dry_run: bool, as_json: bool, **rest: Any) -> None:
        from ledger.cli.acts.recording import Recording

        command(recording=Recording(data, by, key, dry_run, as_json), **rest)

    return by_option("Who acts.")(_key_option(_dry_option(common(run))))  # type: ignore[return-value]


port_option = partial(number_option, "--port", 1, _LAST_PORT, metavar="PORT")


def listening(port: int) -> Callable[[Decorated], Decorated]:
    """`--host` and `--port` of what listens, on this machine alone unless said."""
    host = text_option("--host", "HOST", "The address to listen on.", default="127.0.0.1", show_default=True)
    at = port_option("The port.", default=port)
    return lambda command: host(at(command))


volunteer_argument = argument(
    "volunteer", callback=as_text, help="A volunteer number, or an id (vol_…).", metavar="VOLUNTEER"
)
