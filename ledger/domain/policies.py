"""The policies that a ledger runs by, each from a day on."""

from datetime import date
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import Command, Facts, Fold, Refusal, Seen
from ledger.domain.events import Event, PolicyAdopted
from ledger.domain.policy import Policy


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
    zh = "管理办法 {name} 已自 {day} 起施行。"


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
