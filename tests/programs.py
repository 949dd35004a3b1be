"""Programs of ours in processes that have loaded them already: each would read half a second of them in by itself."""

import contextlib
import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from multiprocessing import connection
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TextIO

from ledger.folders import DATABASE_URL
from tests.contest.apart import CONTEXT

_ONE_AT_A_TIME = threading.Lock()
"""The library looks whether any has ended when one is started, and of two who look at once one is told nonsense."""


class Program:
    """`timebank`, or another module that is run: of what `subprocess.Popen` does, as much as tests ask for.

    It heads a process group of its own, and what it says goes into a log, or else to `stdout` and `stderr`. Nothing
    in its environment names a store unless `environment` does.
    """

    def __init__(
        self,
        *words: object,
        module: str = "ledger.cli",
        environment: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        environment = {**os.environ, DATABASE_URL: "", **(environment or {})}
        pipes = [CONTEXT.Pipe(duplex=False) for _ in range(2 if log is None else 0)]
        theirs = log or [writing for _, writing in pipes]
        typed = [str(word) for word in words]
        self._process = CONTEXT.Process(target=_become, args=(module, typed, environment, theirs))
        with _ONE_AT_A_TIME:
            self._process.start()
        for _, writing in pipes:
            writing.close()
        self._said = [os.fdopen(os.dup(reading.fileno()), encoding="utf-8") for reading, _ in pipes]

    @property
    def stdout(self) -> TextIO:
        """What it says, line by line."""
        return self._said[0]

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """What it left with, None while it runs; less than 0 where a signal ended it."""
        with _ONE_AT_A_TIME:
            return self._process.exitcode

    def wait(self, seconds: float | None = None) -> int:
        """What it leaves with, once it has ended."""
        if not connection.wait([self._process.sentinel], seconds):
            raise subprocess.TimeoutExpired(self._process.name, seconds or 0)
        code = self.poll()
        assert code is not None
        return code

    def communicate(self) -> tuple[str, str]:
        """All that it says until it ends: of what it complains there is little, which a pipe holds."""
        out, err = [said.read() for said in self._said]
        self.wait()
        self._close()
        return out, err

    def send_signal(self, number: signal.Signals) -> None:
        # It may have ended by itself.
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it, and what it started, at once."""
        # It may not head its group yet.
        self._process.kill()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.wait()
        self._close()

    def _close(self) -> None:
        for said in self._said:
            said.close()


def _become(
    module: str, words: Sequence[str], environment: Mapping[str, str], said: Path | Sequence[Connection]
) -> None:
    """Be a program, in the process that was started for it."""
    os.setsid()
    if isinstance(said, Path):
        with said.open("ab") as log:
            for number in (1, 2):
                os.dup2(log.fileno(), number)
    else:
        for number, writing in enumerate(said, 1):
            os.dup2(writing.fileno(), number)
            writing.close()
    # As they are where a process begins: the first one's know of what lay there before.
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    sys.argv[1:] = words
    # What it starts itself, it starts as it does elsewhere.
    multiprocessing.set_start_method(None, force=True)
    runpy.run_module(module, run_name="__main__", alter_sys=True)
