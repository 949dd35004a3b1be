"""Names for ids: what people know a volunteer, a community, a team, a venue, an activity or a shift by."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.operations.instants import local


def names_of(ledger: Ledger, connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The names for ids, as far as the directory and the views know them."""
    views, some = ledger.views, sorted(set(ids))
    found = ledger.directory.numbers([one for one in some if one.startswith("vol_")])
    # Views of what is not there to be named are left alone.
    for kind, prefix in (
        ("communities", "com_"),
        ("venues", "ven_"),
        ("activities", "act_"),
        ("offers", "off_"),
    ):
        rows = {one: getattr(views, kind).get(connection, one) for one in some if one.startswith(prefix)}
        found |= {one: row.name for one, row in rows.items() if row is not None}
    found |= _shifts(ledger, connection, [one for one in some if one.startswith("shi_")])
    bodies = [one for one in some if one.startswith("org_")]
    if bodies:
        view = views.organisations
        attached = view.rows(connection, view.stays.c.organisation.in_(bodies))
        found |= {row.organisation: row.name for row in attached}
    teams = {one for one in some if one.startswith("tea_")}
    if teams:
        found |= {team.id: team.name for team in views.teams.all(connection) if team.id in teams}
    return found


def known_by(ledger: Ledger, connection: Connection, identifier: str) -> list[str]:
    """What people know one of several things by, such as a sign-up by its shift; ids among it have names too."""
    views = ledger.views
    if (sign_up := views.sign_ups.get(connection, identifier)) is not None:
        return [sign_up.shift]
    if (redemption := views.redemptions.get(connection, identifier)) is not None:
        return [redemption.volunteer, f"{redemption.offer_name} ({identifier})"]
    if (record := views.records.get(connection, identifier)) is not None:
        return [record.volunteer, record.activity_name, f"{record.day} ({identifier})"]
    if (venue := views.venues.get(connection, identifier)) is not None:
        return [venue.name, venue.community]
    return [identifier]


def _shifts(ledger: Ledger, connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Shifts by activity and beginning, as they may be typed too."""
    views, found = ledger.views, dict[str, str]()
    zone = ZoneInfo(ledger.opened().zone) if ids else None
    for row in filter(None, (views.shifts.get(connection, one) for one in ids)):
        activity = views.activities.get(connection, row.activity)
        if activity is not None and zone is not None:
            found[row.id] = f"{activity.name}@{local(row.begins, zone)}"
    return found
