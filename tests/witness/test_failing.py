"""A witness that fails says where, and nothing of what it was sent."""

from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from ledger.hosting.traces import traced
from ledger.store.keys import private_key
from ledger.witness import served
from ledger.witness.served import application
from ledger.witness.serving import KEY_FILE, Witness
from ledger.witness.watch import Watch

WORDS = "what-somebody-sent"


def test_a_witness_that_fails_says_where_and_no_word_of_what_it_was_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    told: list[Any] = []

    class Heard:
        def error(self, event: str, exc_info: BaseException) -> None:
            told.append((event, traced(exc_info)))

    def fail(self: Watch, body: bytes) -> None:
        raise ValueError(body)

    monkeypatch.setattr(served, "_log", Heard())
    monkeypatch.setattr(Watch, "add", fail)
    private_key(tmp_path / KEY_FILE, make=True)
    witness = Witness(folder=str(tmp_path), name="example.org/witness", ledgers=())
    with TestClient(application(witness), raise_server_exceptions=False) as client:
        answer = client.post("/add-checkpoint", content=WORDS)
        assert client.post("/add-checkpoint", content=b"x" * 100_000).status_code == 413
    assert answer.status_code == 500
    [(event, [exception])] = told
    assert (event, exception["type"]) == ("failed", "ValueError")
    assert WORDS not in answer.text + str(told)
