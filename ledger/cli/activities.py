"""Activities: announcing them, saying what came of them, calling them off, and listing them."""

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act, act
from ledger.cli.lookup import community_meant, settings
from ledger.cli.meaning import activity_meant, communities_within, venue_meant
from ledger.cli.moments import stretch
from ledger.cli.naming import names_of
from ledger.cli.output import Column
from ledger.cli.several import Part, act_on_several
from ledger.cli.shifts import print_shifts, shift_items
from ledger.domain.activities import CancelActivity, PublishActivity, ReportActivity, ReviseActivity
from ledger.domain.commands import Command
from ledger.domain.events import Activity, Turnout
from ledger.domain.ids import new_id
from ledger.domain.shifts import CancelShift
from projections.activities import ActivityRow
from projections.figures.periods import Period

_COLUMNS = (
    Column("Day"),
    Column("Activity"),
    Column("Id", under=True),
    Column("Community"),
    Column("State"),
    Column("Participants", right=True),
    Column("Materials", right=True),
    Column("Online", right=True),
)
_DESCRIBED = ("form", "audience", "programme", "campaign", "place", "content", "unit")


def publish_activity(how: Act, name: str, *, day: date, **given: Any) -> None:
    """Announce an activity, at a venue or elsewhere."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        venue = None if given["venue"] is None else venue_meant(ledger, connection, given["venue"], "--venue")
        given_place = given["place"] or (venue.name if venue else None)
        assert given_place is not None
        activity = Activity(
            id=how.new_id("act"),
            name=name,
            programme=given["programme"],
            campaign=given["campaign"],
            form=given["form"] or "on-site",
            audience=given["audience"],
            community=_community(ledger, connection, given) or (venue.community if venue else ""),
            venue=venue.id if venue else None,
            place=given_place,
            content=given["content"] or name,
            unit=given["unit"],
            in_charge=_person(how, ledger, given["in_charge"], given["unit"]),
        )
        return PublishActivity(activity=activity, day=day)

    act(how, make)


def revise_activity(how: Act, text: str, *, day: date | None, **given: Any) -> None:
    """Describe an activity anew, in what is given."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        row = activity_meant(ledger, connection, text)
        changed = {name: value for name, value in given.items() if value is not None}
        if given["venue"] is not None:
            changed["venue"] = venue_meant(ledger, connection, given["venue"], "--venue").id
        if given["community"] is not None:
            changed["community"] = _community(ledger, connection, given)
        if given["in_charge"] is not None:
            changed["in_charge"] = _person(how, ledger, given["in_charge"], given["unit"] or row.unit)
        known = {name: getattr(row, name) for name in Activity.__struct_fields__}
        activity = Activity(**{**known, **changed})
        return ReviseActivity(activity=activity, day=day or date.fromisoformat(row.day))

    act(how, make)


def report_activity(how: Act, text: str, *, day: date | None, **figures: int) -> None:
    """Say what came of an activity."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        row = activity_meant(ledger, connection, text)
        turnout = Turnout(
            day=day or date.fromisoformat(row.day),
            participants=figures["participants"],
            materials=figures["materials"],
            online_reach=figures["online"],
        )
        return ReportActivity(activity=row.id, turnout=turnout)

    act(how, make)


def cancel_activity(how: Act, text: str, reason: str) -> None:
    """Call an activity off that has no shifts."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return CancelActivity(activity=activity_meant(ledger, connection, text).id, reason=reason)

    act(how, make)


def cancel_with_shifts(how: Act, text: str, reason: str) -> None:
    """Call an activity off, and its shifts before it."""

    def make(ledger: Ledger, connection: Connection) -> list[Part]:
        row, zone = activity_meant(ledger, connection, text), ZoneInfo(ledger.opened().zone)
        shifts = [
            Part(one.id, stretch(one.begins, one.ends, zone), CancelShift(shift=one.id, reason=reason))
            for one in ledger.views.shifts.of(connection, row.id)
            if not one.cancelled
        ]
        return [*shifts, Part(row.id, row.name, CancelActivity(activity=row.id, reason=reason))]

    act_on_several(how, make, whole=True)


def list_activities(
    data: Path | None, period: Period, *, within: str | None, state: str | None, as_json: bool
) -> None:
    """Print the activities of a period."""
    with open_for_reading(settings(data)) as ledger:
        needed = ledger.views.activities, ledger.views.communities
        with ledger.reading(*needed) as (connection, position):
            some = communities_within(ledger, connection, within)
            rows = ledger.views.activities.of(connection, period, state=state)
            rows = [row for row in rows if some is None or row.community in some]
            names = names_of(ledger, connection, [row.community for row in rows])
    if as_json:
        items = [row._asdict() for row in rows]
        output.document({"period": period.name, "position": position, "items": items})
        return
    output.table("", _COLUMNS, [_cells(row, names) for row in rows], empty="There are no such activities.")


def show_activity(data: Path | None, text: str, *, as_json: bool) -> None:
    """Print one activity with its shifts."""
    with open_for_reading(settings(data)) as ledger:
        views, zone = ledger.views, ZoneInfo(ledger.opened().zone)
        needed = views.activities, views.communities, views.venues, views.shifts, views.sign_ups
        with ledger.reading(*needed) as (connection, position):
            row = activity_meant(ledger, connection, text)
            names = names_of(ledger, connection, [row.community, row.venue or ""])
            shifts = shift_items(ledger, connection, views.shifts.of(connection, row.id))
    if as_json:
        output.document({"position": position, **row._asdict(), "shifts": shifts})
        return
    pairs = [("Id", row.id), ("Day", row.day), ("State", row.state)]
    pairs += [("Community", names[row.community]), ("Venue", names.get(row.venue or "", ""))]
    pairs += [(name.capitalize(), getattr(row, name) or "") for name in _DESCRIBED]
    if row.state == "held":
        pairs += [("Participants", f"{row.participants:,}"), ("Materials", f"{row.materials:,}")]
        pairs += [("Online", f"{row.online_reach:,}")]
    output.facts(row.name, [(name, value) for name, value in pairs if value])
    print_shifts(shifts, zone, empty="It has no shifts.")


def _community(ledger: Ledger, connection: Connection, given: dict[str, Any]) -> str | None:
    text = given["community"]
    return None if text is None else community_meant(ledger, connection, text, "--community").id


def _person(how: Act, ledger: Ledger, name: str | None, unit: str) -> str | None:
    """The id of who is in charge; in a dry run somebody new gets one that is never written."""
    if name is None:
        return None
    known = ledger.directory.persons([(unit, name)], add=not how.dry_run)
    return known.get((unit, name)) or new_id("per")


def _cells(row: ActivityRow, names: dict[str, str]) -> tuple[str, ...]:
    figures = (row.participants, row.materials, row.online_reach)
    return (
        row.day,
        row.name,
        row.id,
        names.get(row.community, row.community),
        row.state,
        *(f"{figure:,}" if row.state == "held" else "" for figure in figures),
    )
