"""Which community or team a name in a file means."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Generic, Protocol, TypeVar

from ledger.domain.events import Level
from ledger.domain.spelling import same_name
from ledger.exchange.importing import Fault
from projections.communities import Community


class Named(Protocol):
    """Something with an id and a public name."""

    @property
    def id(self) -> str:
        """The id."""
        ...

    @property
    def name(self) -> str:
        """The public name."""
        ...


N = TypeVar("N", bound=Named)


class Names(Generic[N]):
    """Things by name, spelt in any way that is the same after NFKC."""

    def __init__(self, things: Iterable[N]) -> None:
        """Know these."""
        self._things: dict[str, list[N]] = {}
        for thing in things:
            self.add(thing)

    def add(self, thing: N) -> None:
        """Know one more."""
        self._things.setdefault(same_name(thing.name), []).append(thing)

    def drop(self, thing: N) -> None:
        """Know it no more."""
        self._things[same_name(thing.name)].remove(thing)

    def all(self) -> Iterator[N]:
        """Every one of them."""
        return chain.from_iterable(self._things.values())

    def called(self, name: str) -> list[N]:
        """All that have the name."""
        return self._things.get(same_name(name), [])

    def only(self, name: str) -> N | None:
        """The one that has the name; None if there is none, or more than one."""
        found = self.called(name)
        return found[0] if len(found) == 1 else None

    def one(self, name: str, field: str) -> N:
        """The one that has the name; raises Fault for the field if there is none, or more than one."""
        return the_one(self.called(name), field)


def the_one(found: Sequence[N], field: str) -> N:
    """The only one of some things that have a name; raises Fault for the field if there is none, or more than one."""
    if not found:
        raise Fault(field, "unknown-name")
    if len(found) > 1:
        raise Fault(field, "ambiguous-name", count=len(found), ids=", ".join(thing.id for thing in found))
    return found[0]


def towns(communities: Iterable[Community]) -> Names[Community]:
    """The open communities that a column for towns may name: a village of a town's name is not meant there."""
    return Names(one for one in communities if not one.ended and one.level != Level.VILLAGE)
