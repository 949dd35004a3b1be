"""Closing months, their reports, and what came later."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from ledger.audit.month_reports import MonthReport, NotClosed, Reports
from ledger.bootstrap import open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act, act
from ledger.cli.failures import BadValue
from ledger.cli.lookup import settings
from ledger.cli.naming import called, names_in
from ledger.cli.output import Column, signed
from ledger.domain.minutes import spoken
from ledger.domain.periods import ClosePeriod


def close_period(how: Act, month: str) -> None:
    """Close a month."""
    act(how, lambda _ledger, _connection: ClosePeriod(month=month))


def list_closings(data: Path | None, *, as_json: bool) -> None:
    """Print the months that are closed."""
    with open_for_reading(settings(data)) as ledger:
        view = ledger.views.closings
        with ledger.reading(view) as (connection, position):
            rows = view.all(connection)
        names = {} if as_json else names_in(ledger, [row.by for row in rows])
    if as_json:
        output.document({"position": position, "items": [row._asdict() for row in rows]})
        return
    output.table(
        "Closed months",
        (Column("Month"), Column("Position", right=True), Column("By")),
        [(row.month, f"{row.position:,}", called(names, row.by)) for row in rows],
        empty="No month is closed yet.",
    )


def show_month(data: Path | None, month: str, *, corrected: bool, as_json: bool) -> None:
    """Print the report of a month."""
    with _reports(data) as reports:
        found = reports.as_known_now(month) if corrected else reports.as_closed(month)
    if as_json:
        output.exact(found.text().removesuffix("\n"))
    else:
        _print_report(found)


def list_corrections(data: Path | None, month: str, *, as_json: bool) -> None:
    """Print what was recorded for a month after it was closed."""
    with open_for_reading(settings(data)) as ledger:
        views = ledger.views
        with ledger.reading(views.closings, views.statement) as (connection, position), _not_closed_told():
            rows = Reports(connection, views, ledger.opened().origin).corrections(month)
        names = {} if as_json else names_in(ledger, [(row.volunteer, row.community) for row in rows])
    if as_json:
        output.document({"month": month, "position": position, "items": [row._asdict() for row in rows]})
        return
    output.table(
        f"Corrections of {month}",
        (
            *(Column("Position", right=True), Column("Day"), Column("Volunteer"), Column("Community")),
            Column("Service", right=True),
        ),
        [
            (
                f"{row.position:,}",
                row.day,
                called(names, row.volunteer),
                called(names, row.community),
                signed(row.service_minutes),
            )
            for row in rows
        ],
        empty=f"Nothing was recorded for {month} since it was closed.",
    )


@contextmanager
def _reports(data: Path | None) -> Generator[Reports]:
    with open_for_reading(settings(data)) as ledger:
        views = ledger.views
        with (
            ledger.reading(views.closings, views.statement, views.communities, views.teams) as (
                connection,
                _,
            ),
            _not_closed_told(),
        ):
            yield Reports(connection, views, ledger.opened().origin)


@contextmanager
def _not_closed_told() -> Generator[None]:
    try:
        yield
    except NotClosed as error:
        raise BadValue(str(error), code="not-closed", where="MONTH") from None


def _print_report(found: MonthReport) -> None:
    output.facts(
        f"{found.month}, as known at position {found.known_at:,}",
        (
            ("Volunteers who served", f"{found.people:,}"),
            ("Visits", f"{found.visits:,}"),
            ("Service", spoken(found.service_minutes)),
        ),
    )
    names = {one.id: one.name for one in found.communities}
    output.line()
    output.table(
        "",
        (
            *(Column("Level"), Column("Community"), Column("In"), Column("People", right=True)),
            *(Column("Visits", right=True), Column("Service", right=True), Column("Hosted", right=True)),
        ),
        [
            (
                one.level,
                one.name,
                names.get(one.parent or "", ""),
                f"{one.people:,}",
                f"{one.visits:,}",
                spoken(one.service_minutes),
                spoken(one.hosted_minutes),
            )
            for one in found.communities
        ],
        empty="There are no communities yet.",
    )
    if found.teams:
        output.line()
        output.table(
            "",
            (Column("Team"), Column("Service", right=True)),
            [(one.name, spoken(one.service_minutes)) for one in found.teams],
            empty="",
        )
