"""Whose turn it is, where much is asked at once: callers come one after the other, however much somebody asks for."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Turns:
    """Work of one process that is asked for on one loop: so much of it `at_once`, and callers take turns.

    So nobody waits for more than one piece of work of each other caller, and of those that are being done.
    """

    def __init__(self, at_once: int = 1) -> None:
        """Nobody asks for anything yet."""
        self._free = at_once
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    async def on_thread(self, actor: str, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """What `work` gives on a thread, once it is an actor's turn.

        The turn lasts until the work is done, also where whoever asked is gone meanwhile. Who is gone before it began
        has no turn.
        """
        return await self.lasting(actor, lambda: asyncio.to_thread(work, *given, **named))

    async def lasting(self, actor: str, begin: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What the awaitable that `begin` makes gives, once it is an actor's turn; likewise."""
        await self._taken(actor)
        done = asyncio.ensure_future(begin())
        done.add_done_callback(self._over)
        return await asyncio.shield(done)

    async def _taken(self, actor: str) -> None:
        if self._free:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(actor, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on()
            raise

    def _over(self, done: "asyncio.Future[Any]") -> None:
        self._pass_on()
        if not done.cancelled():
            # Where nobody waits for it any more, its failure is nobody's.
            done.exception()

    def _pass_on(self) -> None:
        """Let the next one come, of another caller than the last where another one waits."""
        while self._waiting:
            actor, theirs = self._waiting.popitem(last=False)
            turn = theirs.popleft()
            if theirs:
                self._waiting[actor] = theirs
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
