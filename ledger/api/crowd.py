"""Who is being answered at this moment, so that no caller takes all the room."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from ledger.api.problems import HttpProblem
from ledger.operations.callers import Caller, Role

MOST_AT_ONCE = 64
"""How many requests of one actor a process answers at a time: each takes a place, a batch as many as it has items."""
MOST_FOR_MANY = 1_024
"""The same of one who acts for many people."""

_PLACES: Final = "timebank.places"


class Crowd:
    """The places that callers take, on one loop. It counts them by actor, whatever token each request came with."""

    def __init__(self, at_once: Mapping[str, int] = MappingProxyType({})) -> None:
        """Nobody is here yet; `at_once` tells of some actors how many places they have."""
        self._at_once = at_once
        self._here: Counter[str] = Counter()

    def enter(self, scope: Any, who: Caller) -> None:
        """Let a caller's request in, if it is not yet; raises a Problem where all of their places are taken."""
        if _PLACES in scope:
            return
        if self.is_full(who):
            raise HttpProblem("too-many-requests", headers={"Retry-After": "1"})
        self._here[who.actor] += 1
        scope[_PLACES] = who.actor, 1

    def is_full(self, who: Caller) -> bool:
        """Whether all of a caller's places are taken."""
        return self._here.get(who.actor, 0) >= self._most(who)

    def spread(self, scope: Any, who: Caller, items: int) -> None:
        """Let a request that was let in take a place for each of its items, or as many as its caller has left."""
        _, taken = scope[_PLACES]
        more = max(0, min(items - taken, self._most(who) - self._here[who.actor]))
        self._here[who.actor] += more
        scope[_PLACES] = who.actor, taken + more

    def leave(self, scope: Any) -> None:
        """Give back the places of a request that is over; harmless when done twice."""
        actor, taken = scope.pop(_PLACES, (None, 0))
        if actor is None:
            return
        self._here[actor] -= taken
        if not self._here[actor]:
            del self._here[actor]

    def _most(self, who: Caller) -> int:
        return self._at_once.get(who.actor, MOST_FOR_MANY if who.role is Role.INTEGRATION else MOST_AT_ONCE)
