"""The facts that a ledger starts from: its opening and its policies."""

from datetime import date

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.policy import Policy
from ledger.domain.text import Code, Label


class LedgerOpened(Event, frozen=True, kw_only=True, tag="ledger-opened"):
    """The first fact: the ledger's own name among ledgers, and its one time zone (an IANA name)."""

    origin: Code
    zone: Label

    def own_tags(self) -> tuple[str, ...]:
        return (tags.LEDGER,)


class PolicyAdopted(Event, frozen=True, kw_only=True, tag="policy-adopted"):
    """The scheme's rules, whole, in force from `effective` until another is."""

    policy: Policy
    effective: date

    def own_tags(self) -> tuple[str, ...]:
        return (tags.POLICIES,)
