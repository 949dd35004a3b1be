"""Minutes, and how they are said."""

import re

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain.minutes import MOST_MINUTES, spoken

SAID = {
    "en": re.compile(r"(-)?(?:([\d,]+) h)? ?(?:(\d+) min)?"),
    "zh": re.compile(r"(-)?(?:([\d,]+)小时)?(?:(\d+)分钟?)?"),
}


@pytest.mark.parametrize(
    ("minutes", "english", "chinese"),
    [
        (0, "0 min", "0分钟"),
        (1, "1 min", "1分钟"),
        (59, "59 min", "59分钟"),
        (60, "1 h", "1小时"),
        (61, "1 h 1 min", "1小时1分"),
        (150, "2 h 30 min", "2小时30分"),
        (6_000, "100 h", "100小时"),
        (59_999, "999 h 59 min", "999小时59分"),
        (60_000, "1,000 h", "1,000小时"),
        (-74_074_020, "-1,234,567 h", "-1,234,567小时"),
        (-45, "-45 min", "-45分钟"),
        (-90, "-1 h 30 min", "-1小时30分"),
    ],
)
def test_minutes_are_said_as_people_say_them(minutes: int, english: str, chinese: str):
    assert spoken(minutes) == spoken(minutes, "en") == english
    assert spoken(minutes, "zh") == chinese


@for_all(st.integers(-MOST_MINUTES, MOST_MINUTES), st.sampled_from(["en", "zh"]))
def test_what_is_said_can_be_understood(minutes: int, language: str):
    assert understood(spoken(minutes, language), language) == minutes


def understood(said: str, language: str) -> int:
    found = SAID[language].fullmatch(said)
    assert found is not None
    minus, hours, rest = found.groups()
    assert hours or rest
    assert rest is None or hours is None or 0 < int(rest) < 60
    return (-1 if minus else 1) * (60 * int((hours or "0").replace(",", "")) + int(rest or 0))
