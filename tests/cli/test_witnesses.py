"""Having checkpoints cosigned at the command line, by witnesses that are served."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from ledger.bootstrap import open_for_writing
from ledger.settings import read_settings
from tests.cli.conftest import Counter, refused, run
from tests.witness.conftest import NAME, Served

pytestmark = pytest.mark.slow


@pytest.fixture
def watched(counter: Counter, tmp_path: Path) -> Iterator[tuple[Counter, Served, Path]]:
    """A counter, the witness that watches its ledger, and the file of the witness's key."""
    counter.told("audit", "sign")
    ledgers, key = tmp_path / "ledgers", tmp_path / "witness.key"
    ledgers.write_text(counter.told("audit", "key")["verifier_key"] + "\n", "utf-8")
    key.write_text(run("witness", tmp_path / "witness", "--name", NAME, "--show-key").stdout, "utf-8")
    served = Served(tmp_path / "witness", ledgers)
    yield counter, served, key
    served.stop()


def test_each_checkpoint_is_cosigned_and_that_can_be_verified(
    watched: tuple[Counter, Served, Path], tmp_path: Path
):
    counter, served, key = watched
    kept = tmp_path / "kept"
    for team in ("一队", "二队"):
        counter.told("team", "form", team, "--community", "柳溪镇")
        signed = counter.told("audit", "sign", "--witness", served.url, "--witness-key", key)
        assert signed["witnesses"] == [{"url": served.url, "fault": None}]
        assert signed["checkpoint"].count("\u2014 ") == 2
        kept.write_text(signed["checkpoint"], "utf-8")
        # Again, while somebody serves the ledger.
        with open_for_writing(read_settings(counter.folder, {})):
            again = counter.told("audit", "cosign", "--witness", served.url, "--witness-key", key)
        assert again["checkpoint"].rpartition("\n\n")[0] == signed["checkpoint"].rpartition("\n\n")[0]
        words = ("--checkpoint", kept, "--witness-key", key)
        assert {one["fault"] for one in counter.told("audit", "verify", *words)["items"]} == {None}
    # Without asking anybody it is printed as it lies in the ledger, which no witness vouches for.
    kept.write_text(counter.told("audit", "sign")["checkpoint"], "utf-8")
    found = counter.told("audit", "verify", "--checkpoint", kept, "--witness-key", key, code=1)["items"]
    assert found[-1]["fault"].endswith(f"is not cosigned by {NAME}")
    found = counter.told("audit", "verify", "--witness-key", key, code=1)["items"]
    assert "no checkpoint to look at" in found[-1]["fault"]


def test_a_witness_that_fails_is_named_and_the_others_are_asked(
    watched: tuple[Counter, Served, Path], tmp_path: Path
):
    counter, served, _ = watched
    dead = "http://127.0.0.1:9"
    result = counter.run("audit", "sign", "--witness", dead, "--witness", served.url)
    assert (result.exit_code, result.stdout.count("\u2014 ")) == (1, 2)
    assert result.stderr.startswith(f"{dead} did not cosign: it cannot be asked")
    # Somebody else's key: what comes is known to nobody.
    other = tmp_path / "other.key"
    other.write_text(run("witness", tmp_path / "other", "--name", NAME, "--show-key").stdout, "utf-8")
    signed = counter.told("audit", "sign", "--witness", served.url, "--witness-key", other, code=1)
    assert signed["witnesses"][0]["fault"] == "it answered with no cosignature of a witness that is known"


def test_a_ledger_that_was_set_back_is_not_cosigned(watched: tuple[Counter, Served, Path], tmp_path: Path):
    counter, served, _ = watched
    counter.told("backup", tmp_path / "backup", "--keys")
    counter.told("team", "form", "一队", "--community", "柳溪镇")
    counter.told("audit", "sign", "--witness", served.url)
    again = Counter(tmp_path / "again")
    again.told("restore", tmp_path / "backup")
    fault = again.told("audit", "sign", "--witness", served.url, code=1)["witnesses"][0]["fault"]
    assert "some were taken away" in fault
    for team in ("三队", "四队"):
        again.told("team", "form", team, "--community", "柳溪镇")
    fault = again.told("audit", "sign", "--witness", served.url, code=1)["witnesses"][0]["fault"]
    assert fault.startswith("it answered 422")


@pytest.fixture
def liar() -> Iterator[tuple[str, list[tuple[int, bytes]]]]:
    """Something that answers whatever is put in its list, and its address."""
    answers: list[tuple[int, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, body = answers[0]
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", answers
        server.shutdown()
        thread.join()


def test_what_a_liar_answers_is_not_taken(counter: Counter, liar: tuple[str, list[tuple[int, bytes]]]):
    url, answers = liar
    own = counter.told("audit", "sign")["checkpoint"].rpartition("\n\n")[2]
    for answer, reason in (
        ((200, b""), "is no cosignature"),
        ((200, b"\xff"), "no text"),
        ((200, b"<html>" * 9_000), "is no cosignature"),
        ((200, own.encode()), "known"),
        ((200, "\u2014 witness.example AAAAAAAA\n".encode()), "known"),
        ((409, b"0\n"), "another history of the first 0 events"),
        ((409, b"99999999999999999999999\n"), "it answered 409"),
        ((409, b"999999999\n"), "some were taken away"),
        ((404, "没有\x1b[31m".encode()), "it answered 404: 没有\\x1b[31m"),
        ((302, b""), "it answered 302"),
    ):
        answers[:] = [answer]
        signed = counter.told("audit", "sign", "--witness", url, code=1)
        assert reason in signed["witnesses"][0]["fault"], answer
        assert signed["checkpoint"].endswith(f"\n\n{own}")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "witness.example",
        "ftp://witness.example",
        "http://",
        "http://a:0",
        "http://a:99999",
        "http://a b",
        "http://a/?b",
    ],
)
def test_what_is_no_address_was_asked_nobody(url: str, counter: Counter):
    assert counter.refused("audit", "sign", "--witness", url, code=2)["code"] == "no-witness"


def test_what_is_not_signed_is_not_cosigned(counter: Counter):
    error = counter.refused("audit", "cosign", "--witness", "http://127.0.0.1:9", code=3)
    assert error["code"] == "nothing-signed"
    assert counter.refused("audit", "cosign", code=2)["code"] == "usage"


def test_what_a_witness_cannot_be_is_told(counter: Counter, tmp_path: Path):
    counter.told("audit", "sign")
    ledgers, wrong = tmp_path / "ledgers", tmp_path / "wrong"
    ledgers.write_text(counter.told("audit", "key")["verifier_key"], "utf-8")
    wrong.write_text("nothing\n", "utf-8")
    folder, name = tmp_path / "witness", ("--name", NAME)
    for words, reason in (
        ((folder, *name), "watches a ledger at least"),
        ((folder, *name, "--ledger", wrong), "holds no verifier keys: this is no verifier key"),
        ((folder, "--name", "two words", "--ledger", ledgers), "1 to 200 characters, with no space"),
        ((wrong, *name, "--ledger", ledgers), "is a file"),
    ):
        result = run("witness", *words)
        assert (result.exit_code, reason in result.stderr) == (2, True), result.stderr
    # A ledger's key is no witness's.
    error = refused("audit", "sign", "--witness-key", ledgers, "--data", counter.folder, code=2)
    assert "no witness's" in error["message"]


def test_a_second_process_over_a_witness_is_told_of_the_first(
    watched: tuple[Counter, Served, Path], tmp_path: Path
):
    """Its server ended with a traceback."""
    words = ("--name", NAME, "--ledger", tmp_path / "ledgers", "--port", 1)
    error = run("witness", tmp_path / "witness", *words)
    assert (error.exit_code, error.stdout) == (3, "")
    assert error.stderr.startswith("Error: the witness is held by process")


def test_an_empty_file_of_keys_is_not_taken_for_nobody(counter: Counter, tmp_path: Path):
    """Verifying asked for no cosignature then, and said that all is well."""
    kept, none = tmp_path / "kept", tmp_path / "none"
    kept.write_text(counter.told("audit", "sign")["checkpoint"], "utf-8")
    for text, reason in (
        (b"", "none holds no verifier keys"),
        (b"\xff", "no verifier keys: it is not UTF-8"),
    ):
        none.write_bytes(text)
        error = counter.refused("audit", "verify", "--checkpoint", kept, "--witness-key", none, code=2)
        assert (error["code"], error["message"].endswith(reason)) == ("no-verifier-key", True)
    assert counter.refused("audit", "sign", "--witness-key", none, code=2)["code"] == "no-verifier-key"
