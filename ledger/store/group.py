"""Group commit: one thread takes whatever waits and commits it together."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

W = TypeVar("W")
R = TypeVar("R")


class GroupCommit(Generic[W, R]):
    """Hands waiting work, in the order it came, to one committing function on one thread."""

    def __init__(self, commit: Callable[[Sequence[W]], Sequence[R]], most: int = 512) -> None:
        """`commit` gets at most `most` pieces of work and gives a result for each, or raises for all of them."""
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
            if self._closed:
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
        while (first := self._waiting.get()) is not None:
            batch, more = self._gathered(first)
            self._answer(batch)
            if not more:
                return

    def _gathered(self, first: tuple[W, Future[R]]) -> tuple[list[tuple[W, Future[R]]], bool]:
        batch = [first]
        while len(batch) < self._most:
            try:
                item = self._waiting.get_nowait()
            except Empty:
                break
            if item is None:
                return batch, False
            batch.append(item)
        return batch, True

    def _answer(self, batch: list[tuple[W, Future[R]]]) -> None:
        # From here on a caller who loses patience can no longer take the work back.
        batch = [item for item in batch if item[1].set_running_or_notify_cancel()]
        try:
            results = self._commit([work for work, _ in batch])
        except BaseException as error:
            for _, future in batch:
                future.set_exception(error)
            return
        for (_, future), result in zip(batch, results, strict=True):
            future.set_result(result)
