"""Closing months: what was reported of a month stays what it was, and what comes later is told apart."""

from datetime import date
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import Command, Facts, Fold, Refusal, Seen
from ledger.domain.events import Event, PeriodClosed
from ledger.domain.events.periods import Month


class PeriodAlreadyClosed(Refusal):
    """A month is closed once: what was reported of it is not taken back."""

    code = "period-already-closed"
    en = "{month} is closed already."
    zh = "{month} 已经结账。"


class PeriodNotOver(Refusal):
    """A month whose days have not all passed cannot be reported whole."""

    code = "period-not-over"
    en = "{month} is not over yet."
    zh = "{month} 尚未结束。"


class ClosedPeriods(Fold):
    """The months that are closed."""

    types: ClassVar = frozenset({PeriodClosed})

    def __init__(self, about: str) -> None:
        """None is closed yet."""
        self.months: set[str] = set()

    def see(self, event: Event) -> None:
        """Remember the month."""
        assert isinstance(event, PeriodClosed)
        self.months.add(event.month)


CLOSED_PERIODS = Facts(ClosedPeriods, tags.PERIODS)


class ClosePeriod(Command, frozen=True, kw_only=True):
    """Close a month that is over."""

    refusals: ClassVar = (PeriodAlreadyClosed, PeriodNotOver)

    month: Month

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (CLOSED_PERIODS,)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if self.month in seen[CLOSED_PERIODS].months:
            raise PeriodAlreadyClosed(month=self.month)
        if _month_of(seen.today) <= self.month:
            raise PeriodNotOver(month=self.month)
        return (PeriodClosed(on=seen.today, month=self.month),)


def _month_of(day: date) -> str:
    return day.isoformat()[:7]
