"""What all chapters of the year share: chance, ids, days, and who is there."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ledger.application import Ask
from ledger.bootstrap import STAFF
from ledger.cli.year.timeline import Timeline
from ledger.domain.commands import Command

ZONE = "Asia/Shanghai"
FIRST, LAST = date(2025, 9, 1), date(2026, 8, 31)
COORDINATOR = "stf_coordinator"


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
    assignments: dict[str, str] = field(default_factory=dict[str, str])
    """The team assignment of those who have one."""
    served: list[str] = field(default_factory=list[str])
    """Who has something to spend, in the order in which they got it."""

    def __post_init__(self) -> None:
        """Begin with the seed."""
        self.chance = seeded(self.seed)

    def new_id(self, prefix: str) -> str:
        """An id by chance."""
        return f"{prefix}_{self.chance.getrandbits(128):032x}"

    def some(self, crowd: Sequence[str], count: int) -> list[str]:
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
