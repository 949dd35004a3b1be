"""The village behind a real Granian: what only a server between client and application can get wrong."""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
from litestar.types import ASGIApp

ROOT = Path(__file__).parents[2]
PLACE = "TIMEBANK_TEST_PLACE"
PATIENCE_SECONDS = 120
ENDING_SECONDS = 10


class Served(NamedTuple):
    """Where it is, and an administrator's token."""

    url: str
    token: str


def app() -> ASGIApp:
    """The application over a new village in the folder that the environment names."""
    from ledger.api.server.app import create_app
    from ledger.api.server.metrics import Metrics
    from ledger.api.server.served import let_many_take_part
    from ledger.api.state import open_api
    from ledger.api.tokens import Verifier
    from ledger.operations.callers import Role
    from tests.api.conftest import KEY, TERMS, token, village

    place = Path(os.environ[PLACE])
    stack = contextlib.ExitStack()
    atexit.register(stack.close)
    ledger = stack.enter_context(
        village(f"sqlite:///{place / 'ledger.sqlite'}", f"sqlite:///{place / 'people.sqlite'}")
    )
    (place / "token").write_text(token(Role.ADMIN, "stf_office"))
    made = create_app(open_api(ledger, Verifier(KEY.public_key(), TERMS), Metrics()))
    let_many_take_part()
    return made


@contextlib.contextmanager
def serving(place: Path) -> Iterator[Served]:
    """A server of its own for a new village in a folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--port", str(port)]
    with (place / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, f"{__name__}:app"],
            cwd=ROOT,
            env={**os.environ, PLACE: str(place)},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(url, place)
        yield Served(url, (place / "token").read_text())
    finally:
        process.terminate()
        try:
            process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            # One that was told so while it began went on for ever, and its worker too.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(url: str, place: Path) -> None:
    latest = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            httpx.get(url, trust_env=False)
            return
        except httpx.TransportError:
            assert time.monotonic() < latest, (place / "server.log").read_text()
            time.sleep(0.05)
