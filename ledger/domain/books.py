"""Both books, added up fact by fact."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from ledger.domain.accounts import VOLUNTEER
from ledger.domain.events import Event, VolunteerRegistered
from ledger.domain.postings import MOVING, add_up

KINDS: frozenset[type[Event]] = MOVING | {VolunteerRegistered}
"""The kinds of fact that open an account or move minutes."""


class Books:
    """Service minutes by volunteer and credit minutes by account; what has come back to zero stays."""

    def __init__(self) -> None:
        """Nothing is taken in yet."""
        self._service: defaultdict[str, int] = defaultdict(int)
        self._credits: defaultdict[str, int] = defaultdict(int)

    def add(self, facts: Sequence[tuple[type[Event], Any]]) -> None:
        """Add the lines of facts, each with its kind, or of what has the fields that make one of that move minutes.

        Registering opens an account at zero.
        """
        for kind, fact in facts:
            if kind is VolunteerRegistered:
                self._service[fact.volunteer] += 0
        add_up(facts, self._service, self._credits)

    def merge(self, other: "Books") -> None:
        """Add up what two parts of a log came to."""
        for volunteer, minutes in other._service.items():
            self._service[volunteer] += minutes
        for account, minutes in other._credits.items():
            self._credits[account] += minutes

    def volunteers(self) -> dict[str, tuple[int, int]]:
        """The minutes of service and of credits of each volunteer, by id."""
        own = {account.removeprefix(VOLUNTEER) for account in self._credits if account.startswith(VOLUNTEER)}
        return {
            volunteer: (self._service.get(volunteer, 0), self._credits.get(VOLUNTEER + volunteer, 0))
            for volunteer in sorted(own | self._service.keys())
        }

    def accounts(self) -> dict[str, int]:
        """The credit minutes of each account that is no volunteer's, by name."""
        others = sorted([account for account in self._credits if not account.startswith(VOLUNTEER)])
        return {account: self._credits[account] for account in others}
