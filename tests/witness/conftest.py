"""A witness that is served, and ledgers that grow as they are told to."""

import signal
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.notes import VerifierKey, verifier_key
from ledger.store.merkle import consistency_proof, leaf_hash, root_of
from tests.programs import Program

NAME = "witness.example/w1"
PATIENCE_SECONDS = 60


class Grower:
    """A ledger of its own name: nothing but leaves and a key."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.key = Ed25519PrivateKey.generate()
        self._hashes = [leaf_hash(str(at).encode()) for at in range(64)]

    @property
    def public(self) -> VerifierKey:
        return verifier_key(self.origin, self.key.public_key())

    def fork(self, at: int) -> "Grower":
        """The same ledger with another event at a position, and its own key."""
        other = Grower(self.origin)
        other.key, other._hashes = self.key, list(self._hashes)
        other._hashes[at] = leaf_hash(b"another")
        return other

    def checkpoint(self, size: int) -> Checkpoint:
        return Checkpoint(self.origin, size, root_of(self._hashes[:size]))

    def proof(self, old: int, size: int) -> list[str]:
        if old == 0:
            return []
        hashes = consistency_proof(old, size, lambda start, end: root_of(self._hashes[start:end]))
        return [b64encode(one).decode() for one in hashes]

    def body(self, old: int, size: int) -> str:
        return submission(old, self.proof(old, size), self.checkpoint(size).signed(self.key))


def submission(old: object, proof: Sequence[str], note: str) -> str:
    return "\n".join([f"old {old}", *proof, "", note])


class Served:
    """A `timebank witness` of its own over a folder."""

    def __init__(self, folder: Path, ledgers: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as found:
            port = int(found.getsockname()[1])
        self.url = f"http://127.0.0.1:{port}"
        words = ["witness", folder, "--name", NAME, "--ledger", ledgers, "--port", port]
        self.log = ledgers.with_name(f"{port}.log")
        self.process = Program(*words, log=self.log)
        self._wait(port)
        self._client = httpx.Client(base_url=self.url, timeout=PATIENCE_SECONDS, trust_env=False)

    def _wait(self, port: int) -> None:
        latest = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < latest and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        self.process.kill()
        raise AssertionError(self.log.read_text())

    def post(self, body: str | bytes) -> httpx.Response:
        return self._client.post("/add-checkpoint", content=body)

    def race(self, bodies: Sequence[str]) -> list[httpx.Response]:
        """The answers to bodies that are sent at one moment, each over a connection of its own."""
        answers: dict[int, httpx.Response] = {}
        gate = threading.Barrier(len(bodies))

        def send(number: int, body: str) -> None:
            with httpx.Client(base_url=self.url, timeout=PATIENCE_SECONDS, trust_env=False) as client:
                gate.wait()
                answers[number] = client.post("/add-checkpoint", content=body)

        threads = [threading.Thread(target=send, args=pair) for pair in enumerate(bodies)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        return [answers[number] for number in range(len(bodies))]

    def stop(self) -> None:
        self._client.close()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def growers() -> list[Grower]:
    """Ledgers of which each test takes those that it spoils."""
    return [Grower(f"ledger.example/{number}") for number in range(40)]


@pytest.fixture(scope="module")
def keys(growers: list[Grower], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "ledgers"
    path.write_text("".join(f"{one.public}\n" for one in growers), "utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("witness") / "w1"


@pytest.fixture(scope="module")
def served(folder: Path, keys: Path) -> Iterator[Served]:
    served = Served(folder, keys)
    yield served
    served.stop()


@pytest.fixture
def grower(growers: list[Grower]) -> Grower:
    """A ledger that the witness watches and has not seen yet."""
    return growers.pop()
