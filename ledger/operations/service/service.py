"""Service records: what was served, from the report to the decision."""

from collections.abc import Collection, Mapping
from typing import Literal

from msgspec import Struct

from ledger.domain.service import ApproveService, AttestService, DeclineService, ReportService, ReverseService
from ledger.operations.access import About, Access, area
from ledger.operations.action import Action
from ledger.operations.callers import OVERSIGHT, STAFF, Role
from ledger.operations.cursors import Text
from ledger.operations.figures.periods import PeriodPageQuery, period_of
from ledger.operations.paging import Order, Page, page
from ledger.operations.question import Moment, Question
from ledger.operations.service import served
from ledger.operations.service.records import ServiceRecord, record_items
from ledger.operations.subject import Subject
from ledger.operations.trees.communities import homes_of
from projections.figures.record_pages import Reach, Wanted, page_of
from projections.records import RecordRow

READ_BY_ITS_OWN = Access(roles=frozenset(Role), about=(About("record", "record"),))
OF_THE_OFFICE = Access(roles=OVERSIGHT)
"""A coordinator is told of what their own area's volunteers served, and of what anybody served at its places."""
BY_ANYBODY = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("service.volunteer", "volunteer"),))
ON_AUTHORITY = Access(roles=STAFF, about=(About("service.volunteer", "volunteer"),))
OF_THE_RECORD = Access(roles=STAFF, about=(About("record", "record"),))
REPORTED, ATTESTED = Subject("record", "rec_bob"), Subject("record", "rec_ann")

VIEWS = ("records", "members", "communities", "activities")
_SERVED: Mapping[str, object] = {
    "service": {
        "volunteer": "vol_bob",
        "activity": "act_gala",
        "activity_name": "重阳节慰问",
        "place": "文化馆",
        "content": "慰问",
        "role": "member",
        "unit": "志愿服务队",
        "in_charge": None,
        "programme": None,
        "hosted_by": "com_valley",
        "evidence": "attested",
    },
    "days": [{"day": "2026-03-02", "minutes": 90}],
}


class RecordQuery(PeriodPageQuery, frozen=True, kw_only=True):
    """Records of a `period`, by their first day; with a `state` those in it: what is `reported` awaits a decision.

    With `volunteer` or `activity` (ids) those of one. With `community` those of everybody at home there, or beneath
    it, today, and those that were served there: as `hosted_by` says, or else as the activity's community does.
    """

    state: Literal["reported", "approved", "declined", "attested", "reversed"] | None = None
    community: str | None = None
    volunteer: str | None = None
    activity: str | None = None


_BY_DAY: Order[RecordRow, tuple[str, str]] = Order(tuple[Text, Text], lambda one: (one.day, one.id))


def _records(moment: Moment) -> Page[Struct]:
    query: RecordQuery = moment.query
    within: list[Reach] = []
    if moment.caller.role is Role.COORDINATOR:
        within.append(_reach(moment, area(moment.caller, moment.sight)))
    if query.community is not None:
        within.append(_reach(moment, homes_of(moment, query.community)))
    wanted = Wanted(tuple(within), query.volunteer, query.activity, query.state, period_of(moment))

    def read(after: tuple[str, str] | None, limit: int) -> list[RecordRow]:
        records = moment.views.records
        return page_of(moment.connection, records, wanted, after=after or ("", ""), limit=limit)

    return page(moment, read, _BY_DAY, record_items)


def _reach(moment: Moment, communities: Collection[str]) -> Reach:
    views, today = moment.views, moment.today
    return Reach(communities, views.members.homes_on(today), views.activities.host_of)


QUESTIONS = (
    Question(
        name="listServiceRecords",
        answers=Page[ServiceRecord],
        views=VIEWS,
        access=OF_THE_OFFICE,
        tell=_records,
        query=RecordQuery,
        example={"query": {"state": "reported", "period": "2026", "community": "com_valley"}},
    ),
    ATTESTED.question("getServiceRecord", ServiceRecord, VIEWS, READ_BY_ITS_OWN, record_items),
)

ACTIONS = (
    Action(
        name="reportService",
        command=ReportService,
        complete=served.service_said,
        made={"service.record": "rec"},
        access=BY_ANYBODY,
        example={"body": _SERVED},
    ),
    Action(
        name="attestService",
        command=AttestService,
        complete=served.service_said,
        made={"service.record": "rec"},
        access=ON_AUTHORITY,
        example={"body": _SERVED},
    ),
    REPORTED.action("approveService", ApproveService, OF_THE_RECORD),
    REPORTED.action("declineService", DeclineService, OF_THE_RECORD, {"reason": "no-evidence"}),
    ATTESTED.action("reverseService", ReverseService, OF_THE_RECORD, {"reason": "entered-twice"}),
)
