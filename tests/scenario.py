"""Rules told as little stories: given facts, when a command, then other facts or a refusal.

    given(WORLD, earned(ANN, 30)).when(give(ANN, BOB, 45)).then_refused(NotEnoughCredits)

No database and no clock: a command sees what its boundary names, and a fact given outside of that fails the test.

What stories are told with is in `tests.stories_world` and the other modules of that name: facts read in the past tense,
commands as orders. `WORLD` and its parts are a background: of them a story takes what the command's boundary covers.
"""

import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

import ledger
from ledger.domain.commands import Command, Facts, InvalidInput, Malformed, Refusal, Seen
from ledger.domain.events import Event
from ledger.domain.events.base import UNSTAMPED, Cause
from ledger.domain.postings import postings
from ledger.store.codec import decode, stored
from tests.refusals import refuse_undeclared

ZONE = "Asia/Shanghai"

# The week in which stories play; "today" is its Sunday.
NEW_YEAR = date(2026, 1, 1)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 3, day) for day in range(2, 9))
TOMORROW = date(2026, 3, 9)

CLERK = "stf_clerk"

ROUNDS = 2
E = TypeVar("E", bound=Event)
K = TypeVar("K")


# --- the story ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Background:
    """Facts taken for granted: a story has those of them that its command's boundary covers."""

    facts: tuple[Event, ...]

    def __add__(self, other: "Background") -> "Background":
        return Background(self.facts + other.facts)


@dataclass(frozen=True, slots=True)
class Told:
    """What a command led to."""

    events: tuple[Event, ...] = ()
    refusal: Refusal | None = None

    def then(self, *expected: Event) -> None:
        """Exactly these facts follow, in this order."""
        assert self.refusal is None, f"refused: {self.refusal!r}"
        assert self.events == tuple(map(unstamped, expected))

    def then_recorded(self, kind: type[E], **fields: object) -> E:
        """One fact follows, of this kind and with these fields; it is given back."""
        assert self.refusal is None, f"refused: {self.refusal!r}"
        (event,) = self.events
        assert type(event) is kind
        assert {name: getattr(event, name) for name in fields} == fields
        return event

    def then_refused(self, kind: type[Refusal], **details: str | int) -> Refusal:
        """The command is refused, for this reason and with these details; the refusal is given back."""
        assert self.refusal is not None, f"recorded: {self.events}"
        assert type(self.refusal) is kind
        assert {name: self.refusal.details.get(name) for name in details} == details
        return self.refusal

    def then_malformed(self, field: str) -> None:
        """A field of the command holds what no such field may."""
        self.then_refused(InvalidInput, field=field)


@dataclass(frozen=True, slots=True)
class Given:
    """What has happened so far."""

    facts: tuple[Event | Background, ...]

    def when(
        self, command: Command, *, by: str = CLERK, today: date = SUNDAY, now: datetime | None = None
    ) -> Told:
        """Let somebody command something, at noon of a day unless an instant is given."""
        moment = noon(today) if now is None else now
        command = as_received(command)
        seen = self._sight(command, by, moment)
        try:
            events = command.decide(seen)
        except Refusal as refusal:
            refuse_unspeakable(refusal)
            refuse_undeclared(command, refusal)
            return Told(refusal=refusal)
        for event in events:
            refuse_unfit(event, by, moment)
        return Told(tuple(map(unstamped, events)))

    def _sight(self, command: Command, by: str, now: datetime) -> Seen:
        """What the command sees, as the log lets it: its boundary, and at most two rounds further."""
        lines = list(dict.fromkeys(command.boundary()))
        for _ in range(ROUNDS):
            lines.extend(_further(command, self._seen(lines, by, now), lines))
        seen = self._seen(lines, by, now)
        third = _further(command, seen, lines)
        assert not third, f"{type(command).__name__} would need a third round for {third}"
        self._refuse_facts_outside(command, lines)
        return seen

    def _seen(self, lines: list[Facts[Any]], by: str, now: datetime) -> Seen:
        folds = {line: line.fold(line.about) for line in lines}
        for event in self._events():
            for line, fold in folds.items():
                if line.cover(event):
                    fold.see(event)
        return Seen(folds=folds, by=by, now=now, zone=ZoneInfo(ZONE))

    def _events(self) -> Iterable[Event]:
        for fact in self.facts:
            yield from fact.facts if isinstance(fact, Background) else (fact,)

    def _refuse_facts_outside(self, command: Command, lines: list[Facts[Any]]) -> None:
        named = [fact for fact in self.facts if not isinstance(fact, Background)]
        outside = [fact for fact in named if not any(line.cover(fact) for line in lines)]
        assert not outside, f"{type(command).__name__} does not depend on {outside}"


def given(*facts: Event | Background) -> Given:
    """Begin a story with what has happened, in the order in which the log learned it."""
    return Given(facts)


def as_received(command: Command) -> Command:
    """The command as it reads once it has been bytes, as the application reads it; if it cannot be read, one that
    refuses for that."""
    try:
        return msgspec.json.decode(msgspec.json.encode(command), type=type(command))
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$.")
        return Malformed(field=where.rstrip("`"), reason=reason)


def unstamped(event: Event) -> Event:
    """A fact without what only the log knows of it."""
    return msgspec.structs.replace(event, id="", at=UNSTAMPED, by="", cause=Cause())


def refuse_unfit(event: Event, by: str, now: datetime) -> None:
    """Fail unless a decided fact is what every decided fact is: for the log to stamp, storable, and in balance."""
    assert event == unstamped(event)
    stamped = msgspec.structs.replace(event, id="evt_" + "a" * 26, at=now, by=by)
    assert decode(stored(1, stamped).data) == stamped
    assert sum(line.minutes for line in postings(event)) == 0


def refuse_unspeakable(refusal: Refusal) -> None:
    """Fail unless a refusal can be told, in both languages."""
    english, chinese = refusal.sentence("en"), refusal.sentence("zh")
    assert english == str(refusal)
    assert refusal.en.isascii()
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese)


def _further(command: Command, seen: Seen, known: list[Facts[Any]]) -> list[Facts[Any]]:
    return [line for line in dict.fromkeys(command.further(seen)) if line not in known]


def every(base: type[K]) -> list[type[K]]:
    """Every public kind of something that there is in the house, by name: `every(Refusal)`."""
    for module in pkgutil.walk_packages(ledger.__path__, "ledger."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: list[type[K]] = []
    waiting = base.__subclasses__()
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("ledger.") and not kind.__name__.startswith("_"):
            found.append(kind)
    return sorted(found, key=lambda kind: kind.__name__)


def noon(day: date) -> datetime:
    """The instant of noon, in the ledger's zone."""
    return datetime.combine(day, time(12), ZoneInfo(ZONE)).astimezone(UTC)
