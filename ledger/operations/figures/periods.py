"""The period that figures are asked for."""

from ledger.operations.paging import PageQuery
from ledger.operations.question import Moment, Query
from ledger.operations.refused import Fault, wrong
from projections.figures.periods import ALL, Period, UnknownPeriod, read_period


class PeriodQuery(Query, frozen=True, kw_only=True):
    """Figures of a `period`, by day of service: `2026-09`, `2026-Q3`, `2026` or `all`."""

    period: str = ALL


class PeriodPageQuery(PageQuery, frozen=True, kw_only=True):
    """Likewise, for figures that come in pages."""

    period: str = ALL


def period_of(moment: Moment) -> Period:
    """The period asked for; raises a Problem where it is none."""
    try:
        return read_period(moment.query.period)
    except UnknownPeriod as unknown:
        raise wrong(Fault(str(unknown), unknown.zh, parameter="period")) from None
