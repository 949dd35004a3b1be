"""Closing months."""

from datetime import UTC, datetime

import pytest

from ledger.domain.events import PeriodClosed
from ledger.domain.periods import ClosePeriod, PeriodAlreadyClosed, PeriodNotOver
from tests.scenario import SUNDAY, given


def close(month: str = "2026-02") -> ClosePeriod:
    return ClosePeriod(month=month)


def closed(month: str = "2026-02") -> PeriodClosed:
    return PeriodClosed(on=SUNDAY, month=month)


def test_a_month_that_is_over_is_closed_today():
    given().when(close()).then(closed())


def test_a_month_is_closed_once():
    given(closed()).when(close()).then_refused(PeriodAlreadyClosed, month="2026-02")
    given(closed()).when(close("2026-01")).then(closed("2026-01"))


@pytest.mark.parametrize("month", ["2026-03", "2026-04", "2027-01", "9999-12"])
def test_a_month_is_not_closed_before_it_is_over(month: str):
    given().when(close(month)).then_refused(PeriodNotOver, month=month)


def test_a_month_is_over_when_its_last_day_is_in_the_ledgers_zone():
    before, at_midnight = (datetime(2026, 2, 28, 15, 59, second, tzinfo=UTC) for second in (58, 59))
    given().when(close(), now=before).then_refused(PeriodNotOver)
    given().when(close(), now=at_midnight).then_refused(PeriodNotOver)
    over = datetime(2026, 2, 28, 16, tzinfo=UTC)
    given().when(close(), now=over).then_recorded(PeriodClosed, month="2026-02")


@pytest.mark.parametrize(
    "month", ["2026", "2026-2", "2026-13", "2026-Q1", "0000-01", "２０２６-01", "2026-01\n"]
)
def test_a_month_is_written_as_year_and_month(month: str):
    given().when(close(month)).then_malformed("month")
