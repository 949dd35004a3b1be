"""Whose turn it is, where an answer costs so much that one caller could keep everybody else waiting."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from weakref import WeakValueDictionary


class Turns:
    """Costly answers of one process, on one loop: one at a time, and callers come one after the other.

    So nobody is behind more than one answer of each other caller, however many somebody asks for.
    """

    def __init__(self) -> None:
        """Nobody asks for anything yet."""
        self._one = asyncio.Lock()
        # Of those who ask now: whose lock nobody holds or waits for is forgotten.
        self._callers: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @contextlib.asynccontextmanager
    async def taken(self, actor: str) -> AsyncGenerator[None]:
        """Wait until it is an actor's turn, which ends with the context."""
        own = self._callers.get(actor)
        if own is None:
            own = self._callers[actor] = asyncio.Lock()
        async with own, self._one:
            yield
