"""The commands for months that are closed."""

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import SERVICE, Column, Drawn, Facts, Table, signed
from ledger.cli.office.boards import CONTRIBUTED, NO_COMMUNITY, in_community

_CORRECTIONS = Table(
    ("Position", "Day", "Volunteer", "Community", Column("Service", "service_minutes", signed)),
    title=lambda drawn: f"Corrections of {drawn.ids['month']}",
    empty=lambda drawn: f"Nothing was recorded for {drawn.ids['month']} since it was closed.",
)
_MONTH = Facts(
    lambda drawn: f"{drawn.answer['month']}, as known at position {drawn.answer['known_at']:,}",
    ("Volunteers who served=people", "Visits", SERVICE),
)
_TEAMS = ("Team=name", SERVICE)


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
    made("closePeriod", "close MONTH"),
    asked(
        "listClosings",
        "list",
        Table(("Month", "Position", "By"), title="Closed months", empty="No month is closed yet."),
    ),
    asked("getMonthReport", "report MONTH [--corrected]", _draw_report),
    asked("listCorrections", "corrections MONTH", _CORRECTIONS),
)
