"""Group commit: one thread takes whatever waits and commits it together."""

import contextlib
import copy
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

_LOOK_EVERY_SECONDS = 0.000_2
_LONGEST_WAIT_SECONDS = 0.005

W = TypeVar("W")
R = TypeVar("R")


class GroupCommit(Generic[W, R]):
    """Hands waiting work, in the order it came, to one committing function on one thread."""

    def __init__(
        self,
        commit: Callable[[Sequence[W]], Sequence[R]],
        most: int = 512,
        size: Callable[[W], int] = lambda _work: 1,
    ) -> None:
        """`commit` gives a result for each piece of work, or raises for all of them.

        It gets no further piece once their sizes have come to `most`.
        """
        self._size = size
        self._company = 1
        self._commit = commit
        self._most = most
        self._waiting: SimpleQueue[tuple[W, Future[R]] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._closed = False

    def submit(self, work: W) -> Future[R]:
        """Queue work; the future is done when it is committed. Raises RuntimeError once closed."""
        future: Future[R] = Future()
        with self._starting:
            # In a forked child the thread is gone: its work would wait for ever.
            if self._closed or (self._thread is not None and not self._thread.is_alive()):
                raise RuntimeError("the writer is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="timebank-writer", daemon=True)
                self._thread.start()
            self._waiting.put((work, future))
        return future

    def close(self) -> None:
        """Finish what was queued, then stop; harmless when done twice."""
        with self._starting:
            self._closed = True
            thread = self._thread
            self._waiting.put(None)
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        try:
            while (first := self._waiting.get()) is not None:
                batch, more = self._gathered(first)
                self._answer(batch)
                if not more:
                    return
        finally:
            self._release()

    def _release(self) -> None:
        """Whatever ended the thread, nobody waits for it for ever."""
        with self._starting, contextlib.suppress(Empty):
            self._closed = True
            while True:
                left = self._waiting.get_nowait()
                if left is not None and left[1].set_running_or_notify_cancel():
                    left[1].set_exception(RuntimeError("the writer has stopped"))

    def _gathered(self, first: tuple[W, Future[R]]) -> tuple[list[tuple[W, Future[R]]], bool]:
        self._let_company_come()
        batch, size = [first], self._size(first[0])
        while size < self._most:
            try:
                item = self._waiting.get_nowait()
            except Empty:
                break
            if item is None:
                return batch, False
            batch.append(item)
            size += self._size(item[0])
        self._company = len(batch)
        return batch, True

    def _let_company_come(self) -> None:
        """Wait while those just answered come back with more: one commit for all of them costs less than two.

        It looks now and then, as being woken by each would cost more than it wins. One who comes alone never waits.
        """
        waiting, latest = 0, time.monotonic() + _LONGEST_WAIT_SECONDS
        while 1 < self._company > waiting + 1 and time.monotonic() < latest:
            time.sleep(_LOOK_EVERY_SECONDS)
            before, waiting = waiting, self._waiting.qsize()
            if waiting == before:
                break

    def _answer(self, batch: list[tuple[W, Future[R]]]) -> None:
        # From here on a caller who loses patience can no longer take the work back.
        batch = [item for item in batch if item[1].set_running_or_notify_cancel()]
        if not batch:
            return
        try:
            results = self._commit([work for work, _ in batch])
            if len(results) != len(batch):
                raise RuntimeError(f"{len(batch)} pieces of work have {len(results)} results")
        except BaseException as error:
            for _, future in batch:
                future.set_exception(_own(error))
            return
        for (_, future), result in zip(batch, results, strict=True):
            future.set_result(result)


def _own(error: BaseException) -> BaseException:
    """A copy for one caller: raised on many threads, a shared one would tie the frames of them all together."""
    try:
        own = copy.copy(error)
    except Exception:
        return error
    own.__cause__ = error
    return own
