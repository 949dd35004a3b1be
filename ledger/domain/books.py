"""Both books, added up fact by fact."""

from collections.abc import Iterable
from typing import Any

from ledger.domain.accounts import VOLUNTEER, issuance_account
from ledger.domain.events import Event, VolunteerRegistered
from ledger.domain.postings import MOVING, add_up, no_sums

KINDS: frozenset[type[Event]] = MOVING | {VolunteerRegistered}
"""The kinds of fact that open an account or move minutes."""


class Books:
    """Service minutes by volunteer and credit minutes by account; what has come back to zero stays."""

    def __init__(self) -> None:
        """Nothing is taken in yet."""
        self._sums = no_sums()

    def add(self, kind: type[Event], facts: Iterable[Any]) -> None:
        """Add the lines of facts of a kind, or of what has the fields that make one of that kind move minutes.

        Registering opens an account at zero.
        """
        if kind is VolunteerRegistered:
            for fact in facts:
                # Made where there is none.
                _ = self._sums.own[fact.volunteer]
        else:
            add_up(kind, facts, self._sums)

    def merge(self, other: "Books") -> None:
        """Add up what two parts of a log came to."""
        for volunteer, (service, credits) in other._sums.own.items():
            own = self._sums.own[volunteer]
            own[0] += service
            own[1] += credits
        for mine, theirs in zip(self._sums[1:], other._sums[1:], strict=True):
            for name, minutes in theirs.items():
                mine[name] += minutes

    def volunteers(self) -> dict[str, tuple[int, int]]:
        """The minutes of service and of credits of each volunteer, by id."""
        own, moved = self._sums.own, self._sums.moved
        named = {account.removeprefix(VOLUNTEER) for account in moved if account.startswith(VOLUNTEER)}
        found: dict[str, tuple[int, int]] = {}
        for volunteer in sorted(named | own.keys()):
            service, earned = own.get(volunteer, (0, 0))
            found[volunteer] = service, earned + moved.get(VOLUNTEER + volunteer, 0)
        return found

    def accounts(self) -> dict[str, int]:
        """The credit minutes of each account that is no volunteer's, by name."""
        others = {name: some for name, some in self._sums.moved.items() if not name.startswith(VOLUNTEER)}
        others |= {issuance_account(community): -some for community, some in self._sums.issued.items()}
        return {name: others[name] for name in sorted(others)}
