"""How people write days, months, periods, times of day and durations: what has one meaning is read, and no other."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.cli.words import wording
from ledger.domain.minutes import spoken
from ledger.domain.written import read_day, read_minutes, read_month, read_period, read_time
from projections.figures.periods import periods_of

FULL_WIDTH = str.maketrans("0123456789.-/:", "０１２３４５６７８９．－／：")
LANGUAGES = ("en", "zh")


@pytest.mark.parametrize(
    "text", ["2026-09-05", "2026-9-5", "20260905", "2026/9/5", "2026.9.5", "2026年9月5日", "2026年9月5号"]
)
def test_a_day_has_many_spellings(text: str):
    assert read_day(text) == read_day(text.translate(FULL_WIDTH)) == date(2026, 9, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9月5日",
        "2026年9月",
        "2026-9/5",
        "5/9/2026",
        "46270",
        "2026-09-05 09:00",
        "2026-02-30",
        "²0260905",
    ],
)
def test_what_names_no_day_or_a_day_and_more_is_no_day(text: str):
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026-09", "2026-09"),
        ("2026/9", "2026-09"),
        ("2026年9月", "2026-09"),
        ("2026年09月份", "2026-09"),
        ("2026-Q1", "2026-Q1"),
        ("2026q1", "2026-Q1"),
        ("2026年第一季度", "2026-Q1"),
        ("2026年4季度", "2026-Q4"),
        ("2026", "2026"),
        ("2026年", "2026"),
        ("all", "all"),
        ("全部", "all"),
    ],
)
def test_a_period_has_many_spellings(text: str, name: str):
    assert read_period(text) == read_period(text.translate(FULL_WIDTH)) == name
    assert read_month(text) == (name if name == "2026-09" else None)


@pytest.mark.parametrize(
    "text", ["2026年上半年", "2026-13", "2026年第五季度", "202609", "0000年", "9月", "今年"]
)
def test_what_names_no_period_of_ours_is_none(text: str):
    assert read_period(text) is None


@pytest.mark.parametrize("text", ["9:30", "09:30", "9点半", "9点30分", "9 点 30", "9时30分"])
def test_a_time_of_day_has_many_spellings(text: str):
    assert read_time(text) == read_time(text.translate(FULL_WIDTH)) == time(9, 30)


@pytest.mark.parametrize("text", ["9", "9:5", "24:00", "25点", "9:60", "半", "下午", "9小时"])
def test_what_is_no_time_of_day_is_none(text: str):
    assert read_time(text) is None


def test_an_hour_has_many_spellings():
    assert [read_time(text) for text in ("9点", "9点整", "9时", "9:00", "9点5分")] == [
        *[time(9)] * 4,
        time(9, 5),
    ]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "90",
            "90分",
            "90分钟",
            "1小时30分",
            "1小时30",
            "1.5小时",
            "1.5个小时",
            "1小时半",
            "1个半小时",
            "1个小时30分钟",
        ),
        *("1:30", "01:30:00", "1h30", "1h 30m", "1 h 30 min", "1.5h", "1 hour 30 minutes", "90 min", "90m"),
    ],
)
def test_a_duration_has_many_spellings(text: str):
    assert read_minutes(text) == read_minutes(text.translate(FULL_WIDTH)) == 90


@pytest.mark.parametrize("text", ["1,000 h", "1，000小时", "1,000h00", "1,000:00", "60,000", "1,000.0 h"])
def test_commas_may_stand_between_thousands(text: str):
    assert read_minutes(text) == 60_000


@pytest.mark.parametrize("text", ["半小时", "半个小时", "0.5h", "30 mins", "0:30"])
def test_half_an_hour_has_many_spellings(text: str):
    assert read_minutes(text) == 30


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.5",
        "1,5 h",
        "1,00",
        "10,0000",
        "0,500 h",
        "1:30,000",
        "1.000,000 h",
        "90.0",
        "1时30分",
        "9点半",
        "1:3",
        "1:60",
        "1:30:20",
        "1.5小时30分",
        "半天",
        "1小时60分",
        "0.01h",
        "+90",
    ],
)
def test_what_has_no_meaning_or_two_as_a_duration_is_none(text: str):
    assert read_minutes(text) is None


@given(st.integers(-(2**40), 2**40), st.sampled_from(LANGUAGES))
def test_minutes_are_read_as_they_are_said(minutes: int, language: str):
    assert read_minutes(spoken(minutes, language)) == minutes
    assert read_minutes(spoken(minutes, language), a_bare_one=60) == minutes


@given(st.dates(), st.sampled_from(LANGUAGES))
def test_days_and_periods_are_read_as_they_are_said(day: date, spoken_here: str):
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LC_ALL", {"en": "C.UTF-8", "zh": "zh_CN.UTF-8"}[spoken_here])
        assert read_day(day.isoformat()) == day
        for name in periods_of(day):
            assert read_period(wording.period(name)) == name


@given(
    st.text(max_size=30) | st.text(alphabet="0123456789０²½-/.: 年月日号点半小时个分钟hmQ第一二", max_size=16)
)
def test_any_text_is_read_or_not_but_never_breaks(text: str):
    for read in (read_day, read_month, read_period, read_time, read_minutes):
        read(text)
