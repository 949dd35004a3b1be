"""Questions to a database that are gathered: whoever asks while one is out goes together with the next."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Gathered(Generic[K, V]):
    """Asks for many callers of one loop at a time, on a thread of its own: each is told what stood after they asked."""

    def __init__(self, ask: Callable[[Collection[K]], Mapping[K, V]], *, most: float = float("inf")) -> None:
        """Nothing is asked yet; `ask` gives what it finds of some keys, all of one moment. At `most` so many wait."""
        self._ask = ask
        self._most = most
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="timebank-gathered")
        self._waiting: list[tuple[K, asyncio.Future[V | None]]] = []
        self._out = False

    async def get(self, key: K) -> V | None:
        """What there is of a key, None if nothing or where as many wait as may; raises what asking raised."""
        if len(self._waiting) >= self._most:
            return None
        loop = asyncio.get_running_loop()
        told: asyncio.Future[V | None] = loop.create_future()
        self._waiting.append((key, told))
        if not self._out:
            self._out = True
            # Not now: those whose requests came in together ask together.
            loop.call_soon(self._go, loop)
        return await told

    def close(self) -> None:
        """Ask nothing any more; what was begun is finished."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _go(self, loop: asyncio.AbstractEventLoop) -> None:
        asking, self._waiting = self._waiting, []
        # Whoever hung up meanwhile is asked for no more.
        asking = [(key, told) for key, told in asking if not told.done()]
        self._out = bool(asking)
        if not asking:
            return
        try:
            found = loop.run_in_executor(self._thread, self._ask, {key for key, _ in asking})
        except RuntimeError as closed:
            self._out = False
            for _, told in asking:
                told.set_exception(closed)
            return
        found.add_done_callback(lambda done: self._over(loop, asking, done))

    def _over(
        self,
        loop: asyncio.AbstractEventLoop,
        asking: list[tuple[K, "asyncio.Future[V | None]"]],
        done: "asyncio.Future[Mapping[K, V]]",
    ) -> None:
        self._out = bool(self._waiting)
        if self._out:
            self._go(loop)
        failed = asyncio.CancelledError() if done.cancelled() else done.exception()
        for key, told in asking:
            if told.done():
                continue
            if failed is not None:
                told.set_exception(failed)
            else:
                told.set_result(done.result().get(key))
