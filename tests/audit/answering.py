"""What a reader's process may do when it is asked: answer, fail, or be killed."""

import os
import signal
import struct
from pathlib import Path
from typing import NoReturn


def doubled(number: int) -> int:
    return 2 * number


def failing(number: int) -> int:
    if number == 3:
        raise LookupError(number)
    return number


def killed(number: int) -> int:
    if number == 3:
        _die()
    return number


def killed_amid_its_answer(number: int) -> int:
    """It has told how long the answer is, and some of it."""
    if number == 3:
        for name in os.listdir("/proc/self/fd"):
            if _is_pipe(name):
                os.write(int(name), struct.pack("!i", 1_000_000) + b"\0" * 100)
        _die()
    return number


def _is_pipe(name: str) -> bool:
    try:
        return int(name) > 2 and os.readlink(Path("/proc/self/fd") / name).startswith("socket:")
    except FileNotFoundError:
        return False


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError
