"""Occasions of service: what is planned, what was held and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, cast

from msgspec import Struct, field

from ledger.domain.activities import CancelActivity, PublishActivity, ReportActivity, ReviseActivity
from ledger.domain.shifts import CancelShift
from ledger.domain.text import Code
from ledger.operations.access import ANYBODY, About, Access
from ledger.operations.action import Action
from ledger.operations.callers import STAFF
from ledger.operations.cursors import Text
from ledger.operations.figures.periods import period_of
from ledger.operations.meaning import Meaning
from ledger.operations.occasions import described
from ledger.operations.paging import Order, Page, PageQuery, page
from ledger.operations.question import Moment, Question
from ledger.operations.several import Part, Several
from ledger.operations.shapes import each, shaped
from ledger.operations.subject import Subject
from ledger.operations.trees.communities import beneath
from projections.activities import ActivityRow

OF_THE_ACTIVITY = Access(roles=STAFF, about=(About("activity", "activity"),))
IN_OWN = Access(roles=STAFF, about=(About("activity.community", "community"),))
FROM_OWN_TO_OWN = Access(
    roles=STAFF, about=(About("activity.id", "activity"), About("activity.community", "community"))
)
ACTIVITY, IDLE = Subject("activity", "act_choir"), Subject("activity", "act_idle")
DESCRIBED = {
    "name": "重阳合唱",
    "programme": None,
    "campaign": None,
    "form": "show",
    "audience": "elderly",
    "community": "com_valley",
    "venue": None,
    "place": "石桥广场",
    "content": "演出",
    "unit": "石桥镇文化站",
    "in_charge": None,
}

Activity = shaped("Activity", ActivityRow)


class ActivityQuery(PageQuery, frozen=True, kw_only=True):
    """The activities from a day on (today unless said) until, not including, another; or those of a `period`.

    With `community` those that it and the communities beneath it host, with `state` those that are planned, held or
    cancelled.
    """

    community: str | None = None
    since: date | None = field(default=None, name="from")
    until: date = date.max
    period: str | None = None
    state: Literal["planned", "held", "cancelled"] | None = None


_BY_DAY: Order[ActivityRow, tuple[str, str]] = Order(tuple[Text, Text], lambda one: (one.day, one.id))


def _activities(moment: Moment) -> Page[Struct]:
    query: ActivityQuery = moment.query
    views, connection = moment.views, moment.connection
    days = _days(moment, query)
    wanted = beneath(moment, query.community)

    def read(after: tuple[str, str] | None, limit: int) -> Sequence[ActivityRow]:
        return views.activities.on_days(
            connection, days, communities=wanted, state=query.state, after=after or ("", ""), limit=limit
        )

    return page(moment, read, _BY_DAY, each(Activity))


def _days(moment: Moment, query: ActivityQuery) -> tuple[str, str]:
    """The first day, and that before which the last one lies."""
    until = query.until.isoformat()
    if query.period is None:
        return (query.since or moment.today).isoformat(), until
    period, since = period_of(moment), (query.since or date.min).isoformat()
    return max(f"{period.first_month}-01", since), min(f"{period.last_month}-32", until)


class CancelWithShifts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why an activity is called off with its shifts, as a code."""

    reason: Code


def _with_shifts(meaning: Meaning, ids: Mapping[str, str], body: Struct) -> Sequence[Part]:
    """The shifts first, as an activity that has some is not called off."""
    activity, reason = ids["activity"], cast(CancelWithShifts, body).reason
    rows = meaning.sight.views.shifts.of_activity(meaning.sight.connection, activity)
    shifts = [Part(row.id, CancelShift(shift=row.id, reason=reason)) for row in rows if not row.cancelled]
    return [*shifts, Part(activity, CancelActivity(activity=activity, reason=reason))]


QUESTIONS = (
    Question(
        name="listActivities",
        answers=Page[Activity],
        views=("activities", "communities"),
        access=ANYBODY,
        tell=_activities,
        query=ActivityQuery,
        example={"query": {"community": "com_valley", "from": "2026-01-01"}},
    ),
    ACTIVITY.question("getActivity", Activity, ("activities",), ANYBODY),
)

ACTIONS = (
    Action(
        name="publishActivity",
        command=PublishActivity,
        complete=described.new_activity,
        made={"activity.id": "act"},
        access=IN_OWN,
        example={"body": {"activity": DESCRIBED, "day": "2027-10-09"}},
    ),
    ACTIVITY.action(
        "reviseActivity",
        ReviseActivity,
        FROM_OWN_TO_OWN,
        body={"activity": DESCRIBED, "day": "2027-10-10"},
        complete=described.revised_activity,
        within={"activity": "activity.id"},
    ),
    ACTIVITY.action(
        "reportActivity",
        ReportActivity,
        OF_THE_ACTIVITY,
        body={"turnout": {"day": "2026-03-01", "participants": 120, "materials": 40, "online_reach": 900}},
        complete=described.turnout,
    ),
    IDLE.action("cancelActivity", CancelActivity, OF_THE_ACTIVITY, {"reason": "weather"}),
)

SEVERAL = (
    Several(
        name="cancelActivityWithShifts",
        subject=("activity",),
        body=CancelWithShifts,
        parts=_with_shifts,
        whole=True,
        access=OF_THE_ACTIVITY,
        example={**IDLE.named, "body": {"reason": "weather"}},
    ),
)
