"""Ending with whoever started this process: nothing of ours works on unseen, with a port, a lock or the memory."""

import ctypes
import os
import signal
import sys
import threading
import time

_SET_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""
_LOOK_EVERY_SECONDS = 0.25


def end_with(parent: int) -> None:
    """Have this process killed as soon as its parent is gone, whose process id is given.

    A kill loses nothing: what was acknowledged is on disk, and nothing else counts.
    """
    if sys.platform == "linux":
        # By the kernel, as native code may keep every thread of this process from looking.
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:
        _end()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY_SECONDS)
    _end()


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
