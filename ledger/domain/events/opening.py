"""The facts about a ledger as a whole: its opening, its public name and its policies."""

from datetime import date
from enum import StrEnum

from msgspec import UNSET, UnsetType

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.policy import Policy
from ledger.domain.text import Code, Label


class Language(StrEnum):
    """A language that a ledger speaks."""

    EN = "en"
    ZH = "zh"


class LedgerOpened(Event, frozen=True, kw_only=True, tag="ledger-opened"):
    """The first fact: the ledger's own name among ledgers, and its one time zone (an IANA name).

    `language` is the one that it speaks where nothing else tells in which people are to be spoken to.
    """

    origin: Code
    zone: Label
    language: Language | UnsetType = UNSET

    def own_tags(self) -> tuple[str, ...]:
        return (tags.LEDGER,)


class LedgerNamed(Event, frozen=True, kw_only=True, tag="ledger-named"):
    """The ledger is called this in public from now on; its origin, which signatures hold, stays as it is."""

    name: Label

    def own_tags(self) -> tuple[str, ...]:
        return (tags.LEDGER,)


class PolicyAdopted(Event, frozen=True, kw_only=True, tag="policy-adopted"):
    """The scheme's rules, whole, in force from `effective` until another is."""

    policy: Policy
    effective: date

    def own_tags(self) -> tuple[str, ...]:
        return (tags.POLICIES,)
