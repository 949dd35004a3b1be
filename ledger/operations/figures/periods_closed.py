"""Months that are closed: which, what was reported of each, and what came later."""

from msgspec import Struct

from ledger.audit.month_reports import MonthReport, NotClosed, Reports
from ledger.domain.periods import ClosePeriod
from ledger.operations.access import ANYBODY, Access
from ledger.operations.callers import WHOLE, Role
from ledger.operations.cursors import Number, Text
from ledger.operations.paging import Order, Page, PageQuery, one_by_one, page_of
from ledger.operations.question import Moment, Query, Question, always
from ledger.operations.refused import Problem
from ledger.operations.shapes import each, shaped, shown
from ledger.operations.subject import Subject
from projections.closings import Closing
from projections.statement import Correction

OF_THE_WHOLE = Access(roles=WHOLE)
OF_ALL_PEOPLE = Access(roles=WHOLE | {Role.AUDITOR})
MONTH = Subject("month", "2026-03")

ClosingItem = shaped("Closing", Closing)
CorrectionItem = shaped("Correction", Correction)


class MonthQuery(Query, frozen=True, kw_only=True):
    """The report of a month as it was closed or, `corrected`, as it is known now."""

    corrected: bool = False


_BY_MONTH: Order[Closing, str] = Order(Text, lambda one: one.month)
# A correction keeps its number: none is ever taken out, and what is booked later comes after it.
_AS_BOOKED: Order[tuple[int, Correction], int] = Order(Number, lambda row: row[0])


def _closings(moment: Moment) -> Page[Struct]:
    rows = moment.views.closings.all(moment.connection)
    return page_of(moment, rows, _BY_MONTH, each(ClosingItem))


def _report(moment: Moment) -> MonthReport:
    month, reports = moment.ids["month"], _reports(moment)
    if moment.query.corrected:
        return reports.as_known_now(month)
    try:
        return reports.as_closed(month)
    except NotClosed:
        raise Problem("not-found") from None


def _corrections(moment: Moment) -> Page[Struct]:
    try:
        rows = list(enumerate(_reports(moment).corrections(moment.ids["month"]), 1))
    except NotClosed:
        raise Problem("not-found") from None
    return page_of(moment, rows, _AS_BOOKED, one_by_one(lambda row: shown(CorrectionItem, row[1])))


def _reports(moment: Moment) -> Reports:
    return Reports(moment.connection, moment.views, moment.ledger.opened().origin)


QUESTIONS = (
    Question(
        name="listClosings",
        answers=Page[ClosingItem],
        views=("closings",),
        access=ANYBODY,
        tell=_closings,
        query=PageQuery,
    ),
    Question(
        name="getMonthReport",
        subject=("month",),
        answers=MonthReport,
        views=("closings", "statement", "communities", "teams"),
        access=ANYBODY,
        tell=_report,
        query=MonthQuery,
        example={**MONTH.named, "query": {"corrected": True}},
        costly=always,
    ),
    Question(
        name="listCorrections",
        subject=("month",),
        answers=Page[CorrectionItem],
        views=("closings", "statement"),
        access=OF_ALL_PEOPLE,
        tell=_corrections,
        query=PageQuery,
        example={"month": "2026-01"},
        costly=always,
    ),
)

ACTIONS = (MONTH.action("closePeriod", ClosePeriod, OF_THE_WHOLE),)
