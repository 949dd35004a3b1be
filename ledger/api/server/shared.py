"""Work that all who ask for its result meanwhile share, as it is the same for all of them."""

from collections.abc import Callable
from typing import Generic, TypeVar

from ledger.operations.quick.gathered import Gathered

T = TypeVar("T")


class Shared(Generic[T]):
    """Makes something off the loop, one at a time on a thread of its own, however many ask for it."""

    def __init__(self, make: Callable[[], T]) -> None:
        """Nothing is made before somebody asks."""
        self._gathered = Gathered[None, T](lambda _: {None: make()})

    async def get(self) -> T:
        """What was made since this was asked."""
        made = await self._gathered.get(None)
        assert made is not None
        return made

    def close(self) -> None:
        """Make nothing any more; what was begun is finished."""
        self._gathered.close()
