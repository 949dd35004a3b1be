"""What the commands about months that are closed are called and take."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.options import acting, argument, common, option
from ledger.cli.program import InOrder
from projections.figures.periods import UnknownPeriod, read_month


def _as_month(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    try:
        return read_month(value)
    except UnknownPeriod as unknown:
        raise click.BadParameter(f"{unknown}, not {value!r}") from None


_month = argument("month", callback=_as_month, metavar="MONTH", help="A month that is over: 2026-09.")


@click.group(cls=InOrder)
def period() -> None:
    """Months that are closed: what was reported of each stays, and what comes later is told apart."""


@period.command()
@_month
@acting
def close(month: str, how: Any) -> None:
    """Close a month: what is recorded for it from now on is a correction."""
    from ledger.cli.periods import close_period

    close_period(how, month)


@period.command("list")
@common
def list_closings(data: Path | None, as_json: bool) -> None:
    """The months that are closed."""
    from ledger.cli.periods import list_closings as run

    run(data, as_json=as_json)


@period.command()
@_month
@option("--corrected", is_flag=True, help="As it is known now, with all corrections.")
@common
def report(month: str, data: Path | None, as_json: bool, corrected: bool) -> None:
    """What was served in a month, as it was closed: with --json the same bytes each time."""
    from ledger.cli.periods import show_month

    show_month(data, month, corrected=corrected, as_json=as_json)


@period.command()
@_month
@common
def corrections(month: str, data: Path | None, as_json: bool) -> None:
    """What was recorded for a month after it was closed."""
    from ledger.cli.periods import list_corrections

    list_corrections(data, month, as_json=as_json)
