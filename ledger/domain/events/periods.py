"""What happens to periods: months are closed."""

from typing import Annotated

from msgspec import Meta

from ledger.domain import tags
from ledger.domain.events.base import Event

Month = Annotated[str, Meta(pattern=r"^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])\Z")]
"""A month by day of service, as `YYYY-MM`."""


class PeriodClosed(Event, frozen=True, kw_only=True, tag="period-closed"):
    """A month was reported as all facts before this one tell it; whatever comes later for the month is a correction."""

    month: Month

    def own_tags(self) -> tuple[str, ...]:
        return (tags.PERIODS,)
