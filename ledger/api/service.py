"""Service records: what was served, from the report to the decision."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from ledger.api.access import About, Access, area
from ledger.api.callers import OVERSIGHT, STAFF, Role
from ledger.api.paging import Page, page
from ledger.api.periods import PeriodPageQuery, period_of
from ledger.api.problems import Problem
from ledger.api.reading import Moment, Read
from ledger.api.shapes import shaped, shown
from ledger.api.writing import Write
from ledger.domain.service import (
    ApproveService,
    AttestService,
    DeclineService,
    ReportService,
    ReverseService,
)
from projections.records import REPORTED, RecordRow, Wanted

READ_BY_ITS_OWN = Access(roles=frozenset(Role), about=(About("record", "record"),))
OF_THE_OFFICE = Access(roles=OVERSIGHT)
"""A coordinator is told of their own area's alone."""
BY_ANYBODY = Access(roles=STAFF | {Role.VOLUNTEER}, about=(About("service.volunteer", "volunteer"),))
ON_AUTHORITY = Access(roles=STAFF, about=(About("service.volunteer", "volunteer"),))
OF_THE_RECORD = Access(roles=STAFF, about=(About("record", "record"),))

ServiceRecord = shaped("ServiceRecord", RecordRow, RecordRow.__doc__ or "")

_PENDING = "pending"
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
    """Records of a `period`, by their first day; with a `state` those in it.

    `pending` are all that await a decision, which are shown as reported.
    """

    state: Literal["pending", "approved", "declined", "attested", "reversed"] | None = None


def _record(moment: Moment) -> Struct:
    found = moment.ledger.views.records.get(moment.connection, moment.ids["record"])
    if found is None:
        raise Problem("not-found")
    return shown(ServiceRecord, found)


def _records(moment: Moment) -> Page[Struct]:
    query: RecordQuery = moment.query
    views, connection, today = moment.ledger.views, moment.connection, moment.ledger.today()
    volunteers = None
    if moment.caller.role is Role.COORDINATOR:
        own = area(moment.caller, moment.sight)
        volunteers = views.members.at_home(own, today)
    state = REPORTED if query.state == _PENDING else query.state
    wanted = Wanted(volunteers, state, period_of(moment))

    def read(after: str, limit: int) -> list[RecordRow]:
        day, _, record = after.partition("/")
        return views.records.after(connection, wanted, after=(day, record), limit=limit)

    return page(
        moment, read, key=lambda one: f"{one.day}/{one.id}", shape=lambda one: shown(ServiceRecord, one)
    )


READS = (
    Read(
        path="/service-records",
        name="listServiceRecords",
        summary="Service records by first day, such as those that await a decision.",
        answers=Page[ServiceRecord],
        views=("records", "members", "communities"),
        access=OF_THE_OFFICE,
        tell=_records,
        query=RecordQuery,
        example={"query": {"state": "pending", "period": "2026"}},
    ),
    Read(
        path="/service-records/{record}",
        name="getServiceRecord",
        summary="One service record, by its id or as its source numbers it: source:external-id.",
        answers=ServiceRecord,
        views=("records", "members", "communities"),
        access=READ_BY_ITS_OWN,
        tell=_record,
        example={"record": "rec_ann"},
    ),
)

WRITES = (
    Write(
        path="/service-records",
        name="reportService",
        summary="Say that a volunteer served; it counts once somebody else approves it.",
        command=ReportService,
        made={"service.record": "rec"},
        access=BY_ANYBODY,
        example={"body": _SERVED},
    ),
    Write(
        path="/service-records/attestations",
        name="attestService",
        summary="Report and approve a record in one step, on an office's authority.",
        command=AttestService,
        made={"service.record": "rec"},
        access=ON_AUTHORITY,
        example={"body": _SERVED},
    ),
    Write(
        path="/service-records/{record}/approval",
        name="approveService",
        summary="Let a reported record count.",
        command=ApproveService,
        access=OF_THE_RECORD,
        example={"record": "rec_bob", "body": {}},
    ),
    Write(
        path="/service-records/{record}/decline",
        name="declineService",
        summary="Turn a reported record down.",
        command=DeclineService,
        access=OF_THE_RECORD,
        example={"record": "rec_bob", "body": {"reason": "no-evidence"}},
    ),
    Write(
        path="/service-records/{record}/reversal",
        name="reverseService",
        summary="Take back a record that counts; its volunteer may fall below zero.",
        command=ReverseService,
        access=OF_THE_RECORD,
        example={"record": "rec_ann", "body": {"reason": "entered-twice"}},
    ),
)
