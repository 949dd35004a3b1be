"""What a volunteer did, and what they signed up for."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, field

from ledger.api.paging import Page, PageQuery, page, window
from ledger.api.problems import Fault, wrong
from ledger.api.reading import Moment, Read
from ledger.api.redemptions import RedemptionItem
from ledger.api.service import ServiceRecord
from ledger.api.shapes import shaped, shown
from ledger.api.sign_ups import SignUpItem
from ledger.api.training import TrainingItem
from ledger.api.volunteers import EXAMPLE, OF_THE_VOLUNTEER, registered
from projections.visits import VisitRow

MOST_DAYS = 366

VisitItem = shaped("Visit", VisitRow, VisitRow.__doc__ or "")


class CalendarQuery(PageQuery, frozen=True, kw_only=True):
    """So many `days` of the ledger's zone, from one on: today unless said."""

    from_: date | None = field(name="from", default=None)
    days: Annotated[int, Meta(ge=1, le=MOST_DAYS)] = 30


def _page_of(moment: Moment, rows: Sequence[Any], shape: type[Struct]) -> Page[Struct]:
    return page(moment, window(rows, _id), key=_id, shape=lambda row: shown(shape, row))


def _id(row: Any) -> str:
    return row.id


def _records(moment: Moment) -> Page[Struct]:
    rows = moment.ledger.views.records.of(moment.connection, volunteer=registered(moment))
    return _page_of(moment, rows[::-1], ServiceRecord)


def _sign_ups(moment: Moment) -> Page[Struct]:
    rows = moment.ledger.views.sign_ups.of_volunteer(moment.connection, registered(moment))
    return _page_of(moment, rows, SignUpItem)


def _calendar(moment: Moment) -> Page[Struct]:
    query: CalendarQuery = moment.query
    zone = ZoneInfo(moment.ledger.opened().zone)
    first = query.from_ or moment.ledger.today()
    try:
        since, until = (
            datetime.combine(day, time(), zone).astimezone(UTC)
            for day in (first, first + timedelta(days=query.days))
        )
    except OverflowError:
        fault = Fault("these days reach beyond the calendar", "超出日历范围", parameter="from")
        raise wrong(fault) from None
    rows = moment.ledger.views.sign_ups.calendar(moment.connection, registered(moment), since, until)
    return _page_of(moment, rows, SignUpItem)


def _visits(moment: Moment) -> Page[Struct]:
    always = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    rows = moment.ledger.views.visits.of(moment.connection, registered(moment), *always)
    return _page_of(moment, rows[::-1], VisitItem)


def _redemptions(moment: Moment) -> Page[Struct]:
    volunteer = registered(moment)
    return page(
        moment,
        lambda after, limit: moment.ledger.views.redemptions.of(
            moment.connection, volunteer=volunteer, after=after, limit=limit
        ),
        key=lambda one: one.id,
        shape=lambda one: shown(RedemptionItem, one),
    )


def _training(moment: Moment) -> Page[Struct]:
    rows = moment.ledger.views.training.of_volunteer(moment.connection, registered(moment))
    return _page_of(moment, rows, TrainingItem)


def _of(
    what: str,
    name: str,
    summary: str,
    item: type[Struct],
    view: str,
    tell: Callable[[Moment], Page[Struct]],
) -> Read:
    return Read(
        path=f"/volunteers/{{volunteer}}/{what}",
        name=name,
        summary=summary,
        answers=Page[item],
        views=(view, "members", "communities"),
        access=OF_THE_VOLUNTEER,
        tell=tell,
        query=PageQuery,
        example={"volunteer": EXAMPLE, "query": {"limit": 50}},
    )


READS = (
    _of(
        "service-records",
        "listServiceRecordsOfVolunteer",
        "A volunteer's service records, the latest first.",
        ServiceRecord,
        "records",
        _records,
    ),
    _of(
        "sign-ups",
        "listSignUpsOfVolunteer",
        "All that a volunteer ever signed up for, the latest shift first.",
        SignUpItem,
        "sign_ups",
        _sign_ups,
    ),
    Read(
        path="/volunteers/{volunteer}/calendar",
        name="listCalendar",
        summary="The shifts of some days that a volunteer has a place on, or waits for.",
        answers=Page[SignUpItem],
        views=("sign_ups", "members", "communities"),
        access=OF_THE_VOLUNTEER,
        tell=_calendar,
        query=CalendarQuery,
        example={"volunteer": EXAMPLE, "query": {"from": "2026-03-01", "days": 31}},
    ),
    _of(
        "visits",
        "listVisitsOfVolunteer",
        "When a volunteer was somewhere, the latest first.",
        VisitItem,
        "visits",
        _visits,
    ),
    _of(
        "redemptions",
        "listRedemptionsOfVolunteer",
        "What a volunteer redeemed, by id.",
        RedemptionItem,
        "redemptions",
        _redemptions,
    ),
    _of(
        "training",
        "listTrainingOfVolunteer",
        "What a volunteer completed and was not annulled.",
        TrainingItem,
        "training",
        _training,
    ),
)

WRITES = ()
