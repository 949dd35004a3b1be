"""The commands for months that are closed."""

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import SERVICE, Column, Drawn, Facts, Item, Table
from ledger.cli.office.boards import CONTRIBUTED, NO_COMMUNITY, in_community
from ledger.cli.words import wording


def _ledger(item: Item, drawn: Drawn) -> str:
    """The public name, which the report itself does not hold, beside the origin."""
    from ledger.opening import titled

    return titled(item["origin"], drawn.ask("getLedger", {}).answer["name"])


_CORRECTIONS = Table(
    ("position, day, volunteer, community", Column("service", "service_minutes", wording.signed)),
    title=lambda drawn: _of_month("corrections", drawn.ids["month"]),
    empty=lambda drawn: _of_month("no_corrections", drawn.ids["month"]),
)
_MONTH = Facts(
    lambda drawn: _of_month("month_report", drawn.answer["month"], position=drawn.answer["known_at"]),
    (Column("ledger", _ledger), f"served=people, visits, {SERVICE}"),
)


def _of_month(name: str, month: str, **values: int) -> str:
    return wording.printed(name, month=wording.period(month), **values)


def _draw_report(drawn: Drawn) -> None:
    """Draw the report of a month."""
    from ledger.cli.terminal import output

    _MONTH(drawn)
    output.line()
    communities, teams = drawn.answer["communities"], drawn.answer["teams"]
    Table(CONTRIBUTED, NO_COMMUNITY, rows=lambda _: in_community(communities))(drawn)
    if teams:
        output.line()
        Table(f"team=name, {SERVICE}", rows=lambda _: teams)(drawn)


period = group(
    "period",
    made("closePeriod", "close MONTH"),
    asked(
        "listClosings",
        "list",
        Table("month, position, by", title="closed_months", empty="no_closings"),
    ),
    asked("getMonthReport", "report MONTH [--corrected]", _draw_report),
    asked("listCorrections", "corrections MONTH", _CORRECTIONS),
)
