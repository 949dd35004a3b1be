"""When volunteers are wanted, how full it is, and who signed up."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, field

from ledger.api.access import ANYBODY, About, Access
from ledger.api.callers import OVERSIGHT, STAFF, Role
from ledger.api.communities import beneath
from ledger.api.paging import Page, PageQuery, page, window
from ledger.api.problems import Problem
from ledger.api.reading import Moment, Read
from ledger.api.shapes import shaped, shown
from ledger.api.writing import Write
from ledger.domain.shifts import CancelShift, PublishShift
from ledger.domain.signups import PlaceVolunteer, SignUp
from ledger.domain.waitlist import FillPlaces
from projections.shifts import ShiftRow

OF_THE_SHIFT = Access(roles=STAFF, about=(About("shift", "shift"),))
ROSTER = Access(roles=OVERSIGHT, about=(About("shift", "shift"),))
IN_OWN = Access(roles=STAFF, about=(About("activity", "activity"),))
BY_THE_VOLUNTEER = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("volunteer", "volunteer"),))
"""A shift is open to volunteers from anywhere."""
PLACED = Access(roles=STAFF, about=(About("shift", "shift"), About("volunteer", "volunteer")))
EXAMPLE, FULL, ACTIVITY = "shi_coming", "shi_full", "act_choir"
_LAST_DAY = date.max - timedelta(days=40)

Shift = shaped(
    "Shift",
    ShiftRow,
    """A shift: `begins` and `ends` are instants (UTC, RFC 3339), `day` the local day (ISO) on which it begins.

    `roles` says how many it wants of each, `places` of all together; `placed` have one, and `waiting` wait for one.
    """,
    cancelled=bool,
    roles=dict[str, int],
    placed=int,
    waiting=int,
)


class ShiftQuery(PageQuery, frozen=True, kw_only=True):
    """The shifts that begin on some local `days`, the first of which is today unless said.

    With `community` those that it and the communities beneath it host.
    """

    since: date | None = field(default=None, name="from")
    days: Annotated[int, Meta(ge=1, le=31)] = 7
    community: str | None = None


class RosterLine(Struct, frozen=True, kw_only=True):
    """Somebody who has a place (`placed`), did not come (`no-show`) or is `waiting`."""

    sign_up: str
    volunteer: str
    number: str | None
    role: str
    state: str


def _shifts(moment: Moment) -> Page[Struct]:
    query: ShiftQuery = moment.query
    ledger = moment.ledger
    # Where the calendar ends there are no shifts, but there would be no later day either.
    first = min(query.since or ledger.today(), _LAST_DAY)
    zone = ZoneInfo(ledger.opened().zone)
    since, until = (
        datetime.combine(day, time(), zone) for day in (first, first + timedelta(days=query.days))
    )
    rows = ledger.views.shifts.between(moment.connection, since, until)
    wanted = beneath(moment, query.community)
    return _page(moment, [one for one in rows if wanted is None or one.community in wanted])


def _of_activity(moment: Moment) -> Page[Struct]:
    views, activity = moment.ledger.views, moment.ids["activity"]
    if views.activities.get(moment.connection, activity) is None:
        raise Problem("not-found")
    return _page(moment, views.shifts.of(moment.connection, activity))


def _page(moment: Moment, rows: Sequence[ShiftRow]) -> Page[Struct]:
    some = window(rows, lambda one: one.id)
    told: dict[str, Struct] = {}

    def read(after: str, limit: int) -> Sequence[ShiftRow]:
        found = some(after, limit)
        told.update(_told(moment, found))
        return found

    return page(moment, read, key=lambda one: one.id, shape=lambda one: told[one.id])


def _told(moment: Moment, rows: Sequence[ShiftRow]) -> dict[str, Struct]:
    """What is shown of shifts, by id: each with its roles, and how full it is."""
    views, connection, ids = moment.ledger.views, moment.connection, [one.id for one in rows]
    roles = views.shifts.places_of(connection, ids)
    heads = views.sign_ups.headcounts(connection, ids)
    return {one.id: shown(Shift, one, roles=roles.get(one.id, {}), **heads[one.id]._asdict()) for one in rows}


def _shift(moment: Moment) -> Struct:
    found = _known(moment)
    return _told(moment, [found])[found.id]


def _known(moment: Moment) -> ShiftRow:
    found = moment.ledger.views.shifts.get(moment.connection, moment.ids["shift"])
    if found is None:
        raise Problem("not-found")
    return found


def _roster(moment: Moment) -> Page[RosterLine]:
    rows = moment.ledger.views.sign_ups.roster(moment.connection, _known(moment).id)
    numbers = moment.ledger.directory.numbers([one.volunteer for one in rows])
    return page(
        moment,
        window(rows, lambda one: one.id),
        key=lambda one: one.id,
        shape=lambda one: RosterLine(
            sign_up=one.id,
            volunteer=one.volunteer,
            number=numbers.get(one.volunteer),
            role=one.role,
            state=one.state,
        ),
    )


READS = (
    Read(
        path="/activities/{activity}/shifts",
        name="listShiftsOfActivity",
        summary="The shifts of an activity, those called off too.",
        answers=Page[Shift],
        views=("activities", "shifts", "sign_ups"),
        access=ANYBODY,
        tell=_of_activity,
        query=PageQuery,
        example={"activity": ACTIVITY},
    ),
    Read(
        path="/shifts",
        name="listShifts",
        summary="The shifts of the coming days, as they begin.",
        answers=Page[Shift],
        views=("shifts", "sign_ups", "communities"),
        access=ANYBODY,
        tell=_shifts,
        query=ShiftQuery,
        example={"query": {"days": 14, "community": "com_valley"}},
    ),
    Read(
        path="/shifts/{shift}",
        name="getShift",
        summary="A shift, and how full it is.",
        answers=Shift,
        views=("shifts", "sign_ups"),
        access=ANYBODY,
        tell=_shift,
        example={"shift": EXAMPLE},
    ),
    Read(
        path="/shifts/{shift}/roster",
        name="listRoster",
        summary="Who has a place on a shift, then who waits for one.",
        answers=Page[RosterLine],
        views=("shifts", "sign_ups", "communities"),
        access=ROSTER,
        tell=_roster,
        query=PageQuery,
        example={"shift": EXAMPLE},
    ),
)

WRITES = (
    Write(
        path="/shifts",
        name="publishShift",
        summary="Let volunteers sign up for a stretch of an activity.",
        command=PublishShift,
        made={"shift": "shi"},
        access=IN_OWN,
        example={
            "body": {
                "activity": ACTIVITY,
                "begins": "2027-10-09T09:00:00+08:00",
                "ends": "2027-10-09T12:00:00+08:00",
                "roles": [{"role": "volunteer", "places": 2}],
            }
        },
    ),
    Write(
        path="/shifts/{shift}/cancellation",
        name="cancelShift",
        summary="Call a shift off, and release everybody who signed up.",
        command=CancelShift,
        access=OF_THE_SHIFT,
        example={"shift": EXAMPLE, "body": {"reason": "weather"}},
    ),
    Write(
        path="/shifts/{shift}/sign-ups",
        name="signUp",
        summary="Take a place on a shift, or wait for one.",
        command=SignUp,
        made={"sign_up": "sig"},
        access=BY_THE_VOLUNTEER,
        example={"shift": EXAMPLE, "body": {"volunteer": "vol_eve"}},
    ),
    Write(
        path="/shifts/{shift}/placements",
        name="placeVolunteer",
        summary="Give a volunteer a place, however full the shift is.",
        command=PlaceVolunteer,
        made={"sign_up": "sig"},
        access=PLACED,
        example={"shift": FULL, "body": {"volunteer": "vol_bob", "reason": "experienced"}},
    ),
    Write(
        path="/shifts/{shift}/promotions",
        name="fillPlaces",
        summary="Give free places to those who wait.",
        command=FillPlaces,
        access=OF_THE_SHIFT,
        example={"shift": "shi_freed", "body": {}},
    ),
)
