"""Minutes: whole numbers, bounded, and how they are said to people."""

from typing import Annotated

from msgspec import Meta

MINUTES_A_DAY = 1_440
"""The most anybody serves in one day, also on days of 23 or 25 hours."""

MOST_MINUTES = 1_000_000_000
"""The most that one movement carries: no sum of a ledger's movements leaves 64 bits."""

Minutes = Annotated[int, Meta(gt=0, le=MOST_MINUTES)]
DayMinutes = Annotated[int, Meta(gt=0, le=MINUTES_A_DAY)]
CreditMinutes = Annotated[int, Meta(ge=0, le=MOST_MINUTES)]


def spoken(minutes: int, language: str = "en") -> str:
    """Minutes as a person says them: `2 h 30 min`, `1,000小时`; below zero with a minus in front."""
    sign = "-" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    hour_unit, minute_unit = ("小时", "分" if hours else "分钟") if language == "zh" else (" h", " min")
    parts = [f"{hours:,}{hour_unit}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{minute_unit}")
    return sign + ("" if language == "zh" else " ").join(parts)
