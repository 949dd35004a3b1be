"""What all commands share: the facts they depend on, what they see of them, and how they refuse."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from types import MappingProxyType
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar, cast

from msgspec import Struct

from ledger.domain.events import Event
from ledger.domain.instants import day_of


class Fold:
    """What a decision needs to know of the facts under one tag, gathered fact by fact in log order.

    `remembered` is False where hardly anybody asks a second time, as for the id of something new.
    """

    types: ClassVar[frozenset[type[Event]]]
    remembered: ClassVar[bool] = True

    def __init__(self, about: str) -> None:
        """Know nothing yet; `about` is the tag whose facts will be seen."""

    @abstractmethod
    def see(self, event: Event) -> None:
        """Learn one fact of `types` that bears the tag."""


F = TypeVar("F", bound=Fold)


class Facts(NamedTuple, Generic[F]):
    """One line of a consistency boundary: the facts of a fold's types that bear the tag `about`."""

    fold: type[F]
    about: str

    def cover(self, event: Event) -> bool:
        """Whether a fact belongs to this line."""
        return type(event) in self.fold.types and self.about in event.tags()


class OutsideBoundary(LookupError):
    """A command looked at facts that it had not named: a fault of the command, not of its caller."""


class Seen(Struct, frozen=True):
    """What a command decides from: the folds of its boundary, who asks, and the moment.

    `now` is UTC, `zone` the ledger's time zone and `today` its local day.
    """

    folds: Mapping[Facts[Any], Fold]
    by: str
    now: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        """The day that it is in the ledger's time zone."""
        return day_of(self.now, self.zone)

    def __getitem__(self, facts: Facts[F]) -> F:
        """What one line of the boundary folded to; raises OutsideBoundary for a line that was not named."""
        try:
            return cast(F, self.folds[facts])
        except KeyError:
            raise OutsideBoundary(facts) from None


class Refusal(Exception):
    """A rule said no. `code` is stable; the sentence is for the one who asked.

    `called` are details as the sentence says them in English and in Chinese, where codes have labels.
    """

    code: ClassVar[str]
    en: ClassVar[str]
    zh: ClassVar[str]
    called: Mapping[str, tuple[str, str]] = MappingProxyType({})

    def __init__(self, **details: str | int) -> None:
        """`details` fill the sentence, and are what a program may read."""
        self.details = details
        super().__init__(self.sentence())

    def sentence(self, language: str = "en") -> str:
        """The reason, in English or (`zh`) Chinese."""
        chinese = language == "zh"
        called = {name: pair[chinese] for name, pair in self.called.items()}
        return (self.zh if chinese else self.en).format(**{**self.said(language), **called})

    def said(self, language: str) -> Mapping[str, str | int]:
        """The details as people say them in a language."""
        return self.details


class InvalidInput(Refusal):
    """A field of a command holds what it may not."""

    code = "invalid-input"
    en = "{field}: {reason}"
    zh = "{field} 填写有误：{reason}"

    def __init__(self, *, field: str, reason: str, reason_zh: str = "") -> None:
        """`reason` is for people; what says the same in Chinese is empty where only the English is known."""
        self.field, self.reason, self.reason_zh = field, reason, reason_zh
        super().__init__(field=field, reason=reason)

    def said(self, language: str) -> Mapping[str, str | int]:
        """The details, with the reason in a language where it is known there."""
        return (
            {**self.details, "reason": self.reason_zh}
            if language == "zh" and self.reason_zh
            else self.details
        )


class Command(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something somebody wants to happen: it names what it depends on, and decides from that alone.

    Fields left at their defaults are left out of its fingerprint, so that a request keeps it when commands gain fields.
    `refusals` are the rules that may stand against it, beside those that every command can meet.
    """

    refusals: ClassVar[tuple[type[Refusal], ...]] = ()

    @abstractmethod
    def boundary(self) -> tuple[Facts[Any], ...]:
        """The facts that the decision depends on, as far as the command itself tells."""

    def further(self, seen: Seen) -> Iterable[Facts[Any]]:
        """Facts that only what was seen could name; asked at most twice."""
        return ()

    @abstractmethod
    def decide(self, seen: Seen) -> tuple[Event, ...]:
        """The facts that follow, or a Refusal raised. Pure: the same sight gives the same answer."""


class DatedCommand(Command, frozen=True, kw_only=True):
    """A command that takes effect on a day: `day`, or today unless said."""

    day: date | None = None

    def effective(self, seen: Seen) -> date:
        """The day on which the change takes effect."""
        return self.day or seen.today


class Malformed(Command, frozen=True, kw_only=True):
    """What could not be read as a command: it takes its turn, and refuses."""

    field: str
    reason: str
    reason_zh: str = ""

    def boundary(self) -> tuple[Facts[Any], ...]:
        return ()

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        raise InvalidInput(field=self.field, reason=self.reason, reason_zh=self.reason_zh)


class AnyFact(Fold):
    """Whether any fact of the types bears the tag."""

    remembered: ClassVar[bool] = False

    def __init__(self, about: str) -> None:
        """Nothing seen yet."""
        self.seen = False

    def see(self, event: Event) -> None:
        """One is enough."""
        self.seen = True


class AlreadyRecorded(Refusal):
    """The id of a new thing is taken."""

    code = "already-recorded"
    en = "{id} is recorded already; nothing was recorded twice."
    zh = "{id} 已经记录过，没有重复入账。"


class FutureDay(Refusal):
    """What has been given or completed is recorded once it has been."""

    code = "future-day"
    en = "{day} has not come yet."
    zh = "{day} 尚未到来。"
