"""Stays: what holds from a day until, not including, another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from ledger.domain.commands import AlreadyRecorded, Fold, Refusal


class EmptyTime(Refusal):
    """A time ends before it has a day."""

    code = "empty-time"
    en = "It would end ({until}) no later than it begins ({day})."
    zh = "结束日期 {until} 不晚于开始日期 {day}。"


class DoesNotHold(Refusal):
    """There is nothing under the id to end, or it does not hold on the day."""

    code = "does-not-hold"
    en = "{id} does not hold on {day}."
    zh = "记录 {id} 在 {day} 无效。"


@dataclass(slots=True)
class Stay:
    """Something that holds from a day until, not including, another; with no end in sight, `until` is None."""

    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= day and (self.until is None or day < self.until)

    def meets(self, since: date, until: date | None) -> bool:
        """Whether it shares a day with another time; one that ends on the day it begins has none."""
        ends = [end for end in (self.until, until) if end is not None]
        return not ends or max(self.since, since) < min(ends)


S = TypeVar("S", bound=Stay)


class Stays(Fold, Generic[S]):
    """The stays that the facts under a tag tell of: all those of a thing or person, or the one that an id names."""

    def __init__(self, about: str) -> None:
        """None yet."""
        self._stays: dict[str, S] = {}

    def begin(self, identifier: str, stay: S) -> None:
        """Remember a new stay."""
        self._stays[identifier] = stay

    def end(self, identifier: str, day: date) -> None:
        """Let a stay end: `day` is the first on which it no longer holds."""
        self._stays[identifier].until = day

    def holding(self, identifier: str, day: date) -> S:
        """The stay of an id; refuses with DoesNotHold unless it holds on the day."""
        stay = self._stays.get(identifier)
        if stay is None or not stay.holds(day):
            raise DoesNotHold(id=identifier, day=day.isoformat())
        return stay

    def meeting(self, since: date, until: date | None) -> Iterator[S]:
        """Those that share a day with a time."""
        return (stay for stay in self._stays.values() if stay.meets(since, until))

    def refuse_recorded(self, identifier: str) -> None:
        """Refuse with AlreadyRecorded if a stay ever began under the id."""
        if identifier in self._stays:
            raise AlreadyRecorded(id=identifier)


def refuse_empty(day: date, until: date | None) -> None:
    """Refuse with EmptyTime a time that ends on the day it begins, or before."""
    if until is not None and until <= day:
        raise EmptyTime(day=day.isoformat(), until=until.isoformat())
