"""What the parts of the model share: refusing, and counting positions."""

from datetime import UTC, date, datetime, timedelta

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
LOCAL = timedelta(hours=8)
"""How far the ledger's one time zone, Asia/Shanghai, is ahead of UTC."""


class Refused(Exception):
    """A rule says no."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Part:
    """The log's head, the time it is, and who asks: `now` is what the clock shows, `at` what the log writes down."""

    def __init__(self) -> None:
        super().__init__()
        self.head = 0
        self.now = self.at = LONG_AGO
        self.today = LONG_AGO.date()
        self.by = ""

    def refuse(self, code: str, reason: object) -> None:
        """Say no if there is reason to."""
        if reason:
            raise Refused(code)

    def record(self, facts: int = 1) -> None:
        """So many facts are appended."""
        self.head += facts


def day_of(instant: datetime) -> date:
    """The local day that an instant lies in."""
    return (instant + LOCAL).date()
