"""Group commit: one thread takes what waits and commits it together, whoever asks taking turns."""

import copy
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Sequence
from queue import SimpleQueue
from typing import Generic, TypeVar, cast

MOST_A_COMMIT = 64
"""How many commands share a commit, unless one piece of work alone holds more: whoever comes meanwhile waits for it."""

_LOOK_EVERY_SECONDS = 0.000_2
_LONGEST_WAIT_SECONDS = 0.005

W = TypeVar("W")
R = TypeVar("R")


class Ticket(Generic[R]):
    """Stands for work that was queued, until it is known what came of it.

    A lock and nothing else: with many callers, what the standard library's future does for each is a tenth of all that
    a commit costs.
    """

    __slots__ = ("_error", "_heard", "_result", "_untold")

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._untold = threading.Lock()
        self._untold.acquire()
        self._heard: Callable[[], None] | None = None
        self._error: BaseException | None = None
        self._result: R | None = None

    def result(self, timeout: float | None = None) -> R:
        """What came of the work, or its exception raised; TimeoutError if that is not known after so many seconds."""
        if not self._untold.acquire(timeout=-1 if timeout is None else timeout):
            raise TimeoutError("the work is not done yet")
        self._untold.release()
        try:
            if self._error is not None:
                raise self._error
            return cast(R, self._result)
        finally:
            # The error's traceback holds this frame, which would hold the error.
            del self

    def when_told(self, call: Callable[[], None]) -> None:
        """Have `call` called once `result` will not wait: at once or on the writer's thread, and maybe twice."""
        self._heard = call
        if not self._untold.locked():
            call()

    def tell(self, result: R) -> None:
        """Give those who wait their result."""
        self._result = result
        self._told()

    def fail(self, error: BaseException) -> None:
        """Give those who wait an exception."""
        self._error = error
        self._told()

    def _told(self) -> None:
        self._untold.release()
        if self._heard is not None:
            self._heard()


class GroupCommit(Generic[W, R]):
    """Hands waiting work to one committing function on one thread.

    Whose work it is takes turns: nobody is behind more than one piece of each other's, however much somebody queued.
    """

    def __init__(
        self,
        commit: Callable[[Sequence[W]], Sequence[R]],
        most: int = MOST_A_COMMIT,
        size: Callable[[W], int] = lambda _work: 1,
        whose: Callable[[W], Hashable] = lambda _work: None,
    ) -> None:
        """`commit` gives a result for each piece of work, or raises for all of them.

        It gets no further piece once their sizes have come to `most`. Work of one, as `whose` tells, keeps its order.
        """
        self._size = size
        self._whose = whose
        self._last_batch_size = 1
        self._commit = commit
        self._most = most
        self._coming: SimpleQueue[tuple[W, Ticket[R]] | None] = SimpleQueue()
        self._waiting: OrderedDict[Hashable, deque[tuple[W, Ticket[R]]]] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._closed = False

    def submit(self, work: W) -> Ticket[R]:
        """Queue work; its ticket tells when it is committed. Raises RuntimeError once closed."""
        ticket: Ticket[R] = Ticket()
        with self._starting:
            # In a forked child the thread is gone: its work would wait for ever.
            if self._closed or (self._thread is not None and not self._thread.is_alive()):
                raise RuntimeError("the writer is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="timebank-writer", daemon=True)
                self._thread.start()
            self._coming.put((work, ticket))
        return ticket

    def close(self) -> None:
        """Finish what was queued, then stop; harmless when done twice."""
        with self._starting:
            self._closed = True
            thread = self._thread
            self._coming.put(None)
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        more = True
        while more or self._waiting:
            if more and not self._waiting:
                more = self._take_in(self._coming.get())
                self._wait_for_returning_callers()
            while more and not self._coming.empty():
                more = self._take_in(self._coming.get())
            batch = self._gathered()
            if batch:
                self._answer(batch)

    def _take_in(self, item: tuple[W, Ticket[R]] | None) -> bool:
        """Let a piece of work wait among those of one; False for the end of all work."""
        if item is None:
            return False
        self._waiting.setdefault(self._whose(item[0]), deque()).append(item)
        return True

    def _gathered(self) -> list[tuple[W, Ticket[R]]]:
        """Pieces for one commit, one of each whose work waits and then the next of each."""
        batch: list[tuple[W, Ticket[R]]] = []
        size = 0
        while self._waiting and size < self._most:
            whose, theirs = self._waiting.popitem(last=False)
            item = theirs.popleft()
            if theirs:
                self._waiting[whose] = theirs
            batch.append(item)
            size += self._size(item[0])
        self._last_batch_size = len(batch)
        return batch

    def _wait_for_returning_callers(self) -> None:
        """Wait while those just answered come back with more: one commit for all of them costs less than two.

        It looks now and then, as being woken by each would cost more than it wins. One who comes alone never waits.
        """
        waiting, latest = 0, time.monotonic() + _LONGEST_WAIT_SECONDS
        while 1 < self._last_batch_size > waiting + 1 and time.monotonic() < latest:
            time.sleep(_LOOK_EVERY_SECONDS)
            before, waiting = waiting, self._coming.qsize()
            if waiting == before:
                break

    def _answer(self, batch: list[tuple[W, Ticket[R]]]) -> None:
        try:
            results = self._commit([work for work, _ in batch])
            if len(results) != len(batch):
                raise RuntimeError(f"{len(batch)} pieces of work have {len(results)} results")
        except BaseException as error:
            for _, ticket in batch:
                ticket.fail(_own(error))
            return
        for (_, ticket), result in zip(batch, results, strict=True):
            ticket.tell(result)


def _own(error: BaseException) -> BaseException:
    """A copy for one caller: raised on many threads, a shared one would tie the frames of them all together."""
    try:
        own = copy.copy(error)
    except BaseException:
        return error
    own.__cause__ = error
    return own
