"""The commands for months that are closed."""

import rich_click as click

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import SERVICE, Column, Drawn, Facts, Table, signed
from ledger.cli.office.boards import CONTRIBUTED, NO_COMMUNITY, in_community
from ledger.cli.terminal.options import argument
from projections.figures.periods import UnknownPeriod, read_month


def _as_month(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    try:
        return read_month(value)
    except UnknownPeriod as unknown:
        raise click.BadParameter(f"{unknown}, not {value!r}") from None


_month = argument("month", callback=_as_month, metavar="MONTH", help="A month that is over: 2026-09.")
_CORRECTIONS = Table(
    ("Position", "Day", "Volunteer", "Community", Column("Service", "service_minutes", signed)),
    title=lambda drawn: f"Corrections of {drawn.ids['month']}",
    empty=lambda drawn: f"Nothing was recorded for {drawn.ids['month']} since it was closed.",
)
_MONTH = Facts(
    lambda drawn: f"{drawn.answer['month']}, as known at position {drawn.answer['known_at']:,}",
    (Column("Volunteers who served", "people"), "Visits", SERVICE),
)
_TEAMS = (Column("Team", "name"), SERVICE)


def _draw_report(drawn: Drawn) -> None:
    """Draw the report of a month."""
    from ledger.cli.terminal import output

    _MONTH(drawn)
    output.line()
    communities, teams = drawn.answer["communities"], drawn.answer["teams"]
    Table(CONTRIBUTED, NO_COMMUNITY, rows=lambda _: in_community(communities))(drawn)
    if teams:
        output.line()
        Table(_TEAMS, rows=lambda _: teams)(drawn)


period = group(
    "period",
    "Months that are closed: what was reported of each stays, and what comes later is told apart.",
    made(
        "closePeriod",
        "close MONTH",
        "Close a month: what is recorded for it from now on is a correction.",
        month=_month,
    ),
    asked(
        "listClosings",
        "list",
        "The months that are closed.",
        Table(("Month", "Position", "By"), title="Closed months", empty="No month is closed yet."),
    ),
    asked(
        "getMonthReport",
        "report MONTH [--corrected]",
        "What was served in a month, as it was closed: with --json the same bytes each time.",
        _draw_report,
        month=_month,
        corrected="As it is known now, with all corrections.",
    ),
    asked(
        "listCorrections",
        "corrections MONTH",
        "What was recorded for a month after it was closed.",
        _CORRECTIONS,
        month=_month,
    ),
)
