"""Holding venues and activities against the model."""

import unicodedata

from sqlalchemy import Connection

from projections.activities import ActivityRow
from projections.figures.periods import read_period
from projections.registry import Views
from projections.venues import VenueRow
from tests.machine.figures import lies_in
from tests.machine.model import Model


def plain(name: str) -> str:
    """A name however it is spelt: in letters of another width or size, with white space or without."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def assert_places_agree(connection: Connection, views: Views, model: Model) -> None:
    venues = sorted((venue_row(model, one) for one in model.venues), key=lambda row: (row.name, row.id))
    assert views.venues.all(connection) == venues
    assert views.venues.all(connection, kind="park") == [row for row in venues if row.kind == "park"]
    for venue in [*venues, None]:
        name = venue.name if venue else "Nowhere"
        every = [row for row in venues if plain(row.name) == plain(name)]
        called = [row for row in every if row.closed is None] or every
        assert views.venues.called(connection, name) == called
        assert views.venues.get(connection, venue.id if venue else "ven_none") == venue
    assert_activities_agree(connection, views, model)


def assert_activities_agree(connection: Connection, views: Views, model: Model) -> None:
    rows = [activity_row(model, one) for one in model.activities]
    activities = sorted(rows, key=lambda row: (row.day, row.name, row.id))
    assert views.activities.listed(connection, read_period("all")) == activities
    for activity in activities:
        assert views.activities.get(connection, activity.id) == activity
    for day in {one["day"] for one in model.activities.values()}:
        for period in (f"{day:%Y-%m}", f"{day:%Y}-Q{(day.month + 2) // 3}"):
            of_it = [row for row in activities if lies_in(model.activities[row.id]["day"], period)]
            assert views.activities.listed(connection, read_period(period)) == of_it
    for community in model.communities:
        for state in ("planned", "held", "cancelled"):
            shown = views.activities.listed(connection, read_period("all"), community=community, state=state)
            assert shown == [row for row in activities if (row.community, row.state) == (community, state)]


def venue_row(model: Model, venue: str) -> VenueRow:
    one = model.venues[venue]
    said, where = one["said"], one["said"]["coordinates"] or {}
    return VenueRow._make(
        (
            *(said[name] for name in ("id", "name", "kind", "community", "unit", "content")),
            *(where.get(name) for name in ("latitude", "longitude", "crs")),
            one["theme"],
            str(one["renewed"]),
            str(one["closed"]) if one["closed"] else None,
        )
    )


def activity_row(model: Model, activity: str) -> ActivityRow:
    one = model.activities[activity]
    turnout = one["turnout"] or {}
    whole = (
        "id",
        "name",
        "programme",
        "campaign",
        "form",
        "audience",
        "community",
        "venue",
        "place",
        "content",
    )
    told = (*whole, "unit", "in_charge")
    return ActivityRow._make(
        (
            *(one["said"][name] for name in told),
            str(one["day"]),
            one["state"],
            *(turnout.get(name, 0) for name in ("participants", "materials", "online_reach")),
        )
    )
