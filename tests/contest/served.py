"""A real server process, and callers who come to it over real connections."""

import asyncio
import contextlib
import signal
import socket
import time
from collections.abc import Awaitable, Callable, Generator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.api.tokens import Terms, issue
from ledger.bootstrap import open_for_writing
from ledger.folders import DATABASE_URL
from ledger.operations.callers import Caller, Role
from ledger.settings import KEY_FILE, Settings
from tests.programs import Program
from tests.small_bank import A_DAY, ANN, BOB, STAFF, attest, begin

ROOT = Path(__file__).parents[2]
STARTING_SECONDS = 60

R = TypeVar("R")


class Server:
    """A `timebank serve` of its own, on a port that was free."""

    def __init__(
        self,
        url: str,
        folder: Path,
        *words: str,
        port: int | None = None,
        log_level: str = "error",
        program: str = "ledger.cli",
    ) -> None:
        """Serve the ledger at a URL; keys and logs lie in the folder."""
        self._key = folder / "key.pem"
        if not self._key.exists():
            self._key.write_bytes(
                Ed25519PrivateKey.generate().private_bytes(
                    serialization.Encoding.PEM,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
            )
        self.port = free_port() if port is None else port
        self.log = folder / "server.log"
        environment = {DATABASE_URL: url, KEY_FILE: str(self._key)}
        words = ("--port", str(self.port), "--log-level", log_level, *words)
        self.process = Program("serve", *words, module=program, environment=environment, log=self.log)
        self._wait()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def token(self, role: Role = Role.ADMIN, actor: str = "stf_office", community: str | None = None) -> str:
        key = serialization.load_pem_private_key(self._key.read_bytes(), None)
        assert isinstance(key, Ed25519PrivateKey)
        caller = Caller(actor, role, community)
        return issue(key, Terms(audience="timebank"), caller, timedelta(hours=1), time.time())

    def stop(self, number: signal.Signals = signal.SIGTERM) -> float:
        """End it, and tell how many seconds that took."""
        begun = time.monotonic()
        self.process.send_signal(number)
        assert self.process.wait(30) == 0, self.log.read_text()
        return time.monotonic() - begun

    def kill(self) -> None:
        self.process.kill()

    def _wait(self) -> None:
        latest = time.monotonic() + STARTING_SECONDS
        while time.monotonic() < latest:
            assert self.process.poll() is None, self.log.read_text()
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.address}/readyz").status_code == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(self.log.read_text())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextlib.contextmanager
def serving(
    url: str, folder: Path, *words: str, log_level: str = "error", program: str = "ledger.cli"
) -> Generator[Server]:
    """A server while the block runs."""
    server = Server(url, folder, *words, log_level=log_level, program=program)
    try:
        yield server
    finally:
        server.kill()


def small_ledger(folder: Path, url: str = "") -> Settings:
    """A ledger in a folder, or at a URL, in which Ann has 1,000 minutes to give, and Bob none."""
    url = url or f"sqlite:///{folder / 'ledger.db'}"
    people = url if url.startswith("postgres") else f"sqlite:///{folder / 'directory.sqlite'}"
    settings = Settings(url, people)
    with open_for_writing(settings, create=True) as ledger:
        begin(ledger.bank, ANN, BOB)
        ledger.bank.handle(attest(ANN, 1_000, A_DAY), by=STAFF)
    return settings


async def crowd(
    server: Server, connections: int, asks: Sequence[Callable[[httpx.AsyncClient], Awaitable[R]]]
) -> list[R]:
    """What becomes of the asks, which so many connections make one after the other."""
    headers = {"Authorization": f"Bearer {server.token()}"}
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    async with httpx.AsyncClient(
        base_url=f"{server.address}/api/v1", headers=headers, limits=limits, timeout=60
    ) as client:
        gate = asyncio.Semaphore(connections)

        async def one(ask: Callable[[httpx.AsyncClient], Awaitable[R]]) -> R:
            async with gate:
                return await ask(client)

        return await asyncio.gather(*(one(ask) for ask in asks))


def posting(
    path: str, body: Any, key: str | None = None
) -> Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]:
    """An ask: a POST."""

    async def ask(client: httpx.AsyncClient) -> httpx.Response:
        return await client.post(path, json=body, headers={} if key is None else {"Idempotency-Key": key})

    return ask
