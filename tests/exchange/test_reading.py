"""One value at a time: what an office's day or time may look like, and what is refused."""

import re
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.spelling import normal
from ledger.exchange.reading import read_day, read_minutes, squeezed

FULL_WIDTH = str.maketrans("0123456789.-/", "０１２３４５６７８９．－／")

anything = st.text(max_size=60)
near_misses = st.text(alphabet="0123456789０５²½٣.,-/:年月日小时分钟 \u3000", max_size=24)
days = st.dates()


@given(anything | near_misses)
def test_normal_and_squeezed_change_nothing_the_second_time(text: str):
    assert normal(normal(text)) == normal(text)
    assert squeezed(squeezed(text)) == squeezed(text)


def test_normal_folds_width_and_white_space():
    assert normal("\u3000 ＳＤ０１\t 张\n三 ") == "SD01 张 三"


def test_squeezed_removes_all_white_space():
    assert squeezed(" 服务时长\n（小 时）\u3000") == "服务时长(小时)"


@pytest.mark.parametrize(
    "text",
    [
        "2024-09-05",
        "2024.9.5",
        "2024/9/5",
        "2024/09/5",
        "2024年9月5日",
        "2024 年 9 月 5 日",
        "２０２４年９月５日",
        "２０２４．９．５",
        " 2024-09-05\n",
        "2024-09-05 00:00:00",
        "2024-09-05T08:30",
        "2024/9/5 8:30:15.250",
        "20240905",
        "2024年9月5号",
        "45540",
        "４５５４０",
    ],
)
def test_a_day_is_read_however_an_office_writes_it(text: str):
    assert read_day(text) == date(2024, 9, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "去年",
        "2024年",
        "2024-09",
        "24.9.5",
        "2024-9/5",
        "2024,9,5",
        "5.9.2024",
        "2024-09-05-",
        "2024-09-05 24:00",
        "2024-09-05T08:30Z",
        "45540.5",
        "-45540",
    ],
)
def test_what_is_no_day_cannot_be_read(text: str):
    assert read_day(text) is None


@pytest.mark.parametrize("text", ["2026-02-30", "2026年2月29日", "2024.13.1", "2024-00-01", "0000-01-01"])
def test_a_day_that_does_not_exist_cannot_be_read(text: str):
    assert read_day(text) is None


@given(days)
def test_every_day_is_read_in_each_style(day: date):
    written = f"{day.year:04}.{day.month}.{day.day}"
    assert read_day(day.isoformat()) == day
    assert read_day(written) == day
    assert read_day(written.replace(".", "/").translate(FULL_WIDTH)) == day
    assert read_day(f"{day.year:04}年{day.month}月{day.day}日") == day


@given(st.integers(0, 99_999))
def test_a_serial_number_is_a_day_from_1950_to_2100_only(serial: int):
    day = date(1899, 12, 30) + timedelta(days=serial)
    assert read_day(str(serial)) == (day if 1950 <= day.year <= 2100 else None)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2", 120),
        ("1.5", 90),
        ("2.0", 120),
        ("２．５", 150),
        ("0.05", 3),
        ("0", 0),
        (" 1.5 ", 90),
        ("90分钟", 90),
        ("１２０ 分钟", 120),
        ("2小时", 120),
        ("1小时30分", 90),
        ("1小时30分钟", 90),
        ("0小时45分", 45),
        ("1 小时 5 分", 65),
        ("1.5小时", 90),
        ("90分", 90),
        ("半小时", 30),
        ("1:30", 90),
        ("00:05:00", 5),
        ("2个小时", 120),
        ("1小时半", 90),
        ("1小时30", 90),
        ("2h", 120),
        ("-2", -120),
        ("-30分钟", -30),
        ("-1小时30分", -90),
    ],
)
def test_service_time_is_read_in_whole_minutes(text: str, minutes: int):
    assert read_minutes(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "半天",
        "1:60",
        "1:30:15",
        "1.01小时",
        "1.5小时30分",
        "1,5",
        "1 5",
        "1.",
        ".5",
        "+2",
        "--2",
        "1e3",
        "6.1E+17",
        "1.5分钟",
        "小时",
        "1小时60分",
        "1小时90分",
        "2小时左右",
        "约2小时",
        "nan",
        "\0",
    ],
)
def test_what_is_no_service_time_cannot_be_read(text: str):
    assert read_minutes(text) is None


@pytest.mark.parametrize("text", ["0.01", "1.3333", "0.3333333333", "2.0000000001"])
def test_hours_that_give_no_whole_minutes_cannot_be_read(text: str):
    assert read_minutes(text) is None


@pytest.mark.parametrize(
    "text", ["2²", "²", "①", "½", "⒉", "٢", "२", "𝟐", "㏠", "2024年9月⁵日", "2⁰24-09-05"]
)
def test_digits_other_than_plain_and_full_width_are_refused(text: str):
    assert read_minutes(text) is None
    assert read_day(text) is None


@pytest.mark.parametrize("text", ["9" * 10_000, "0." + "0" * 10_000, "-" * 10_000, "1小时" * 3_000])
def test_a_huge_cell_is_no_service_time_and_no_day(text: str):
    assert read_minutes(text) is None
    assert read_day(text) is None


@given(st.integers(-9999, 9999), st.integers(0, 9999))
def test_decimal_hours_are_exact_or_refused(hours: int, ten_thousandths: int):
    text = f"{hours}.{ten_thousandths:04}"
    exact = Fraction(text) * 60
    assert read_minutes(text) == (exact if exact.denominator == 1 else None)


@given(st.integers(0, 999), st.integers(0, 59))
def test_hours_and_minutes_say_the_same_in_each_style(hours: int, minutes: int):
    total = hours * 60 + minutes
    assert read_minutes(f"{hours}小时{minutes}分") == total
    assert read_minutes(f"{hours}小时{minutes}分钟".translate(FULL_WIDTH)) == total
    assert read_minutes(f"{total}分钟") == total


@given(anything | near_misses)
def test_any_text_is_read_or_refused_but_never_breaks(text: str):
    minutes, day = read_minutes(text), read_day(text)
    assert minutes is None or abs(minutes) < 2**63
    if minutes is not None or day is not None:
        assert re.search("[0-9]", normal(text))
