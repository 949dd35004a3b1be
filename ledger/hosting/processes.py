"""Running granian's processes, each of which makes the application that it serves."""

import contextlib
import multiprocessing
import os
import resource
import socket
import threading
import time
from collections.abc import Callable
from typing import TypeVar

import msgspec
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from ledger.domain.bilingual import Bilingual
from ledger.hosting.listening import let_go_of_the_deaf
from ledger.hosting.unexpected import logging_of_granian
from ledger.store.parents import end_with

HEAD_SECONDS = 15
"""How long a connection may be silent before a request, and how long a request's headers may take."""
MOST_HEAD_BYTES = 65_536
"""How long a request's first line and headers may be together; who sends more gets 431."""
MOST_DESCRIPTORS = 65_536
"""How many file descriptors a process takes, where it may: more are worth less than the memory of as many callers."""
OWN_DESCRIPTORS = 256
"""How many of them are for databases and files, and never for callers."""

_ENVIRONMENT, _PORT = "TIMEBANK_SERVED", "TIMEBANK_SERVED_PORT"
_OF_THE_ALLOCATOR = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072"}
"""How glibc lets go of what large bodies took: else each thread keeps its own, and the largest sets the measure."""
_STOP_SECONDS = 8
_LONGEST_START_SECONDS = 60
_LOOK_EVERY_SECONDS = 0.05

T = TypeVar("T")


class NotServed(Bilingual):
    """What cannot be served so: a sentence, with a stable code, and which field of what is served is at fault."""

    def __init__(self, en: str, zh: str, *, code: str, field: str) -> None:
        """`en` and `zh` are sentences."""
        super().__init__(en, zh)
        self.code, self.field = code, field


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Where a server listens, and in how many processes."""

    host: str
    port: int
    workers: int = 1


def run(factory: str, address: Address, served: msgspec.Struct, listening: Callable[[], None]) -> None:
    """Serve what a function (`module:name`) makes until SIGINT or SIGTERM, then finish what was begun.

    The function finds `served` by `served_here`; `listening` is called once somebody would answer.
    """
    threading.Thread(target=_when_answered, args=(address, listening), daemon=True).start()
    # Each process is started anew and reads here what it is to serve.
    os.environ[_ENVIRONMENT] = msgspec.json.encode(served, enc_hook=dict).decode()
    os.environ[_PORT] = str(address.port)
    for name, value in _OF_THE_ALLOCATOR.items():
        os.environ.setdefault(name, value)
    Server(
        factory,
        factory=True,
        address=numeric(address.host),
        port=address.port,
        interface=Interfaces.ASGI,
        workers=address.workers,
        # No HTTP/2 in the clear: no proxy asks for it, and its limits are others.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEAD_SECONDS * 1000, max_buffer_size=MOST_HEAD_BYTES
        ),
        backpressure=most_connections(),
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=logging_of_granian(),
        workers_kill_timeout=_STOP_SECONDS,
    ).serve()


def served_here(kind: type[T]) -> T:
    """What this process is to serve; it ends with the one that started it."""
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        end_with(parent.pid)
        let_go_of_the_deaf(int(os.environ[_PORT]))
    return msgspec.json.decode(os.environ[_ENVIRONMENT], type=kind)


def numeric(host: str) -> str:
    """The address that a host's name stands for, the first of several; raises OSError and UnicodeError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return str(found[0][4][0])


def listener(host: str, port: int) -> socket.socket:
    """A socket that listens where a server would; raises OSError, and UnicodeError for a host that is no name."""
    there = numeric(host)
    six = ":" in there
    return socket.create_server(
        (there, port),
        family=socket.AF_INET6 if six else socket.AF_INET,
        # As granian does: `::` is every address of both kinds.
        dualstack_ipv6=six and socket.has_dualstack_ipv6(),
    )


def refuse_taken(port: tuple[str, int], metrics: tuple[str, int] | None = None) -> None:
    """Raise NotServed for an address where something listens already, or none can, and for two that are one."""
    with contextlib.ExitStack() as held:
        for field, place in (("port", port), ("metrics", metrics)):
            if place is None:
                continue
            try:
                # The first is held while the second is tried: the kernel knows by how many names an address goes.
                held.enter_context(listener(*place))
            except (OSError, UnicodeError):
                raise NotServed(
                    f"nothing can listen at {place[0]} port {place[1]}: it is taken, or not there",
                    f"无法在 {place[0]} 的端口 {place[1]} 监听：已被占用，或没有该地址",
                    code="address-taken",
                    field=field,
                ) from None


def free_port(host: str, preferred: int) -> int:
    """A port at which a server could listen: the one that is preferred, if nobody does there."""
    for port in (preferred, 0):
        with contextlib.suppress(OSError), listener(host, port) as found:
            return int(found.getsockname()[1])
    return preferred


def most_connections() -> int:
    """Raise the limit of this process's descriptors as far as it may go, and tell how many connections that is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit, ceiling = (
        MOST_DESCRIPTORS if one == resource.RLIM_INFINITY else min(one, MOST_DESCRIPTORS)
        for one in (soft, hard)
    )
    if limit < ceiling:
        resource.setrlimit(resource.RLIMIT_NOFILE, (ceiling, hard))
    return max(ceiling - OWN_DESCRIPTORS, ceiling // 2)


def _when_answered(address: Address, listening: Callable[[], None]) -> None:
    latest = time.monotonic() + _LONGEST_START_SECONDS
    while time.monotonic() < latest:
        try:
            with socket.create_connection((address.host, address.port), timeout=1):
                break
        except OSError:
            time.sleep(_LOOK_EVERY_SECONDS)
    else:
        return
    listening()
