"""What the kernel is told of the socket that callers come to, which granian makes and keeps to itself."""

import contextlib
import os
import socket
import stat
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

TAKING_SECONDS = 30
"""How long a caller may take in nothing of an answer that lies ready."""

_OPEN_FILES = Path("/proc/self/fd")
_LONGEST_START_SECONDS = 60
_LOOK_EVERY_SECONDS = 0.1


def let_go_of_the_deaf(port: int) -> None:
    """Have those connections closed, once this process listens at a port, whose callers take no answer in.

    Connections inherit it from the socket that they come to. It is the kernel's limit, and Linux's alone.
    """
    if sys.platform == "linux":
        threading.Thread(target=_set, args=(port,), daemon=True).start()


def _set(port: int) -> None:
    latest = time.monotonic() + _LONGEST_START_SECONDS
    while time.monotonic() < latest:
        for one in _listening(port):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, TAKING_SECONDS * 1000)
            return
        time.sleep(_LOOK_EVERY_SECONDS)


def _listening(port: int) -> Iterator[socket.socket]:
    for name in os.listdir(_OPEN_FILES):
        # What is closed meanwhile was not what is looked for.
        with contextlib.suppress(OSError):
            if not stat.S_ISSOCK(os.stat(int(name)).st_mode):
                continue
            with socket.socket(fileno=os.dup(int(name))) as one:
                if one.family == socket.AF_UNIX or one.type != socket.SOCK_STREAM:
                    continue
                if one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) and one.getsockname()[1] == port:
                    yield one
