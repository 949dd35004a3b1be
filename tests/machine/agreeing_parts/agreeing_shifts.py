"""Holding shifts, rosters, calendars and visits against the model."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from projections.registry import Views
from projections.shifts import ShiftRow
from projections.sign_ups import SignUpRow
from projections.visits import VisitRow
from tests.machine.model import Model
from tests.projections.headcounts import headcount

ALWAYS = (datetime.fromisoformat("1970-01-01T00:00Z"), datetime.fromisoformat("2199-12-31T00:00Z"))
HAVE_PLACES, LIVE = ("placed", "no-show"), ("placed", "no-show", "waiting")


def assert_shifts_agree(connection: Connection, views: Views, model: Model) -> None:
    by_time = sorted(model.shifts, key=lambda shift: (model.shifts[shift]["begins"], shift))
    rows = [shift_row(model, shift) for shift in by_time]
    for activity in model.activities:
        assert views.shifts.of_activity(connection, activity) == [
            row for row in rows if row.activity == activity
        ]
    for span in (ALWAYS, (model.now - timedelta(hours=3), model.now + timedelta(days=2))):
        begin_then = [row for row in rows if text(span[0]) <= row.begins < text(span[1])]
        assert views.shifts.between(connection, *span) == [row for row in begin_then if not row.cancelled]
    for row in rows:
        assert views.shifts.get(connection, row.id) == row
        assert views.shifts.places(connection, row.id) == model.shifts[row.id]["places"]
        assert_rosters_agree(connection, views, model, row.id)
    assert views.shifts.get(connection, "shi_none") is None
    for volunteer in model.volunteers:
        assert_calendars_agree(connection, views, model, volunteer)


def assert_rosters_agree(connection: Connection, views: Views, model: Model, shift: str) -> None:
    for sign_up in model.on(shift):
        assert views.sign_ups.get(connection, sign_up) == sign_up_row(model, sign_up)
    placed, waiting = model.on(shift, *HAVE_PLACES), model.on(shift, "waiting")
    roster = [sign_up_row(model, sign_up) for sign_up in (*placed, *waiting)]
    assert views.sign_ups.roster(connection, shift) == roster
    assert headcount(views.sign_ups, connection, shift) == (len(placed), len(waiting))
    heads, roles = views.sign_ups.by_role(connection, [shift]), {row.role for row in roster}
    assert set(heads) == {(shift, role) for role in roles}
    for role in roles:
        states = [row.state for row in roster if row.role == role]
        queue = [row.id for row in roster if row.role == role and row.state == "waiting"]
        assert heads[shift, role] == (len(states) - len(queue), len(queue))
        waits = views.sign_ups.waits(connection, [shift])
        assert sorted(queue, key=waits.__getitem__) == queue


def assert_calendars_agree(connection: Connection, views: Views, model: Model, volunteer: str) -> None:
    own = [name for name, one in model.sign_ups.items() if one["volunteer"] == volunteer]
    rows = sorted((sign_up_row(model, one) for one in own), key=lambda row: (row.begins, row.id))
    visits = sorted(
        (visit_row(model, name) for name, one in model.visits.items() if one["volunteer"] == volunteer),
        key=lambda row: (row.begun, row.id),
    )
    for since, until in (ALWAYS, (model.now - timedelta(days=1), model.now + timedelta(days=1))):
        begin_then = [row for row in rows if text(since) <= row.begins < text(until)]
        calendar = [row for row in begin_then if row.state in LIVE]
        assert views.sign_ups.calendar(connection, volunteer, since, until) == calendar
        begun_then = [row for row in visits if text(since) <= row.begun < text(until)]
        assert views.visits.of_volunteer(connection, volunteer, since, until) == begun_then
    here = [row for row in visits if row.state == "going-on"]
    assert views.visits.going_on(connection, volunteer) == (here[0] if here else None)
    assert len(here) <= 1, "nobody is in two places"


def shift_row(model: Model, shift: str) -> ShiftRow:
    one = model.shifts[shift]
    return ShiftRow(
        shift,
        one["activity"],
        one["community"],
        str(one["day"]),
        text(one["begins"]),
        text(one["ends"]),
        sum(one["places"].values()),
        one["waitlist"],
        int(one["cancelled"]),
        " ".join(one["ages"]),
        " ".join(one["skills"]),
    )


def sign_up_row(model: Model, sign_up: str) -> SignUpRow:
    one = model.sign_ups[sign_up]
    shift = model.shifts[one["shift"]]
    return SignUpRow(
        sign_up,
        one["shift"],
        shift["activity"],
        one["volunteer"],
        one["role"],
        text(shift["begins"]),
        text(shift["ends"]),
        one["state"],
        one["since"],
    )


def visit_row(model: Model, visit: str) -> VisitRow:
    one = model.visits[visit]
    return VisitRow._make(
        (
            visit,
            *(one[name] for name in ("volunteer", "sign_up", "shift", "venue")),
            text(one["begun"]),
            text(one["ended"]) if one["ended"] else None,
            one["minutes"],
            one["state"],
        )
    )


def text(instant: datetime) -> str:
    return instant.isoformat(timespec="microseconds").replace("+00:00", "Z")
