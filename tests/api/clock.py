"""A clock that can be put forward, so that a shift is over when a test wants it to be."""

from datetime import datetime, timedelta

from ledger.application import utc_now


class Clock:
    """The system's clock, ahead of it by however much it was put forward."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self._ahead

    def forward(self, **some: float) -> None:
        """Let time pass: `forward(hours=3)`."""
        self._ahead += timedelta(**some)
