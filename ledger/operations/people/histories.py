"""What a volunteer did, and what they signed up for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, field

from ledger.domain.redemption_state import State
from ledger.operations.appointments.training import TrainingItem
from ledger.operations.credits.redemptions import RedemptionItem
from ledger.operations.cursors import Text
from ledger.operations.occasions.signed_up import WITH_SIGN_UPS, SignUpItem, sign_up_items
from ledger.operations.occasions.visits import Visit, visit_item
from ledger.operations.paging import Order, Page, PageQuery, one_by_one, page, page_of
from ledger.operations.people.volunteers import EXAMPLE, OF_THE_VOLUNTEER, registered
from ledger.operations.question import Moment, Question
from ledger.operations.refused import Fault, wrong
from ledger.operations.service.records import ServiceRecord, record_items
from ledger.operations.shapes import each
from projections.records import RecordRow
from projections.redemptions import Redemption
from projections.sign_ups import SignUpRow
from projections.training import Training
from projections.visits import VisitRow

MOST_DAYS = 366


_ALWAYS = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class OwnRedemptionQuery(PageQuery, frozen=True, kw_only=True):
    """Those in a `state`, where that is asked."""

    state: State | None = None


class CalendarQuery(PageQuery, frozen=True, kw_only=True):
    """So many `days` of the ledger's zone, from one on: today unless said."""

    from_: date | None = field(name="from", default=None)
    days: Annotated[int, Meta(ge=1, le=MOST_DAYS)] = 30


class VisitQuery(PageQuery, frozen=True, kw_only=True):
    """Visits that began on a local day `from` one on; with `days` on so many, today the last unless said."""

    from_: date | None = field(name="from", default=None)
    days: Annotated[int, Meta(ge=1, le=MOST_DAYS)] | None = None


_Timed = tuple[Text, Text]
_SERVED_LAST: Order[RecordRow, tuple[str, str]] = Order(_Timed, lambda one: (one.day, one.id), falling=True)
_BEGINS_FIRST: Order[SignUpRow, tuple[str, str]] = Order(_Timed, lambda one: (one.begins, one.id))
_BEGINS_LAST = replace(_BEGINS_FIRST, falling=True)
_CAME_LAST: Order[VisitRow, tuple[str, str]] = Order(_Timed, lambda one: (one.begun, one.id), falling=True)
_PLACED_LAST: Order[Redemption, tuple[str, str]] = Order(
    _Timed, lambda one: (one.placed_at, one.id), falling=True
)
_COMPLETED_FIRST: Order[Training, tuple[str, str]] = Order(_Timed, lambda one: (one.since, one.id))


def _records(moment: Moment) -> Page[Struct]:
    rows = moment.views.records.listed(moment.connection, volunteer=registered(moment))
    return page_of(moment, rows[::-1], _SERVED_LAST, record_items)


def _sign_ups(moment: Moment) -> Page[Struct]:
    rows = moment.views.sign_ups.of_volunteer(moment.connection, registered(moment))
    return page_of(moment, rows, _BEGINS_LAST, sign_up_items)


def _calendar(moment: Moment) -> Page[Struct]:
    query: CalendarQuery = moment.query
    between = _days(moment, query.from_ or moment.today, query.days)
    rows = moment.views.sign_ups.calendar(moment.connection, registered(moment), *between)
    return page_of(moment, rows, _BEGINS_FIRST, sign_up_items)


def _days(moment: Moment, first: date, days: int) -> tuple[datetime, datetime]:
    """The instants at which so many local days begin and are over; raises a Problem beyond the calendar."""
    zone = ZoneInfo(moment.ledger.opened().zone)
    try:
        last = first + timedelta(days=days)
        since, until = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, last))
    except OverflowError:
        fault = Fault("these days reach beyond the calendar", "超出日历范围", parameter="from")
        raise wrong(fault) from None
    return since, until


def _visits(moment: Moment) -> Page[Struct]:
    query: VisitQuery = moment.query
    first, since, until = query.from_, *_ALWAYS
    if query.days is not None:
        first = first or moment.today - timedelta(days=query.days - 1)
        since, until = _days(moment, first, query.days)
    elif first is not None:
        since, _ = _days(moment, first, 0)
    rows = moment.views.visits.of_volunteer(moment.connection, registered(moment), since, until)
    return page_of(moment, rows[::-1], _CAME_LAST, one_by_one(visit_item))


def _redemptions(moment: Moment) -> Page[Struct]:
    volunteer, state = registered(moment), moment.query.state

    def read(after: tuple[str, str] | None, limit: int) -> Sequence[Redemption]:
        view = moment.views.redemptions
        return view.latest(moment.connection, volunteer, state=state, before=after, limit=limit)

    return page(moment, read, _PLACED_LAST, each(RedemptionItem))


def _training(moment: Moment) -> Page[Struct]:
    rows = moment.views.training.of_volunteer(moment.connection, registered(moment))
    return page_of(moment, rows, _COMPLETED_FIRST, each(TrainingItem))


def _of(
    name: str,
    item: type[Struct],
    views: tuple[str, ...],
    tell: Callable[[Moment], Page[Struct]],
    query: type[PageQuery] = PageQuery,
    example: Mapping[str, object] | None = None,
) -> Question:
    return Question(
        name=name,
        subject=("volunteer",),
        answers=Page[item],
        views=(*views, "members", "communities"),
        access=OF_THE_VOLUNTEER,
        tell=tell,
        query=query,
        example={"volunteer": EXAMPLE, "query": example or {"limit": 50}},
    )


QUESTIONS = (
    _of("listServiceRecordsOfVolunteer", ServiceRecord, ("records",), _records),
    _of("listSignUpsOfVolunteer", SignUpItem, WITH_SIGN_UPS, _sign_ups),
    _of(
        "listCalendar",
        SignUpItem,
        WITH_SIGN_UPS,
        _calendar,
        CalendarQuery,
        {"from": "2026-03-01", "days": 31},
    ),
    _of("listVisitsOfVolunteer", Visit, ("visits",), _visits, VisitQuery),
    _of(
        "listRedemptionsOfVolunteer",
        RedemptionItem,
        ("redemptions",),
        _redemptions,
        OwnRedemptionQuery,
        {"state": "placed"},
    ),
    _of("listTrainingOfVolunteer", TrainingItem, ("training",), _training),
)
