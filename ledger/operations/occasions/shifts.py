"""When volunteers are wanted, how full it is, and who signed up."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct, field

from ledger.domain.instants import Instant
from ledger.domain.shift_state import UnknownShift
from ledger.domain.shifts import LONGEST_SHIFT, CancelShift, PublishShift
from ledger.domain.sign_ups import PlaceVolunteer, SignUp
from ledger.domain.waitlist import FillPlaces
from ledger.domain.written import read_day
from ledger.operations.access import ANYBODY, About, Access
from ledger.operations.action import Action, Completing, completion
from ledger.operations.callers import OVERSIGHT, STAFF, Role
from ledger.operations.cursors import Text
from ledger.operations.occasions.rosters import roster_page
from ledger.operations.occasions.shift_items import WITH_SHIFTS, Shift, roles_of, shift_items
from ledger.operations.occasions.signed_up import RosterLine
from ledger.operations.paging import LIST_CHANGED, Order, Page, PageQuery, page_of
from ledger.operations.question import Moment, Question
from ledger.operations.refused import Fault, refused, there, wrong
from ledger.operations.subject import Subject
from ledger.operations.trees.communities import beneath
from projections.shifts import ShiftRow
from projections.view import instant_text

OF_THE_SHIFT = Access(roles=STAFF, about=(About("shift", "shift"),))
ROSTER = Access(roles=OVERSIGHT, about=(About("shift", "shift"),))
IN_OWN = Access(roles=STAFF, about=(About("activity", "activity"),))
BY_THE_VOLUNTEER = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("volunteer", "volunteer"),))
"""A shift is open to volunteers from anywhere."""
PLACED = Access(roles=STAFF, about=(About("shift", "shift"), About("volunteer", "volunteer")))
SHIFT, FULL, FREED = (Subject("shift", one) for one in ("shi_coming", "shi_full", "shi_freed"))
ACTIVITY = "act_choir"
_LAST_DAY = date.max - timedelta(days=40)


class ShiftQuery(PageQuery, frozen=True, kw_only=True):
    """The shifts that begin on some local `days`, `from` one on: today unless said.

    With `from` an instant (RFC 3339), those that are not over by then and begin within so many days after it. With
    `community` those that it and the communities beneath it host, with `activity` (an id) those of one; with
    `free=true` those that have a place left in some role.
    """

    since: Annotated[str, Meta(max_length=40, examples=["2027-10-09", "2027-10-09T09:00:00Z"])] | None = (
        field(default=None, name="from")
    )
    days: Annotated[int, Meta(ge=1, le=31)] = 7
    community: str | None = None
    activity: str | None = None
    free: bool = False


_AS_THEY_BEGIN: Order[ShiftRow, tuple[str, str]] = Order(tuple[Text, Text], lambda one: (one.begins, one.id))


def _shifts(moment: Moment) -> Page[Struct]:
    query: ShiftQuery = moment.query
    wanted = beneath(moment, query.community)
    rows = [
        one
        for one in _begin_then(moment, query)
        if (wanted is None or one.community in wanted) and query.activity in {None, one.activity}
    ]
    if query.free:
        roles = roles_of(moment, rows)
        rows = [one for one in rows if any(role.free for role in roles[one.id])]
    return page_of(moment, rows, _AS_THEY_BEGIN, shift_items)


def _begin_then(moment: Moment, query: ShiftQuery) -> list[ShiftRow]:
    shifts, connection = moment.views.shifts, moment.connection
    instant, days = _instant(query.since), timedelta(days=query.days)
    try:
        if instant is not None:
            rows = shifts.between(connection, instant - LONGEST_SHIFT, instant + days)
            return [one for one in rows if one.ends > instant_text(instant)]
        zone = ZoneInfo(moment.ledger.opened().zone)
        first = moment.today if query.since is None else read_day(query.since)
        if first is None:
            raise ValueError
        # Where the calendar ends there are no shifts, but there would be no later day either.
        first = min(first, _LAST_DAY)
        since, until = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, first + days))
    except (OverflowError, ValueError):
        fault = Fault(
            "it is no day (2027-10-09) and no instant (2027-10-09T09:00:00Z) of the calendar",
            "应为日历中的日期（2027-10-09）或时刻（2027-10-09T09:00:00Z）",
            parameter="from",
        )
        raise wrong(fault) from None
    return shifts.between(connection, since, until)


def _instant(text: str | None) -> datetime | None:
    """The instant that a text is, in UTC; None for what is none, such as a day."""
    try:
        return None if text is None else msgspec.convert(text, Instant).astimezone(UTC)
    except (msgspec.ValidationError, OverflowError):
        return None


def _of_activity(moment: Moment) -> Page[Struct]:
    views, activity = moment.views, moment.ids["activity"]
    there(views.activities.get(moment.connection, activity))
    return page_of(moment, views.shifts.of_activity(moment.connection, activity), _AS_THEY_BEGIN, shift_items)


def _roster(moment: Moment) -> Page[RosterLine]:
    return roster_page(moment, there(moment.views.shifts.get(moment.connection, moment.ids["shift"])).id)


@completion("role")
def _only_role(completing: Completing) -> Mapping[str, Any]:
    """Whoever names no role on a shift that wants one only takes that."""
    if "role" in completing.said:
        return {}
    shift, sight = completing.said["shift"], completing.sight
    roles = list(sight.views.shifts.places(sight.connection, shift))
    if not roles:
        raise refused(UnknownShift(shift=shift))
    if len(roles) > 1:
        several = ", ".join(roles)
        raise wrong(
            Fault(
                f"the shift wants several roles: {several}; name one",
                f"该班次需要多种岗位：{several}，请指明其一",
                pointer="/role",
            )
        )
    return {"role": roles[0]}


QUESTIONS = (
    Question(
        name="listShiftsOfActivity",
        subject=("activity",),
        answers=Page[Shift],
        views=WITH_SHIFTS,
        access=ANYBODY,
        tell=_of_activity,
        query=PageQuery,
        example={"activity": ACTIVITY},
    ),
    Question(
        name="listShifts",
        answers=Page[Shift],
        views=(*WITH_SHIFTS, "communities"),
        access=ANYBODY,
        tell=_shifts,
        query=ShiftQuery,
        example={"query": {"days": 14, "community": "com_valley", "free": True}},
    ),
    SHIFT.question("getShift", Shift, WITH_SHIFTS, ANYBODY, shift_items),
    Question(
        name="listRoster",
        subject=("shift",),
        answers=Page[RosterLine],
        views=("shifts", "sign_ups", "visits", "communities"),
        access=ROSTER,
        tell=_roster,
        query=PageQuery,
        example=SHIFT.named,
        problems=(LIST_CHANGED,),
    ),
)

ACTIONS = (
    Action(
        name="publishShift",
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
    SHIFT.action("cancelShift", CancelShift, OF_THE_SHIFT, {"reason": "weather"}),
    SHIFT.action(
        "signUp",
        SignUp,
        BY_THE_VOLUNTEER,
        body={"volunteer": "vol_eve"},
        complete=_only_role,
        made={"sign_up": "sig"},
    ),
    FULL.action(
        "placeVolunteer",
        PlaceVolunteer,
        PLACED,
        body={"volunteer": "vol_bob", "reason": "experienced"},
        complete=_only_role,
        made={"sign_up": "sig"},
    ),
    FREED.action("fillPlaces", FillPlaces, OF_THE_SHIFT),
)
