"""What the parts of the model share: refusing, and counting positions."""

from datetime import UTC, datetime

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Refused(Exception):
    """A rule says no."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Part:
    """The log's head, the time it is, and who asks."""

    def __init__(self) -> None:
        super().__init__()
        self.head = 0
        self.at = LONG_AGO
        self.today = LONG_AGO.date()
        self.by = ""

    def refuse(self, code: str, reason: object) -> None:
        """Say no if there is reason to."""
        if reason:
            raise Refused(code)

    def record(self, facts: int = 1) -> None:
        """So many facts are appended."""
        self.head += facts
