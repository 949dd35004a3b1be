"""What all chapters of the year share: chance, ids, days, and who is there."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from ledger.application import Ask
from ledger.bootstrap import STAFF
from ledger.demo.timeline import Timeline
from ledger.domain.commands import Command
from ledger.domain.events import Venue

ZONE = "Asia/Shanghai"
FIRST, LAST = date(2025, 9, 1), date(2026, 8, 31)
COORDINATOR = "stf_coordinator"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Village:
    """A village with its town."""

    id: str
    name: str
    town: str


@dataclass(slots=True)
class Story:
    """The year as it is being told; the same seed tells the same."""

    seed: int
    volunteers: int
    activities: int
    chance: random.Random = field(init=False)
    timeline: Timeline = field(default_factory=Timeline)
    towns: list[str] = field(default_factory=list[str])
    villages: list[Village] = field(default_factory=list[Village])
    teams: list[str] = field(default_factory=list[str])
    people: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Volunteers by town."""
    neighbours: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Volunteers by the village that they registered in."""
    team_of: dict[str, str] = field(default_factory=dict[str, str])
    """The team of those who belong to one."""
    venues: list[Venue] = field(default_factory=list[Venue])
    served: list[str] = field(default_factory=list[str])
    """Who has something to spend, in the order in which they got it."""

    def __post_init__(self) -> None:
        """Begin with the seed."""
        self.chance = seeded(self.seed)

    def new_id(self, prefix: str) -> str:
        """An id by chance."""
        return f"{prefix}_{self.chance.getrandbits(128):032x}"

    def regulars(self, town: str) -> list[str]:
        """An eighth of a town's volunteers, who come more often than the others."""
        people = self.people[town]
        return people[: len(people) // 8 + 1]

    def spenders(self, count: int) -> list[str]:
        """So many of those who served, or fewer: who serves more has more to spend, and does it more often."""
        return list(dict.fromkeys(self.some(self.served, count)))

    def some(self, crowd: Sequence[T], count: int) -> list[T]:
        """So many of a crowd, or all."""
        return self.chance.sample(crowd, min(count, len(crowd)))

    def happens(self, percent: int) -> bool:
        """Whether something happens that does in so many cases of a hundred."""
        return self.chance.randrange(100) < percent


def seeded(seed: int) -> random.Random:
    """Chance that a seed repeats: for stories, and not for secrets."""
    return random.Random(seed)  # noqa: S311


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of day in the county."""
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(ZONE))
    return local.astimezone(UTC)


def days() -> list[date]:
    """Every day of the year."""
    return [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


def months() -> list[date]:
    """The first of every month of the year."""
    return [day for day in days() if day.day == 1]


def by_staff(command: Command) -> Ask:
    """A command of the office."""
    return Ask(command, STAFF)
