"""A server that signs by itself, and says so where it cannot."""

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from ledger.api.server import signing_timer as regularly
from ledger.api.server.served import application
from ledger.api.server.serving import Served
from ledger.api.server.signing_timer import signing_regularly
from ledger.audit.signing import NotSigned, notes
from ledger.bootstrap import Ledger
from ledger.operations.proofs.signing import Doubt
from ledger.settings import Settings
from ledger.store.keys import private_key
from tests.api.conftest import CHECKPOINT_KEY
from tests.api.village import ANN, BOB, HEAD, OFFICE
from tests.cli.conftest import run
from tests.small_bank import give

pytestmark = pytest.mark.databases("sqlite")

SOON, NEVER = 0.01, 3_600
PATIENCE_SECONDS = 10


class Heard:
    """What the server's log was told, and a bell that rings each time."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Any]] = []
        self.rung = threading.Semaphore(0)

    def info(self, event: str, size: int) -> None:
        self.said.append((event, size))
        self.rung.release()

    def error(self, event: str, reason: str = "", exc_info: BaseException | None = None) -> None:
        self.said.append((event, exc_info or reason))
        self.rung.release()

    def wait(self) -> None:
        assert self.rung.acquire(timeout=PATIENCE_SECONDS)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    heard = Heard()
    monkeypatch.setattr(regularly, "_log", heard)
    return heard


def signed(ledger: Ledger) -> int:
    with ledger.log.store.snapshot() as connection:
        return len(notes(connection))


def test_the_head_is_signed_at_once_and_again_when_it_is_time(ledger: Ledger, heard: Heard):
    ledger.bank.handle(give(ANN, BOB, 1), by=OFFICE)
    with signing_regularly(ledger, SOON):
        heard.wait()
        ledger.bank.handle(give(ANN, BOB, 1), by=OFFICE)
        while ("signed", HEAD + 2) not in heard.said:
            heard.wait()
    assert heard.said[0] == ("signed", HEAD + 1)
    assert signed(ledger) == 3


def test_nothing_waits_for_the_next_time_when_the_server_ends(ledger: Ledger, heard: Heard):
    with signing_regularly(ledger, NEVER):
        heard.wait()
    assert heard.said == [("signed", HEAD)]
    assert "signing" not in {one.name for one in threading.enumerate()}


def test_what_cannot_be_signed_is_told_and_tried_again(
    ledger: Ledger, heard: Heard, monkeypatch: pytest.MonkeyPatch
):
    def refuse(_ledger: Ledger, _doubt: Doubt) -> str:
        raise NotSigned("it was changed", "被改动")

    monkeypatch.setattr(regularly, "signed_head", refuse)
    with signing_regularly(ledger, SOON):
        heard.wait()
        heard.wait()
    assert heard.said[:2] == [("not signed", "it was changed")] * 2


def test_a_server_is_told_to_sign(built: tuple[Path, Any], tmp_path: Path, heard: Heard):
    shutil.copytree(built[0], tmp_path, dirs_exist_ok=True)
    private_key(tmp_path / "key.pem", make=True)
    place = Settings(
        f"sqlite:///{tmp_path / 'ledger.sqlite'}",
        f"sqlite:///{tmp_path / 'people.sqlite'}",
        str(tmp_path / "key.pem"),
        checkpoint_key=str(tmp_path / CHECKPOINT_KEY),
    )
    served = Served(settings=place, sign_every=NEVER)
    with TestClient(application(served)):
        heard.wait()
    assert heard.said == [("signed", HEAD)]


def test_the_command_says_how_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    served: list[Served] = []
    monkeypatch.setattr("ledger.api.server.serving.refuse_taken", lambda *_: None)
    monkeypatch.setattr("ledger.cli.tools.serving._prepare", lambda served: None)
    monkeypatch.setattr("ledger.cli.tools.serving.serve_place", served.append)
    assert run("serve", "--data", tmp_path).exit_code == 0
    assert run("serve", "--data", tmp_path, "--sign-every", 1_440).exit_code == 0
    assert [how.sign_every for how in served] == [0, 1_440]
    for wrong in (-1, 525_601, "daily"):
        assert run("serve", "--data", tmp_path, "--sign-every", wrong).exit_code == 2
    failed = run("serve", "--data", tmp_path, "--sign-every", 5, "--read-only")
    assert failed.exit_code == 2
    assert "a server that only reads signs nothing" in failed.stderr


def test_a_failure_that_nobody_expected_does_not_end_the_signing_and_its_words_are_not_told(
    ledger: Ledger, heard: Heard, monkeypatch: pytest.MonkeyPatch
):
    def fail(_ledger: Ledger, _doubt: Doubt) -> str:
        raise ValueError("王秀兰")

    monkeypatch.setattr(regularly, "signed_head", fail)
    with signing_regularly(ledger, SOON):
        heard.wait()
        heard.wait()
    assert [event for event, _ in heard.said[:2]] == ["not signed"] * 2
    assert all(isinstance(why, ValueError) for _, why in heard.said)
