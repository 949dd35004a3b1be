"""The verifier where something is amiss: a sentence and an exit code, never a traceback, and never a yes."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.audit import verifier
from tests.audit.conftest import Given
from tests.audit.test_verifier import PROGRAM


def run(*words: object, flags: tuple[str, ...] = ("-I",), **how: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *flags, str(PROGRAM), *map(str, words)]
    return subprocess.run(
        command, stderr=subprocess.PIPE, text=True, check=False, **{"stdout": subprocess.PIPE, **how}
    )


def test_without_cryptography_it_was_a_traceback(given: Given):
    done = run("bundle", given.folder, given.public, flags=("-I", "-S"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "This needs the package cryptography: pip install cryptography\n"


def _event(change: Callable[[str], str]) -> Callable[[Path], None]:
    """The second event of a bundle, changed."""

    def doctor(folder: Path) -> None:
        lines = (folder / "events.jsonl").read_text("utf-8").split("\n")
        lines[1] = change(lines[1])
        (folder / "events.jsonl").write_text("\n".join(lines), "utf-8")

    return doctor


def _file(name: str, content: bytes) -> Callable[[Path], None]:
    return lambda folder: [(folder / name).write_bytes(content), None][1]


def _folder(name: str) -> Callable[[Path], None]:
    def doctor(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return doctor


AMISS: dict[str, Callable[[Path], None]] = {
    "an integer of 5,000 digits": _event(lambda _: '{"type":"x","minutes":' + "9" * 5_000 + "}"),
    "NaN": _event(lambda _: '{"type":"credits-granted","community":"c","receiver":"r","minutes":NaN}'),
    "a fraction": _event(lambda _: '{"type":"credits-granted","community":"c","receiver":"r","minutes":5.0}'),
    "half a surrogate": _event(lambda _: '{"type":"\\ud800"}'),
    "no object": _event(lambda _: "[]"),
    "a type that is a list": _event(lambda _: '{"type":[]}'),
    "no type": _event(lambda _: "{}"),
    "nothing": _event(lambda _: ""),
    "10 MB of brackets": _event(lambda _: "[" * 10_000_000),
    "a manifest of brackets": _file("manifest.json", b"[" * 10_000_000),
    "a manifest of another kind": _file("manifest.json", b"[]"),
    "a manifest that is a folder": _folder("manifest.json"),
    "events that are a folder": _folder("events.jsonl"),
    "events that are no UTF-8": _file("events.jsonl", b"\xff\n"),
    "checkpoints that are no UTF-8": _file("checkpoints.json", b"\xff"),
    "checkpoints that are numbers": _file("checkpoints.json", b"[1]"),
    "a checkpoint with half a surrogate": _file("checkpoints.json", b'["\\ud800\\n\\n\\u2014 a b\\n"]'),
    "balances that are a list": _file("balances.json", b"[]"),
}


@pytest.mark.parametrize("what", AMISS)
def test_what_is_amiss_is_told_in_a_sentence(what: str, given: Given, capsys: pytest.CaptureFixture[str]):
    AMISS[what](given.folder)
    assert verifier.main(["bundle", str(given.folder), str(given.public)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("NO: ")
    assert len(err.splitlines()) == 1


def test_minutes_that_are_no_whole_numbers_are_none(given: Given, capsys: pytest.CaptureFixture[str]):
    """5.0 was 5: the balances of a bundle could hold what no ledger writes."""
    file = given.folder / "balances.json"
    told = json.loads(file.read_bytes())
    told["service"] = {name: float(minutes) for name, minutes in told["service"].items()}
    file.write_text(json.dumps(told))
    assert verifier.main(["bundle", str(given.folder), str(given.public)]) == 1
    assert capsys.readouterr().err.startswith("NO: service of ")


@pytest.mark.parametrize("words", [("bundle", "nowhere"), ("receipt", "nowhere", "nowhere")])
def test_a_place_that_is_not_there_is_told(
    words: tuple[str, ...], given: Given, capsys: pytest.CaptureFixture[str]
):
    assert verifier.main([*words, str(given.public)]) == 1
    assert capsys.readouterr().err.startswith("NO: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_yes_that_nobody_could_be_told_is_none(given: Given):
    with Path("/dev/full").open("w") as full:
        done = run("bundle", given.folder, given.public, stdout=full)
    assert (done.returncode, done.stderr) == (1, "")
    reading, writing = os.pipe()
    os.close(reading)
    done = run("bundle", given.folder, given.public, stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_terminal_that_knows_no_chinese_is_told_all_the_same(given: Given):
    done = run("bundle", given.folder, given.public, flags=("-s",), env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr


def test_an_interruption_is_no_traceback(given: Given, tmp_path: Path):
    pipe = tmp_path / "event"
    os.mkfifo(pipe)
    command = [sys.executable, "-I", str(PROGRAM), "receipt", str(pipe), "none", str(given.public)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        late = threading.Timer(60, process.kill)
        late.start()
        # Opened once it reads, and closed once it has ended.
        with pipe.open("w"):
            said = None
            # Again if it does not heed it: between Python's last look for a signal and its reading none is seen.
            while said is None:
                process.send_signal(signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    _, said = process.communicate(timeout=10)
        late.cancel()
    assert (process.returncode, said) == (130, "NO: interrupted before all was checked\n")


def test_false_was_taken_for_no_minutes(given: Given, capsys: pytest.CaptureFixture[str]):
    file = given.folder / "balances.json"
    told = json.loads(file.read_bytes())
    told["service"]["vol_nobody"] = False
    file.write_text(json.dumps(told))
    assert verifier.main(["bundle", str(given.folder), str(given.public)]) == 1
    said = "NO: service of vol_nobody: the bundle says False minutes, its events 0\n"
    assert capsys.readouterr().err == said
