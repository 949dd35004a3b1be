"""Months, quarters, years and all time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.figures.periods import ALL, UnknownPeriod, last_day, month_of, periods_of, read_period


@given(st.dates())
def test_a_day_lies_in_each_of_its_periods(day: date):
    for name in periods_of(day):
        period = read_period(name)
        assert period.name == name
        assert period.first_month <= month_of(day) <= period.last_month


@given(st.dates())
def test_a_month_lies_in_a_quarter_in_a_year_in_all_time(day: date):
    month, quarter, year, always = (read_period(name) for name in periods_of(day))
    for inner, outer in ((month, quarter), (quarter, year), (year, always)):
        assert outer.first_month <= inner.first_month <= inner.last_month <= outer.last_month
    assert [len(months_in(*period[1:])) for period in (month, quarter, year)] == [1, 3, 12]


def months_in(first: str, last: str) -> list[str]:
    (year, month), (_, last_month) = ((int(part) for part in one.split("-")) for one in (first, last))
    assert first[:4] == last[:4]
    return [f"{year:04}-{number:02}" for number in range(month, last_month + 1)]


@given(st.dates(max_value=date.max - timedelta(days=1)))
def test_periods_change_only_at_a_new_month(day: date):
    following = day + timedelta(days=1)
    same_month = (day.year, day.month) == (following.year, following.month)
    assert (periods_of(day) == periods_of(following)) == same_month


@given(st.integers(1, 9999), st.integers(1, 4))
def test_the_four_quarters_fill_the_year(year: int, quarter: int):
    period = read_period(f"{year:04}-Q{quarter}")
    assert months_in(*period[1:]) == [f"{year:04}-{3 * quarter - back:02}" for back in (2, 1, 0)]
    whole = read_period(f"{year:04}")
    assert [period.first_month == whole.first_month, period.last_month == whole.last_month] == [
        quarter == 1,
        quarter == 4,
    ]


def test_the_first_and_the_last_day_there_are():
    assert periods_of(date.min) == ("0001-01", "0001-Q1", "0001", "all")
    assert periods_of(date.max) == ("9999-12", "9999-Q4", "9999", "all")
    assert read_period(ALL) == ("all", "0001-01", "9999-12")


NO_PERIODS = ["", " ", "\x00", "today", "ALL", "All", "all-2026", "26", "02026", "-2026", "2026\0"]
NO_PERIODS += ["2026-13", "2026-00", "2026-09-01", "2026-009", "202609", "9月"]
NO_PERIODS += ["2026-Q", "2026-Q0", "2026-Q5", "0000", "0000-01", "0000-Q1"]
NO_PERIODS += ["2026-\u0660\u0669", "2026-Q\u00b2"]


@pytest.mark.parametrize("text", NO_PERIODS)
def test_nothing_else_is_a_period(text: str):
    with pytest.raises(UnknownPeriod):
        read_period(text)


@given(st.text())
def test_whatever_is_read_is_named_in_one_spelling(text: str):
    try:
        period = read_period(text)
    except UnknownPeriod:
        return
    assert read_period(period.name) == period
    assert len(period.first_month) == len(period.last_month) == len("2026-09")


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2028-02", date(2028, 2, 29)),
        ("2028-Q1", date(2028, 3, 31)),
        ("2027", date(2027, 12, 31)),
        ("2028-05", date(2028, 5, 9)),
        ("2028", date(2028, 5, 9)),
        ("all", date(2028, 5, 9)),
    ],
)
def test_a_period_ends_on_its_last_day_or_as_yet_today(period: str, day: date):
    assert last_day(read_period(period), date(2028, 5, 9)) == day
