"""Stretches of time, and the minutes that they have on each local day."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain.instants import day_of, meet, minutes_by_day
from ledger.domain.minutes import MINUTES_A_DAY

SHANGHAI, BERLIN, HAVANA, BEIRUT, ST_JOHNS = map(
    ZoneInfo, ["Asia/Shanghai", "Europe/Berlin", "America/Havana", "Asia/Beirut", "America/St_Johns"]
)
MINUTE = timedelta(minutes=1)


def utc(text: str) -> datetime:
    """The instant of a time of day in UTC: `utc("2026-03-08 16:00")`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def by_day(begins: str, ends: str, zone: ZoneInfo) -> dict[str, int]:
    """The minutes of each day between two instants in UTC."""
    return {day.isoformat(): minutes for day, minutes in minutes_by_day(utc(begins), utc(ends), zone).items()}


# --- meeting --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "ends", "together"),
    [
        ("09:00", "10:00", False),
        ("08:00", "09:00", False),
        ("12:00", "13:00", False),
        ("13:00", "14:00", False),
        ("09:00", "10:01", True),
        ("11:59", "13:00", True),
        ("10:00", "12:00", True),
        ("10:30", "11:30", True),
        ("09:00", "13:00", True),
        ("10:00", "11:00", True),
        ("11:00", "12:00", True),
    ],
)
def test_stretches_meet_where_they_share_a_moment_and_not_where_they_touch(
    begins: str, ends: str, together: bool
):
    morning = utc("2026-03-08 10:00"), utc("2026-03-08 12:00")
    other = utc(f"2026-03-08 {begins}"), utc(f"2026-03-08 {ends}")
    assert meet(*morning, *other) is together
    assert meet(*other, *morning) is together


def test_stretches_meet_across_midnight_too():
    night = utc("2026-03-07 22:00"), utc("2026-03-08 02:00")
    assert meet(*night, utc("2026-03-08 01:00"), utc("2026-03-08 03:00"))
    assert not meet(*night, utc("2026-03-08 02:00"), utc("2026-03-08 03:00"))
    assert not meet(*night, utc("2026-03-06 22:00"), utc("2026-03-07 02:00"))


def test_stretches_meet_whatever_the_offset_they_are_written_with():
    morning = utc("2026-03-08 10:00"), utc("2026-03-08 12:00")
    assert meet(*morning, *(one.astimezone(SHANGHAI) for one in morning))
    assert not meet(*morning, morning[1].astimezone(BERLIN), utc("2026-03-08 13:00"))


def test_a_stretch_without_a_moment_meets_none():
    """It did: one that ends as it begins, within another."""
    eleven = utc("2026-03-08 11:00")
    assert not meet(eleven, eleven, utc("2026-03-08 10:00"), utc("2026-03-08 12:00"))
    assert not meet(utc("2026-03-08 10:00"), utc("2026-03-08 12:00"), eleven, eleven)


# --- the day of an instant ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instant", "zone", "day"),
    [
        ("2026-03-08 15:59:59.999999", SHANGHAI, date(2026, 3, 8)),
        ("2026-03-08 16:00", SHANGHAI, date(2026, 3, 9)),
        ("2026-03-08 16:00", BERLIN, date(2026, 3, 8)),
        ("2026-03-08 03:59", HAVANA, date(2026, 3, 7)),
        ("2025-10-25 20:59", BEIRUT, date(2025, 10, 25)),
        ("2025-10-25 21:00", BEIRUT, date(2025, 10, 25)),
        ("2025-10-25 22:00", BEIRUT, date(2025, 10, 26)),
    ],
)
def test_the_day_of_an_instant_is_that_of_the_zone(instant: str, zone: ZoneInfo, day: date):
    assert day_of(utc(instant), zone) == day


# --- minutes, day by day --------------------------------------------------------------------------------------------


def test_minutes_of_a_stretch_within_a_day_are_that_days():
    assert by_day("2026-03-08 01:00", "2026-03-08 02:30", SHANGHAI) == {"2026-03-08": 90}


def test_a_stretch_across_midnight_has_minutes_on_both_days():
    assert by_day("2026-03-08 15:00", "2026-03-08 17:30", SHANGHAI) == {"2026-03-08": 60, "2026-03-09": 90}


def test_a_stretch_up_to_midnight_has_none_on_the_next_day():
    assert by_day("2026-03-08 15:00", "2026-03-08 16:00", SHANGHAI) == {"2026-03-08": 60}
    assert by_day("2026-03-08 16:00", "2026-03-08 17:00", SHANGHAI) == {"2026-03-09": 60}


def test_a_stretch_of_days_fills_those_between():
    assert by_day("2026-03-06 15:59", "2026-03-08 16:01", SHANGHAI) == {
        "2026-03-06": 1,
        "2026-03-07": 1_440,
        "2026-03-08": 1_440,
        "2026-03-09": 1,
    }


def test_only_whole_minutes_of_a_day_count():
    assert by_day("2026-03-08 01:00:30", "2026-03-08 01:02:29.999999", SHANGHAI) == {"2026-03-08": 1}
    assert by_day("2026-03-08 15:58:30", "2026-03-08 16:01:30", SHANGHAI) == {
        "2026-03-08": 1,
        "2026-03-09": 1,
    }


def test_a_day_with_less_than_a_minute_is_not_named():
    assert by_day("2026-03-08 15:59:30", "2026-03-08 16:30", SHANGHAI) == {"2026-03-09": 30}
    assert by_day("2026-03-08 15:30", "2026-03-08 16:00:59", SHANGHAI) == {"2026-03-08": 30}
    assert by_day("2026-03-08 15:59:30", "2026-03-08 16:00:30", SHANGHAI) == {}


def test_a_stretch_that_ends_no_later_than_it_begins_has_no_minutes():
    assert by_day("2026-03-08 10:00", "2026-03-08 10:00", SHANGHAI) == {}
    assert by_day("2026-03-08 10:00", "2026-03-08 09:00", SHANGHAI) == {}


def test_minutes_are_the_same_whatever_the_offset_instants_are_written_with():
    begins, ends = utc("2026-10-24 21:30"), utc("2026-10-25 03:00")
    assert minutes_by_day(begins.astimezone(BERLIN), ends.astimezone(BERLIN), BERLIN) == {
        date(2026, 10, 24): 30,
        date(2026, 10, 25): 300,
    }


# --- days on which clocks change ------------------------------------------------------------------------------------


def test_an_hour_that_the_clock_skips_does_not_count():
    assert by_day("2026-03-29 00:30", "2026-03-29 01:30", BERLIN) == {"2026-03-29": 60}
    assert by_day("2026-03-28 23:00", "2026-03-29 22:00", BERLIN) == {"2026-03-29": 23 * 60}


def test_an_hour_that_the_clock_shows_twice_counts_twice():
    assert by_day("2026-10-25 00:00", "2026-10-25 02:00", BERLIN) == {"2026-10-25": 120}
    assert by_day("2026-10-24 22:00", "2026-10-25 22:00", BERLIN) == {"2026-10-25": 1_440}


def test_a_day_of_25_hours_has_1440_minutes_at_most():
    assert by_day("2026-10-24 22:00", "2026-10-25 23:00", BERLIN) == {"2026-10-25": 1_440}
    assert by_day("2026-10-24 21:00", "2026-10-26 00:00", BERLIN) == {
        "2026-10-24": 60,
        "2026-10-25": 1_440,
        "2026-10-26": 60,
    }


@pytest.mark.parametrize(
    ("zone", "begins", "ends", "day", "next_day"),
    [
        # 23:30 to, an hour later, 01:30: there is no midnight.
        (HAVANA, "2025-03-09 04:30", "2025-03-09 05:30", "2025-03-08", "2025-03-09"),
        (BEIRUT, "2025-03-29 21:30", "2025-03-29 22:30", "2025-03-29", "2025-03-30"),
    ],
)
def test_a_day_ends_where_clocks_go_forward_at_midnight(
    zone: ZoneInfo, begins: str, ends: str, day: str, next_day: str
):
    assert by_day(begins, ends, zone) == {day: 30, next_day: 30}


def test_a_day_ends_at_the_first_of_two_midnights_if_clocks_go_back_to_it():
    """It ended at the second: in Havana, an hour of the next day was counted for it."""
    assert by_day("2025-11-02 03:30", "2025-11-02 04:30", HAVANA) == {"2025-11-01": 30, "2025-11-02": 30}
    assert by_day("2025-11-02 03:30", "2025-11-02 05:30", HAVANA) == {"2025-11-01": 30, "2025-11-02": 90}
    assert by_day("2025-11-02 05:00", "2025-11-02 05:30", HAVANA) == {"2025-11-02": 30}


def test_a_day_to_which_clocks_go_back_at_midnight_has_its_last_hour_twice():
    assert by_day("2025-10-25 20:30", "2025-10-25 22:30", BEIRUT) == {"2025-10-25": 90, "2025-10-26": 30}


def test_a_day_ends_at_the_second_of_two_midnights_if_clocks_go_back_past_it():
    # At 00:01 to 23:01: the minute after the first midnight lies between two parts of the day before.
    assert by_day("2006-10-29 02:00", "2006-10-29 02:31", ST_JOHNS) == {"2006-10-28": 31}
    assert by_day("2006-10-29 02:00", "2006-10-29 04:00", ST_JOHNS) == {"2006-10-28": 90, "2006-10-29": 30}
    assert by_day("2006-10-29 03:00", "2006-10-29 04:00", ST_JOHNS) == {"2006-10-28": 30, "2006-10-29": 30}


def test_a_day_whose_clocks_go_forward_a_minute_after_midnight_has_23_hours():
    assert by_day("2006-04-02 03:00", "2006-04-02 04:00", ST_JOHNS) == {"2006-04-01": 30, "2006-04-02": 30}
    assert by_day("2006-04-02 03:30", "2006-04-03 02:30", ST_JOHNS) == {"2006-04-02": 23 * 60}


# --- any stretch ----------------------------------------------------------------------------------------------------

SIX_DAYS = 6 * MINUTES_A_DAY
CHANGES = [
    (zone, utc(change))
    for zone, changes in [
        (BERLIN, ["2026-03-29 01:00", "2026-10-25 01:00"]),
        (HAVANA, ["2025-03-09 05:00", "2025-11-02 05:00"]),
        (BEIRUT, ["2025-03-29 22:00", "2025-10-25 21:00"]),
        (SHANGHAI, ["2026-03-08 16:00"]),
    ]
    for change in changes
]
PAST = [(ST_JOHNS, utc("2006-04-02 03:31")), (ST_JOHNS, utc("2006-10-29 02:31"))]


@for_all(
    st.sampled_from(CHANGES + PAST),
    st.timedeltas(timedelta(days=-3), timedelta(days=3)),
    st.timedeltas(timedelta(), timedelta(days=7)),
)
def test_minutes_are_no_more_than_there_were_and_days_come_in_order(
    change: tuple[ZoneInfo, datetime], before: timedelta, length: timedelta
):
    zone, moment = change
    found = minutes_by_day(moment + before, moment + before + length, zone)
    assert sum(found.values()) <= length // MINUTE
    assert all(0 < minutes <= MINUTES_A_DAY for minutes in found.values())
    assert list(found) == sorted(found)


@for_all(st.sampled_from(CHANGES), st.integers(-2_000, 2_000), st.integers(0, SIX_DAYS))
@example(CHANGES[3], -90, 60)
def test_each_minute_counts_on_the_day_that_it_lies_in(
    change: tuple[ZoneInfo, datetime], before: int, length: int
):
    zone, moment = change
    begins = moment + before * MINUTE
    each = Counter(day_of(begins + minute * MINUTE, zone) for minute in range(length))
    found = minutes_by_day(begins, begins + length * MINUTE, zone)
    assert found == {day: min(minutes, MINUTES_A_DAY) for day, minutes in each.items()}
