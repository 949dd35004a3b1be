"""Opening a ledger, and adopting the policies it runs by."""

from datetime import date
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ledger.domain import tags
from ledger.domain.commands import Command, Facts, Fold, InvalidInput, Refusal, Seen
from ledger.domain.events import Event, LedgerOpened, PolicyAdopted
from ledger.domain.policy import Policy
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


class NoPolicy(Refusal):
    """There is no policy to judge by."""

    code = "no-policy"
    en = "No policy is in force on {day}."
    zh = "{day} 没有生效的管理办法。"


class Policies(Fold):
    """The policies adopted so far."""

    types: ClassVar = frozenset({PolicyAdopted})

    def __init__(self, about: str) -> None:
        """None adopted yet."""
        self._adopted: list[tuple[date, Policy]] = []

    def see(self, event: Event) -> None:
        """Remember the policy; of two with one effective date the later adopted is in force."""
        assert isinstance(event, PolicyAdopted)
        self._adopted.append((event.effective, event.policy))
        self._adopted.sort(key=lambda adopted: adopted[0])

    def in_force(self, day: date) -> Policy:
        """The policy of a day; refuses with NoPolicy before the first."""
        for effective, policy in reversed(self._adopted):
            if effective <= day:
                return policy
        raise NoPolicy(day=day.isoformat())

    def has(self, policy: Policy, effective: date) -> bool:
        """Whether exactly this is what was adopted last with that effective date."""
        of_that_date = [adopted for since, adopted in self._adopted if since == effective]
        return of_that_date[-1:] == [policy]


POLICIES = Facts(Policies, tags.POLICIES)


class PolicyUnchanged(Refusal):
    """The same policy with the same date says nothing new."""

    code = "policy-unchanged"
    en = "The policy {name} is adopted with effect from {day} already."
    zh = "办法 {name} 已自 {day} 起施行。"


class AdoptPolicy(Command, frozen=True, kw_only=True):
    """Put a policy, whole, in force from a day on."""

    refusals: ClassVar = (PolicyUnchanged,)

    policy: Policy
    effective: date

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (POLICIES,)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        if seen[POLICIES].has(self.policy, self.effective):
            raise PolicyUnchanged(name=self.policy.name, day=self.effective.isoformat())
        return (PolicyAdopted(on=self.effective, policy=self.policy, effective=self.effective),)
