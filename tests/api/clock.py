"""A clock that stands still until it is put forward, so that a shift is over when a test wants it to be."""

from datetime import UTC, datetime, timedelta

MORNING = datetime(2026, 12, 1, 1, tzinfo=UTC)
"""Nine o'clock in the village: whatever begins within hours begins on the same day, whenever the tests run."""


class Clock:
    """Tells the same moment until time passes."""

    def __init__(self, now: datetime = MORNING) -> None:
        self._now = now

    def __call__(self) -> datetime:
        return self._now

    def forward(self, **some: float) -> None:
        """Let time pass: `forward(hours=3)`."""
        self._now += timedelta(**some)
