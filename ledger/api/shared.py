"""Work that all who ask for its result meanwhile share, as it is the same for all of them."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")


class Shared(Generic[T]):
    """Makes something off the loop, one at a time on a thread of its own, however many ask for it."""

    def __init__(self, make: Callable[[], T]) -> None:
        """Nothing is made before somebody asks."""
        self._make = make
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="timebank-shared")
        self._turn = asyncio.Lock()
        self._begun = 0
        self._last: tuple[int, T] | None = None

    async def get(self) -> T:
        """What was made since this was asked."""
        asked = self._begun
        async with self._turn:
            if self._last is not None and self._last[0] > asked:
                return self._last[1]
            self._begun += 1
            begun = self._begun
            made = await asyncio.get_running_loop().run_in_executor(self._thread, self._make)
            self._last = begun, made
            return made

    def close(self) -> None:
        """Make nothing any more; what was begun is finished."""
        self._thread.shutdown(wait=True, cancel_futures=True)
