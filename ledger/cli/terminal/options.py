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
from projections.figures.periods import ALL, Period, UnknownPeriod, read_period

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


by_option = partial(
    option, "--by", default="stf_office", show_default=True, callback=as_text, metavar="ACTOR"
)
_key_option = option(
    "--key",
    callback=as_text,
    metavar="KEY",
    help="Your own word for this request: said again, it is recorded once.",
)
_dry_option = option("--dry-run", is_flag=True, help="Say what would be recorded, and record nothing.")


def acting(command: Decorated) -> Decorated:
    """`--by`, `--key` and `--dry-run` with `--data` and `--json`: what every command that records takes, as `how`."""

    @wraps(command)
    def run(data: Path | None, by: str, key: str | None, dry_run: bool, as_json: bool, **rest: Any) -> None:
        from ledger.cli.acts.recording import Recording

        command(recording=Recording(data, by, key, dry_run, as_json), **rest)

    return by_option(help="Who acts.")(_key_option(_dry_option(common(run))))  # type: ignore[return-value]


def port_option(help_text: str = "The port.", **more: Any) -> Callable[[Decorated], Decorated]:
    """`--port`, to listen at."""
    return option("--port", type=WholeNumber(1, 65_535), metavar="PORT", help=help_text, **more)


def listening(port: int) -> Callable[[Decorated], Decorated]:
    """`--host` and `--port` of what listens, on this machine alone unless said."""
    host = option(
        "--host",
        default="127.0.0.1",
        show_default=True,
        callback=as_text,
        metavar="HOST",
        help="The address to listen on.",
    )
    at = port_option(default=port, show_default=True)
    return lambda command: host(at(command))


volunteer_argument = argument(
    "volunteer", callback=as_text, help="A volunteer number, or an id (vol_…).", metavar="VOLUNTEER"
)
within_option = option(
    "--within",
    "community",
    callback=as_text,
    metavar="COMMUNITY",
    help="Only those of a community (an id or a name) and those beneath it.",
)


def _period(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Period | None:
    try:
        return None if value is None else read_period(value)
    except UnknownPeriod as unknown:
        raise click.BadParameter(f"{unknown}, not {value!r}") from None


_period_option = partial(
    option,
    "--period",
    callback=_period,
    metavar="PERIOD",
    help="By day of service: a month 2026-09, a quarter 2026-Q3, a year 2026, or all.",
)
period_option = _period_option(required=True)
some_period_option = _period_option()
any_period_option = _period_option(default=ALL, show_default=True)
