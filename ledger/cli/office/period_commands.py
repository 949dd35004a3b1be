"""What the commands about months that are closed are called and take."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.terminal.options import acting, argument, common, listing, option
from ledger.cli.terminal.program import InOrder
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
def close(recording: Any, **said: Any) -> None:
    """Close a month: what is recorded for it from now on is a correction."""
    from ledger.cli.acts.doing import do

    do(recording, "closePeriod", said)


@period.command("list")
@listing
def list_closings(data: Path | None, as_json: bool, every: bool) -> None:
    """The months that are closed."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.periods import draw_closings

    ask(data, "listClosings", {}, draw_closings, as_json=as_json, every=every)


@period.command()
@_month
@option("--corrected", is_flag=True, help="As it is known now, with all corrections.")
@common
def report(data: Path | None, as_json: bool, **said: Any) -> None:
    """What was served in a month, as it was closed: with --json the same bytes each time."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.periods import draw_report

    ask(data, "getMonthReport", said, draw_report, as_json=as_json)


@period.command()
@_month
@listing
def corrections(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """What was recorded for a month after it was closed."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.periods import draw_corrections

    ask(data, "listCorrections", said, draw_corrections(said["month"]), as_json=as_json, every=every)
