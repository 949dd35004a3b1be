"""Opening a ledger, and giving it a public name."""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import UNSET

from ledger.domain import tags
from ledger.domain.commands import Command, Facts, Fold, InvalidInput, Refusal, Seen
from ledger.domain.events import Event, Language, LedgerNamed, LedgerOpened
from ledger.domain.text import Code, Label


class Opening(Fold):
    """The ledger's own name and time zone, both empty until it is opened."""

    types: ClassVar = frozenset({LedgerOpened})

    def __init__(self, about: str) -> None:
        """Not open yet."""
        self.origin = ""
        self.zone = ""

    def see(self, event: Event) -> None:
        """Remember both."""
        assert isinstance(event, LedgerOpened)
        self.origin, self.zone = event.origin, event.zone


OPENING = Facts(Opening, tags.LEDGER)


class PublicName(Fold):
    """The ledger's public name, None until it is given one."""

    types: ClassVar = frozenset({LedgerNamed})

    def __init__(self, about: str) -> None:
        """None given yet."""
        self.name: str | None = None

    def see(self, event: Event) -> None:
        """Remember it; the last one is the one that holds."""
        assert isinstance(event, LedgerNamed)
        self.name = event.name


PUBLIC_NAME = Facts(PublicName, tags.LEDGER)


class AlreadyOpen(Refusal):
    """A ledger is opened once."""

    code = "already-open"
    en = "This ledger is open already."
    zh = "账本已经启用。"


class NameUnchanged(Refusal):
    """The ledger is called so already."""

    code = "name-unchanged"
    en = "The ledger is called {name} already."
    zh = "账本的名称已经是“{name}”，无需变更。"


class OpenLedger(Command, frozen=True, kw_only=True):
    """Begin a ledger: give it its name among ledgers, its one time zone, and perhaps a language and a public name."""

    refusals: ClassVar = (AlreadyOpen,)

    origin: Code
    zone: Label
    language: Language | None = None
    name: Label | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (OPENING,)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if seen[OPENING].zone:
            raise AlreadyOpen
        zone = _zone(self.zone)
        # Nobody knew the zone before this: the day is that of the zone from here on.
        today = seen.now.astimezone(zone).date()
        language = UNSET if self.language is None else self.language
        named = () if self.name is None else (LedgerNamed(on=today, name=self.name),)
        return (LedgerOpened(on=today, origin=self.origin, zone=self.zone, language=language), *named)


class NameLedger(Command, frozen=True, kw_only=True):
    """Give a ledger a public name, or another one."""

    refusals: ClassVar = (NameUnchanged,)

    name: Label

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (PUBLIC_NAME,)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if seen[PUBLIC_NAME].name == self.name:
            raise NameUnchanged(name=self.name)
        return (LedgerNamed(on=seen.today, name=self.name),)


def _zone(name: str) -> ZoneInfo:
    try:
        if name not in _OF_THIS_MACHINE:
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise InvalidInput(field="zone", reason="no IANA time zone has this name", reason_zh="没有这个 IANA 时区")


_OF_THIS_MACHINE = {"localtime", "posixrules"}
"""Names that mean another zone on another machine."""
