"""The two clocks that figures are asked by: days of service up to one, and what was known at a moment."""

import contextlib
from collections.abc import Generator
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta
from sqlalchemy import Connection

from ledger.domain.instants import Instant
from ledger.domain.numerals import whole
from ledger.domain.written import read_day
from ledger.operations.figures.periods import PeriodPageQuery, PeriodQuery, period_of
from ledger.operations.paging import PageQuery
from ledger.operations.question import Moment, Query
from ledger.operations.refused import Fault, wrong
from projections.figures import clocks
from projections.figures.clocks import Clocks, NotYet
from projections.view import View

_MOST_CHARACTERS = 40

Known = Annotated[str, Meta(max_length=_MOST_CHARACTERS)] | None


class ByClocks:
    """A query by the clocks, whose figures of the past are all added up from the statement."""

    __slots__ = ()

    as_of: date | None
    known_at: Known

    @property
    def also(self) -> tuple[str, ...]:
        """The names of views that such a query is answered from, besides those of its question."""
        return ("statement",) if of_the_past(self) else ()


class ClockQuery(ByClocks, Query, frozen=True, kw_only=True):
    """Figures of days of service up to `as_of`, and as they were `known_at` a position, an instant or a day's end."""

    as_of: date | None = None
    known_at: Known = None


class ClockPageQuery(ByClocks, PageQuery, frozen=True, kw_only=True):
    """Likewise, in pages."""

    as_of: date | None = None
    known_at: Known = None


class PeriodClockQuery(ByClocks, PeriodQuery, frozen=True, kw_only=True):
    """Likewise, of a period."""

    as_of: date | None = None
    known_at: Known = None


class PeriodClockPageQuery(ByClocks, PeriodPageQuery, frozen=True, kw_only=True):
    """Likewise, of a period, in pages."""

    as_of: date | None = None
    known_at: Known = None


def of_the_past(query: ByClocks) -> bool:
    """Whether figures are asked for that have to be added up from all lines of service."""
    return query.as_of is not None or query.known_at is not None


@contextlib.contextmanager
def views_as_asked(moment: Moment, *needed: View) -> Generator[Connection]:
    """Some views by the clocks, and of the period, that a query asks for."""
    # Most figures are asked for as they stand.
    from projections.figures.past import as_they_stood

    views, asked = moment.views, clocks_of(moment)
    with as_they_stood(moment.connection, views, asked, period_of(moment), needed) as shown:
        yield shown


def clocks_of(moment: Moment) -> Clocks:
    """The clocks asked for; raises a Problem where a moment is none, or has not come."""
    query: ByClocks = moment.query
    if query.known_at is None:
        return Clocks(query.as_of)
    asked = moment_of(query.known_at, ZoneInfo(moment.ledger.opened().zone))
    if asked is None:
        en = "it is no position, no instant with an offset (RFC 3339), and no day"
        raise wrong(Fault(en, "不是序号、带时区的时刻（RFC 3339）或日期", parameter="known_at"))
    try:
        return Clocks(query.as_of, clocks.known_at(moment.connection, asked, moment.ledger.now()))
    except NotYet as error:
        raise wrong(Fault(str(error), error.zh, parameter="known_at")) from None


def moment_of(text: str, zone: ZoneInfo) -> int | datetime | None:
    """What is meant by a position, an instant, or a day, at the end of which it is; None for what is none of them."""
    number = whole(text)
    if number is not None and 0 <= number < 2**63:
        return number
    day = read_day(text)
    if day is not None:
        return None if day == date.max else clocks.end_of(day, zone)
    with contextlib.suppress(msgspec.ValidationError):
        return msgspec.convert(text, Instant)
    return None
