"""The one story of all kinds of stays: in whatever order they are asked for and ended, like ones never share a day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from ledger.domain.commands import Command
from ledger.domain.events import Event
from tests.scenario import MONDAY, given
from tests.stories_world import WORLD

DAYS = [MONDAY + timedelta(days=later) for later in range(8)]
FAR_OFF = MONDAY + timedelta(days=20)
"""Whatever holds by then holds for ever: no wish ends as late."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A stay that somebody asks for; with it, on its first day, the stay asked for before may end."""

    what: str
    since: date
    until: date | None
    ends_the_one_before: bool

    def days(self) -> Iterator[date]:
        """Every day on which the stay would hold, of those that matter."""
        day = self.since
        while day < (self.until or FAR_OFF):
            yield day
            day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of stay: how it is asked for and ended, and the fields of its facts with its id and with what it is of."""

    begin: Callable[[Wish, str], Command]
    end: Callable[[str, date], Command]
    identifier: str
    what: str

    def play(self, wishes: list[Wish]) -> None:
        """Let all wishes be asked for; each is granted if nothing like it holds on any of its days."""
        facts: list[Event] = []
        ids = [f"{self.identifier[:3]}_no{number}" for number in range(len(wishes))]
        for number, wish in enumerate(wishes):
            free = all(wish.what not in self.holding(day, facts) for day in wish.days())
            told = given(WORLD, *facts).when(self.begin(wish, ids[number]))
            assert (told.refusal is None) == free
            facts += told.events
            if wish.ends_the_one_before and number:
                former = ids[number - 1]
                own = [fact for fact in facts if getattr(fact, self.identifier) == former]
                facts += given(*own).when(self.end(former, wish.since)).events
        for day in DAYS:
            held = self.holding(day, facts)
            assert len(held) == len(set(held))

    def holding(self, day: date, facts: list[Event]) -> list[str]:
        """What stays hold on a day: begun, not run out, and not ended."""
        begun = [fact for fact in facts if hasattr(fact, "until")]
        ended = {getattr(fact, self.identifier) for fact in facts if fact not in begun and fact.on <= day}
        return [
            getattr(fact, self.what)
            for fact in begun
            if fact.on <= day < (getattr(fact, "until", None) or date.max)
            and getattr(fact, self.identifier) not in ended
        ]


def wishes_for(*whats: str) -> st.SearchStrategy[list[Wish]]:
    """Stays of up to five days, or without end, of any of some things."""

    def wish(what: str, since: date, length: int | None, ends_the_one_before: bool) -> Wish:
        until = None if length is None else since + timedelta(days=length)
        return Wish(what, since, until, ends_the_one_before)

    lengths = st.none() | st.integers(1, 5)
    one = st.builds(wish, st.sampled_from(whats), st.sampled_from(DAYS), lengths, st.booleans())
    return st.lists(one, max_size=8)
