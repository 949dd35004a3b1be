"""Shifts: publishing and cancelling them, and who is on them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act, act
from ledger.cli.lookup import settings
from ledger.cli.meaning import activity_meant, shift_meant
from ledger.cli.moments import days_from, read_instant, stretch
from ledger.cli.naming import names_of
from ledger.cli.output import Column
from ledger.domain.commands import Command
from ledger.domain.events import AgeBand, RolePlaces
from ledger.domain.instants import day_of
from ledger.domain.shifts import CancelShift, PublishShift
from ledger.domain.waitlist import FillPlaces
from projections.shifts import ShiftRow

_SHIFT_COLUMNS = (
    Column("When"),
    Column("Shift", under=True),
    Column("Activity"),
    Column("Places", right=True),
    Column("Taken", right=True),
    Column("Waiting", right=True),
    Column("Roles"),
)
_ROSTER_COLUMNS = (Column("Volunteer"), Column("Sign-up", under=True), Column("Role"), Column("State"))


def publish_shift(how: Act, text: str, *, begins: str, ends: str, **wanted: Any) -> None:
    """Let volunteers sign up, from one time on the clock to another."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        zone = ZoneInfo(ledger.opened().zone)
        first = read_instant(begins, zone, "--begins")
        return PublishShift(
            shift=how.new_id("shi"),
            activity=activity_meant(ledger, connection, text).id,
            begins=first,
            ends=read_instant(ends, zone, "--ends", day=day_of(first, zone)),
            roles=tuple(RolePlaces(role=role, places=some) for role, some in wanted["places"]),
            waitlist=wanted["waitlist"],
            ages=tuple(AgeBand(one) for one in wanted["ages"]),
            skills=tuple(wanted["skill"]),
        )

    act(how, make)


def cancel_shift(how: Act, text: str, reason: str) -> None:
    """Call a shift off."""
    act(
        how,
        lambda ledger, connection: CancelShift(shift=shift_meant(ledger, connection, text).id, reason=reason),
    )


def fill_shift(how: Act, text: str) -> None:
    """Give free places to those who wait."""
    act(how, lambda ledger, connection: FillPlaces(shift=shift_meant(ledger, connection, text).id))


def list_shifts(data: Path | None, first: date | None, days: int, *, as_json: bool) -> None:
    """Print the shifts that begin on some days."""
    with open_for_reading(settings(data)) as ledger:
        views, zone = ledger.views, ZoneInfo(ledger.opened().zone)
        since, until = days_from(first or ledger.today(), days, zone)
        with ledger.reading(views.shifts, views.sign_ups, views.activities) as (connection, position):
            items = shift_items(ledger, connection, views.shifts.between(connection, since, until))
    if as_json:
        output.document({"position": position, "items": items})
        return
    print_shifts(items, zone, empty="No shift begins in these days.")


def show_roster(data: Path | None, text: str, *, as_json: bool) -> None:
    """Print who is on a shift."""
    with open_for_reading(settings(data)) as ledger:
        views, zone = ledger.views, ZoneInfo(ledger.opened().zone)
        with ledger.reading(views.shifts, views.sign_ups, views.activities) as (connection, position):
            row = shift_meant(ledger, connection, text)
            [shift] = shift_items(ledger, connection, [row])
            rows = views.sign_ups.roster(connection, row.id)
        numbers = ledger.directory.numbers([one.volunteer for one in rows])
    items: list[dict[str, Any]] = [{**one._asdict(), "number": numbers.get(one.volunteer)} for one in rows]
    if as_json:
        output.document({"position": position, "shift": shift, "items": items})
        return
    output.table(
        f"{shift['activity_name']}, {stretch(row.begins, row.ends, zone)}",
        _ROSTER_COLUMNS,
        [(one["number"] or one["volunteer"], one["id"], one["role"], one["state"]) for one in items],
        empty="Nobody has signed up." if not row.cancelled else "It was cancelled.",
    )


def shift_items(ledger: Ledger, connection: Connection, rows: Sequence[ShiftRow]) -> list[dict[str, Any]]:
    """What programs read of shifts: each with its roles, and how full it is."""
    views = ledger.views
    names = names_of(ledger, connection, [row.activity for row in rows])
    return [
        {
            **row._asdict(),
            "cancelled": bool(row.cancelled),
            "ages": row.ages.split(),
            "skills": row.skills.split(),
            "activity_name": names.get(row.activity),
            "roles": views.shifts.places(connection, row.id),
            **views.sign_ups.headcount(connection, row.id)._asdict(),
        }
        for row in rows
    ]


def print_shifts(items: Sequence[dict[str, Any]], zone: ZoneInfo, *, empty: str) -> None:
    """Print shifts, one a line."""
    output.table("", _SHIFT_COLUMNS, [_cells(item, zone) for item in items], empty=empty)


def _cells(item: dict[str, Any], zone: ZoneInfo) -> tuple[str, ...]:
    if item["cancelled"]:
        figures = ("", "", "", "cancelled")
    else:
        roles = ", ".join(f"{role}={places}" for role, places in item["roles"].items())
        figures = (f"{item['places']:,}", f"{item['placed']:,}", f"{item['waiting']:,}", roles)
    return (stretch(item["begins"], item["ends"], zone), item["id"], item["activity_name"] or "", *figures)
