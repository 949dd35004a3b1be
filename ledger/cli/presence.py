"""Presence: coming to a shift or a venue, leaving, and what somebody forgot."""

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act, act
from ledger.cli.failures import BadValue
from ledger.cli.lookup import checked, settings, volunteer_meant
from ledger.cli.meaning import sign_up_meant, venue_meant
from ledger.cli.moments import days_from, local
from ledger.cli.naming import names_of
from ledger.cli.output import Column, printable
from ledger.domain.commands import Command
from ledger.domain.events import Mode
from ledger.domain.minutes import spoken
from ledger.domain.presence import AbandonVisit, CheckIn, CheckOut, ClockIn
from ledger.domain.venues import ClockInCode
from projections.visits import OVER, VisitRow

_COLUMNS = (
    Column("Came"),
    Column("Left"),
    Column("Time", right=True),
    Column("Where"),
    Column("State"),
    Column("Visit"),
)


def check_in(how: Act, who: str, shift: str | None) -> None:
    """Come to a shift."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return CheckIn(visit=how.new_id("vis"), sign_up=sign_up_meant(ledger, connection, who, shift).id)

    act(how, make)


def clock_in(how: Act, volunteer: str, venue: str, code: str, *, online: bool) -> None:
    """Come to a venue, by its code."""
    checked(code, ClockInCode, "--code", "a code: 6 to 64 letters, digits and hyphens")

    def make(ledger: Ledger, connection: Connection) -> Command:
        return ClockIn(
            visit=how.new_id("vis"),
            venue=venue_meant(ledger, connection, venue).id,
            volunteer=volunteer_meant(ledger, connection, volunteer),
            code=code,
            mode=Mode.ONLINE if online else Mode.ON_SITE,
        )

    act(how, make)


def check_out(how: Act, volunteer: str) -> None:
    """Leave wherever a volunteer is."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return CheckOut(visit=_visit(ledger, connection, volunteer).id, record=how.new_id("rec"))

    act(how, make)


def abandon_visit(how: Act, volunteer: str, reason: str) -> None:
    """Close the visit out of which a volunteer did not check."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return AbandonVisit(visit=_visit(ledger, connection, volunteer).id, reason=reason)

    act(how, make)


def list_visits(data: Path | None, volunteer: str, first: date | None, days: int, *, as_json: bool) -> None:
    """Print where a volunteer was on some days."""
    with open_for_reading(settings(data)) as ledger:
        views, zone = ledger.views, ZoneInfo(ledger.opened().zone)
        since, until = days_from(first or ledger.today() - timedelta(days=days - 1), days, zone)
        with ledger.reading(views.visits, views.balances, views.venues, views.shifts) as (
            connection,
            position,
        ):
            whose = volunteer_meant(ledger, connection, volunteer)
            rows = views.visits.of(connection, whose, since, until)
            names = {row.id: _where(ledger, connection, row) for row in rows}
    if as_json:
        items = [{**row._asdict(), "where": names[row.id]} for row in rows]
        output.document({"volunteer": whose, "position": position, "items": items})
        return
    cells = [_cells(row, names[row.id], zone) for row in rows]
    output.table("", _COLUMNS, cells, empty="Nowhere in these days.")


def _visit(ledger: Ledger, connection: Connection, volunteer: str) -> VisitRow:
    """Where a volunteer is, else where they last were: then the bank says that it is over, or was told before."""
    found = ledger.views.visits.latest(connection, volunteer_meant(ledger, connection, volunteer))
    if found is None:
        raise BadValue(
            f"{printable(volunteer)} has never checked in anywhere", code="unknown-visit", where="VOLUNTEER"
        )
    return found


def _where(ledger: Ledger, connection: Connection, row: VisitRow) -> str:
    """The public name of the venue, or of the shift's activity."""
    place = row.venue or ""
    if row.shift is not None:
        shift = ledger.views.shifts.get(connection, row.shift)
        place = row.shift if shift is None else shift.activity
    return names_of(ledger, connection, [place]).get(place, place)


def _cells(row: VisitRow, where: str, zone: ZoneInfo) -> tuple[str, ...]:
    left = "" if row.ended is None else local(row.ended, zone)
    time = spoken(row.minutes) if row.state == OVER else ""
    return (local(row.begun, zone), left, time, where, row.state.replace("-", " "), row.id)
