"""Processes that each answer one question after the other, in the order in which they were asked."""

import contextlib
import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from ledger.store.errors import StoreError
from ledger.store.parents import end_with

_ENDED = ("a process that read a part of the log was ended from outside", "读取部分总账的进程被从外部终止")

Asked = TypeVar("Asked")
Told = TypeVar("Told")


def told_in_order(tell: Callable[[Asked], Told], asked: Sequence[Asked], processes: int) -> Iterator[Told]:
    """What `tell` says to each of what is asked, in order, by so many processes; raises what it raises.

    Raises StoreError if one of them is killed. A pool of the library's may wait for ever for one that was
    killed amid its answer: they share pipes and locks, and here each has a pipe of its own, which then ends.
    """
    with ExitStack() as stack:
        readers = [stack.enter_context(_reader(tell)) for _ in range(processes)]
        for reader, first in zip(readers, asked, strict=False):
            _send(reader, first)
        for number in range(len(asked)):
            reader = readers[number % processes]
            told = _received(reader)
            if number + processes < len(asked):
                _send(reader, asked[number + processes])
            if isinstance(told, Exception):
                raise told
            yield told


def _send(reader: Connection, asked: object) -> None:
    try:
        reader.send(asked)
    except OSError as error:
        raise StoreError(*_ENDED) from error


def _received(reader: Connection) -> Any:
    try:
        return reader.recv()
    except (EOFError, OSError) as error:
        raise StoreError(*_ENDED) from error


@contextlib.contextmanager
def _reader(tell: Callable[[Any], Any]) -> Generator[Connection]:
    # Spawned, so that none inherits a connection of this one.
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_read, args=(tell, theirs, os.getpid()), daemon=True)
    try:
        process.start()
        theirs.close()
        yield ours
    finally:
        theirs.close()
        ours.close()
        if process.pid is not None:
            # It only reads, and nobody wants to hear any more of it.
            process.kill()
            process.join()


def _read(tell: Callable[[Any], Any], theirs: Connection, parent: int) -> None:
    end_with(parent)
    # Ctrl-C is for the parent, which then ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, OSError):
        while True:
            asked = theirs.recv()
            theirs.send(_told(tell, asked))


def _told(tell: Callable[[Any], Any], asked: object) -> Any:
    try:
        return tell(asked)
    except Exception as error:
        return error
