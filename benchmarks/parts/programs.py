"""Other programs and our own: how long they take, and the memory of all their processes together."""

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_SECONDS_A_LOOK = 0.05
_MB = 1_024


class Ran(NamedTuple):
    """What a program printed, its seconds by the clock and of the processor, and its peak memory.

    Memory is what it and its children hold, a page that several share counted once.
    """

    printed: str
    seconds: float
    cpu: float
    peak_mb: float


def run(words: Sequence[str], environment: Mapping[str, str]) -> Ran:
    """Run a program that must end well."""
    before = os.times()
    begun = time.perf_counter()
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, env={**os.environ, **environment}, encoding="utf-8"
    )
    peak = _Peak(process.pid)
    peak.start()
    printed, _ = process.communicate()
    seconds = time.perf_counter() - begun
    peak.join()
    after = os.times()
    if process.returncode:
        raise RuntimeError(f"{words[0]} left with {process.returncode}")
    cpu = sum(after[2:4]) - sum(before[2:4])
    return Ran(printed, seconds, cpu, peak.kb / _MB)


def processor_seconds(number: int) -> float:
    """What a running process and its children have taken of the processor, 0 of one that is gone."""
    try:
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    except OSError:
        return 0
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(processor_seconds(int(child)) for child in children)


class _Peak(threading.Thread):
    """Looks at a process and its children as long as it runs."""

    def __init__(self, number: int) -> None:
        super().__init__(daemon=True)
        self._number = number
        self.kb = 0

    def run(self) -> None:
        while held := _held(self._number):
            self.kb = max(self.kb, held)
            time.sleep(_SECONDS_A_LOOK)


def _held(number: int) -> int:
    """Kilobytes, 0 if the process is gone or has ended."""
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    except OSError:
        return 0
    own = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return own + sum(_held(int(child)) for child in children)
