"""Running granian's processes, each of which makes the application that it serves."""

import os
import socket
import threading
import time
from collections.abc import Callable
from typing import TypeVar

import msgspec
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from ledger.api.unexpected import logging_of_granian

_ENVIRONMENT = "TIMEBANK_SERVED"
_STOP_SECONDS = 8
_LONGEST_START_SECONDS = 60
_LOOK_EVERY_SECONDS = 0.05

T = TypeVar("T")


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
    os.environ[_ENVIRONMENT] = msgspec.json.encode(served).decode()
    Server(
        factory,
        factory=True,
        address=address.host,
        port=address.port,
        interface=Interfaces.ASGI,
        workers=address.workers,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=logging_of_granian(),
        workers_kill_timeout=_STOP_SECONDS,
    ).serve()


def served_here(kind: type[T]) -> T:
    """What this process is to serve."""
    return msgspec.json.decode(os.environ[_ENVIRONMENT], type=kind)


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
