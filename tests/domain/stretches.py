"""Pairs of stretches of time, and whether some moment is in both."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.scenario import FRIDAY, SATURDAY, SUNDAY
from tests.stories_shifts import NINE, NOON, at

BERLIN = ZoneInfo("Europe/Berlin")


def berlin(day: date, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN, fold=fold).astimezone(UTC)


SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""At 02:00 clocks go to 03:00; at 03:00 they go back to 02:00."""

INTERVALS = [
    ("before", at(SATURDAY, 7), at(SATURDAY, 8), False),
    ("touching its beginning", at(SATURDAY, 8), NINE, False),
    ("into its beginning", at(SATURDAY, 8), NINE + timedelta(seconds=1), True),
    ("nested", at(SATURDAY, 10), at(SATURDAY, 11), True),
    ("equal", NINE, NOON, True),
    ("around it", at(SATURDAY, 8), at(SATURDAY, 13), True),
    ("with one beginning", NINE, at(SATURDAY, 10), True),
    ("with one end", at(SATURDAY, 11), NOON, True),
    ("into its end", NOON - timedelta(seconds=1), at(SATURDAY, 13), True),
    ("touching its end", NOON, at(SATURDAY, 13), False),
    ("after", at(SATURDAY, 13), at(SATURDAY, 14), False),
    ("from the night before into it", at(FRIDAY, 22), at(SATURDAY, 9, 1), True),
    ("the night before", at(FRIDAY, 22), at(SATURDAY, 6), False),
    ("across midnight after it", at(SATURDAY, 22), at(SUNDAY, 2), False),
]
OF_CHANGING_CLOCKS = [
    # As the wall shows them these two would share 01:30 to 03:00; there is no 02:00 to 03:00 that night.
    (
        "the hour that is left out",
        berlin(SPRING, 1),
        berlin(SPRING, 3),
        berlin(SPRING, 3),
        berlin(SPRING, 4),
        False,
    ),
    (
        "across the hour that is left out",
        berlin(SPRING, 1),
        berlin(SPRING, 4),
        berlin(SPRING, 3),
        berlin(SPRING, 5),
        True,
    ),
    # Both say 02:00 to 02:59 on the wall: one is before the clocks go back, the other after.
    (
        "the hour that comes twice",
        berlin(AUTUMN, 2),
        berlin(AUTUMN, 2, fold=1),
        berlin(AUTUMN, 2, fold=1),
        berlin(AUTUMN, 3),
        False,
    ),
    (
        "in the hour that comes twice",
        berlin(AUTUMN, 2),
        berlin(AUTUMN, 2, 30, fold=1),
        berlin(AUTUMN, 2, 15, fold=1),
        berlin(AUTUMN, 3),
        True,
    ),
]
CASES = [
    (name, NINE, NOON, begins, ends, clash) for name, begins, ends, clash in INTERVALS
] + OF_CHANGING_CLOCKS
