"""Opening a ledger, and adopting the policies it runs by."""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ledger.domain import tags
from ledger.domain.commands import Command, Facts, Fold, InvalidInput, Refusal, Seen
from ledger.domain.events import Event, LedgerOpened
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


class AlreadyOpen(Refusal):
    """A ledger is opened once."""

    code = "already-open"
    en = "This ledger is open already."
    zh = "账本已经启用。"


class OpenLedger(Command, frozen=True, kw_only=True):
    """Begin a ledger: give it its name among ledgers and its one time zone."""

    refusals: ClassVar = (AlreadyOpen,)

    origin: Code
    zone: Label

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (OPENING,)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if seen[OPENING].zone:
            raise AlreadyOpen
        zone = _zone(self.zone)
        # Nobody knew the zone before this: the day is that of the zone from here on.
        today = seen.now.astimezone(zone).date()
        return (LedgerOpened(on=today, origin=self.origin, zone=self.zone),)


def _zone(name: str) -> ZoneInfo:
    try:
        if name not in _OF_THIS_MACHINE:
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise InvalidInput(field="zone", reason="no IANA time zone has this name", reason_zh="没有这个 IANA 时区")


_OF_THIS_MACHINE = {"localtime", "posixrules"}
"""Names that mean another zone on another machine."""
