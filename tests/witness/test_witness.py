"""The witness over real HTTP: each status that the protocol knows, and no two histories ever cosigned."""

import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from ledger.audit.cosignatures import cosigner_key, cosigners
from ledger.store.keys import public_key
from tests.witness.conftest import NAME, Grower, Served, submission

pytestmark = pytest.mark.slow

A_HASH = "LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564="


def test_a_checkpoint_that_extends_the_last_one_is_cosigned(served: Served, grower: Grower, folder: Path):
    key = cosigner_key(NAME, public_key(folder / "witness-key.pem"))
    last = 0
    for size in (5, 6, 6, 16, 17, 64):
        answer = served.post(grower.body(last, size))
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
        note = grower.checkpoint(size).signed(grower.key) + answer.text
        assert list(cosigners(note, [key])) == [key]
        last = size


def test_an_empty_log_can_be_cosigned(served: Served, grower: Grower):
    assert served.post(grower.body(0, 0)).status_code == 200
    assert served.post(grower.body(0, 3)).status_code == 200


def test_whoever_does_not_know_the_last_size_is_told(served: Served, grower: Grower):
    served.post(grower.body(0, 7))
    for old, size in ((0, 9), (5, 9), (0, 7), (8, 9), (5, 6)):
        answer = served.post(grower.body(old, size))
        assert (answer.status_code, answer.text) == (409, "7\n")
        assert answer.headers["content-type"] == "text/x.tlog.size"
    assert served.post(grower.body(7, 9)).status_code == 200


def test_another_history_is_never_cosigned(served: Served, grower: Grower):
    served.post(grower.body(0, 7))
    forged = grower.fork(3)
    # Of the same size, grown further with its own proof, and with the proof of the true one.
    same = served.post(forged.body(7, 7))
    assert (same.status_code, same.text) == (409, "7\n")
    assert served.post(forged.body(7, 12)).status_code == 422
    stolen = submission(7, grower.proof(7, 12), forged.checkpoint(12).signed(forged.key))
    assert served.post(stolen).status_code == 422
    assert served.post(grower.body(7, 12)).status_code == 200


REFUSED: dict[str, tuple[int, Callable[[Grower], str | bytes]]] = {
    "an unknown origin": (404, lambda one: Grower("stranger.example").body(0, 3)),
    "a signature by another key": (403, lambda one: one.checkpoint(3).signed(Grower(one.origin).key)),
    "a wrong signature": (403, lambda one: one.body(0, 3).replace("\n3\n", "\n4\n")),
    "an old size that is greater": (400, lambda one: submission(4, [], one.checkpoint(3).signed(one.key))),
    "a proof from nothing": (422, lambda one: submission(0, [A_HASH], one.checkpoint(3).signed(one.key))),
    "nothing": (400, lambda one: ""),
    "a note alone": (400, lambda one: one.checkpoint(3).signed(one.key)),
    "no note": (400, lambda one: "old 0\n\n"),
    "no empty line": (400, lambda one: one.body(0, 3).replace("\n\n", "\n", 1)),
    "a size with zeros before it": (400, lambda one: one.body(0, 3).replace("old 0", "old 00")),
    "a size below zero": (400, lambda one: one.body(0, 3).replace("old 0", "old -1")),
    "a size that no number holds": (400, lambda one: one.body(0, 3).replace("old 0", f"old {2**63}")),
    "a checkpoint that no log grows to": (
        400,
        lambda one: submission(0, [], one.checkpoint(3)._replace(size=2**63).signed(one.key)),
    ),
    "a hash that is none": (400, lambda one: submission(0, ["AAAA"], one.checkpoint(3).signed(one.key))),
    "a hash that is no base64": (
        400,
        lambda one: submission(0, ["\u6df1"], one.checkpoint(3).signed(one.key)),
    ),
    "too many hashes": (400, lambda one: submission(0, [A_HASH] * 64, one.checkpoint(3).signed(one.key))),
    "what is no text": (400, lambda one: b"\xff" + one.body(0, 3).encode()),
    "a NUL": (400, lambda one: one.body(0, 3).replace(one.origin, one.origin + "\0")),
    "too many signatures": (400, lambda one: one.body(0, 3) + "\u2014 x AAAAAAAA\n" * 40),
    "too much of it": (413, lambda one: one.body(0, 3) + "\u2014 x AAAAAAAA\n" * 9_000),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_submission_is_refused_and_forgotten(what: str, served: Served, growers: list[Grower]):
    status, body = REFUSED[what]
    grower = growers[0]
    sent = body(grower)
    if what == "a signature by another key":
        sent = submission(0, [], str(sent))
    answer = served.post(sent)
    assert answer.status_code == status, answer.text
    # It is seen for the first time by whoever sends the right one.
    assert served.post(grower.body(1, 3)).text == "0\n"


def test_other_requests_find_nothing(served: Served):
    assert httpx.get(f"{served.url}/add-checkpoint", trust_env=False).status_code == 405
    assert httpx.post(f"{served.url}/else", trust_env=False).status_code == 404


def test_signatures_of_strangers_are_passed_over(served: Served, grower: Grower):
    stranger = Grower("stranger.example")
    foreign = stranger.checkpoint(3).signed(stranger.key).rpartition("\n\n")[2]
    assert served.post(grower.body(0, 3) + foreign).status_code == 200


def test_of_two_that_race_from_one_size_one_is_cosigned(served: Served, grower: Grower):
    last = 0
    for size in range(2, 40, 4):
        # Two of one history, and one of another that begins here.
        bodies = [
            grower.body(last, size),
            grower.body(last, size + 1),
            grower.fork(last).body(last, size + 2),
        ]
        answers = served.race(bodies)
        assert sorted(one.status_code for one in answers) == [200, 409, 409]
        won = [number for number, one in enumerate(answers) if one.status_code == 200]
        assert len(won) == 1
        cosigned = size + won[0]
        lost = {answers[number].text for number in range(3) if number not in won}
        assert lost == {f"{cosigned}\n"}
        if won == [2]:
            grower = grower.fork(last)
        last = cosigned


def test_what_was_cosigned_is_remembered_by_whoever_takes_over(grower: Grower, keys: Path, tmp_path: Path):
    first = Served(tmp_path / "w", keys)
    try:
        assert first.post(grower.body(0, 9)).status_code == 200
    finally:
        os.killpg(first.process.pid, signal.SIGKILL)
        first.stop()
    second = Served(tmp_path / "w", keys)
    try:
        assert second.post(grower.body(0, 9)).text == "9\n"
        assert second.post(grower.fork(3).body(9, 12)).status_code == 422
        assert second.post(grower.body(9, 12)).status_code == 200
    finally:
        second.stop()


def test_a_body_that_could_not_be_read_was_a_failure_of_the_witness(served: Served, grower: Grower):
    head = b"POST /add-checkpoint HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", httpx.URL(served.url).port or 0), timeout=10) as caller:
        caller.sendall(head + b"zz\r\nabc")
        with caller.makefile("rb") as answer:
            told = answer.read()
    assert told.startswith(b"HTTP/1.1 400 ")
    assert b"\r\nserver: timebank\r\n" in told
    assert told.endswith(b"the body broke off\n")
    assert served.post(grower.body(0, 3)).status_code == 200
