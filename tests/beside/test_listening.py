"""One process holds the ledger, and others of its user come to its socket: who is heard there."""

import contextlib
import os
import socket
import stat
import struct
import subprocess
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import pytest

from ledger.application import Ask
from ledger.beside import calling, listening, messages
from ledger.beside.calling import TooMuch
from ledger.beside.messages import Hello, OtherRelease, read_hello
from ledger.beside.opening import open_for_work, open_to_hold
from ledger.beside.places import LONGEST_ADDRESS, address_of, socket_of
from ledger.bootstrap import Ledger, open_for_reading, open_for_writing
from ledger.settings import Settings
from ledger.store.engine import file_url
from tests.beside.holding import begun, connected, finds_it_held, greeted, raw, works_beside
from tests.small_bank import ANN, BOB, STAFF, give

STRANGER = 65_534
ANOTHER = """
import os, socket, sys
os.chdir(sys.argv[1])
os.setuid(int(sys.argv[2]))
with socket.socket(socket.AF_UNIX) as caller:
    caller.settimeout(10)
    caller.connect("ledger.socket")
    try:
        caller.sendall(b"\\0\\0\\0\\2{}")
        print(len(caller.recv(100)))
    except ConnectionError:
        print(0)
"""


def test_the_socket_is_its_owners_alone_and_goes_with_the_holder(settings: Settings):
    path = socket_of(settings)
    with open_to_hold(settings):
        mode = path.stat().st_mode
        assert stat.S_ISSOCK(mode)
        assert stat.S_IMODE(mode) == 0o600
    assert not path.exists()


def test_nobody_listens_for_what_is_only_looked_at(settings: Settings):
    with open_for_reading(settings) as ledger, listening.listening(ledger):
        assert not socket_of(settings).exists()


def test_a_socket_that_was_left_behind_is_made_anew(settings: Settings):
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(socket_of(settings)))
    with open_to_hold(settings):
        works_beside(settings)


def test_a_file_of_the_sockets_name_is_left_alone(settings: Settings):
    path = socket_of(settings)
    path.write_text("kept")
    with open_to_hold(settings):
        finds_it_held(settings)
    assert path.read_text() == "kept"


@pytest.mark.parametrize(("folder", "name"), [("志愿" * 20, "ledger"), ("short", "a" * 150)])
def test_a_path_may_be_longer_than_the_name_of_a_socket(tmp_path: Path, folder: str, name: str):
    inner = tmp_path / folder / folder
    settings = begun(Settings(file_url(inner / f"{name}.sqlite"), file_url(inner / "directory.sqlite")))
    with open_to_hold(settings):
        with address_of(socket_of(settings)) as address:
            assert len(os.fsencode(address)) <= LONGEST_ADDRESS
        assert stat.S_IMODE(socket_of(settings).stat().st_mode) == 0o600
        works_beside(settings)
    assert not socket_of(settings).exists()


def test_who_is_of_another_user_is_not_read(
    settings: Settings, held: Ledger, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(listening, "user_of", lambda _: os.getuid() + 1)
    with raw(settings) as caller:
        with contextlib.suppress(OSError):
            caller.sendall(b"\0\0\0\2{}")
        with contextlib.suppress(ConnectionError):
            assert caller.recv(100) == b""
    finds_it_held(settings)


@pytest.mark.skipif(os.getuid() != 0, reason="only root becomes another user")
def test_another_user_finds_the_door_shut(settings: Settings, held: Ledger):
    folder = socket_of(settings).parent
    command = [sys.executable, "-c", ANOTHER, str(folder), str(STRANGER)]
    folder.chmod(0o755)
    shut = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "PermissionError" in shut.stderr
    # And is let go unheard even where somebody opened it.
    socket_of(settings).chmod(0o666)
    unheard = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (unheard.stdout, unheard.stderr) == ("0\n", "")


def test_a_listener_of_another_user_is_told_nothing(
    settings: Settings, held: Ledger, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(calling, "user_of", lambda _: STRANGER)
    finds_it_held(settings)


def test_who_is_of_another_release_is_told_so_and_asked_nothing(settings: Settings, held: Ledger):
    with connected(settings) as caller:
        caller.send_bytes(msgspec.json.encode(Hello(messages.PROTOCOL, "0.0.9")))
        assert read_hello(caller.recv_bytes()).release == messages.release()
        with pytest.raises(EOFError):
            caller.recv_bytes()


@pytest.mark.parametrize("other", [Hello(messages.PROTOCOL, "9.0.0"), Hello(99, "0.1.0")])
def test_a_holder_of_another_release_is_named(settings: Settings, other: Hello):
    with (
        open_for_writing(settings),
        socket.socket(socket.AF_UNIX) as listener,
        address_of(socket_of(settings)) as address,
    ):
        listener.bind(address)
        listener.listen()

        def answer() -> None:
            connected, _ = listener.accept()
            connection: Connection[bytes, bytes] = Connection(connected.detach())
            with connection:
                connection.recv_bytes()
                connection.send_bytes(msgspec.json.encode(other))

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(OtherRelease, match=f"of release {other.release}"), open_for_work(settings):
            pass
        thread.join()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"GET / HTTP/1.1\r\n\r\n",
        struct.pack("!i", 3) + b"{}}",
        struct.pack("!i", 2_000) + b"x" * 2_000,
        struct.pack("!i", -1) + struct.pack("!Q", 1 << 60),
        struct.pack("!i", 500) + b"half",
    ],
)
def test_garbage_harms_nobody(settings: Settings, held: Ledger, said: bytes):
    with raw(settings) as caller:
        with contextlib.suppress(OSError):
            caller.sendall(said)
        works_beside(settings)


@pytest.mark.parametrize(
    "said", [b"\xc1", b"\x80", msgspec.msgpack.encode({"type": "Hear"}), msgspec.msgpack.encode([1])]
)
def test_garbage_after_a_greeting_harms_nobody(settings: Settings, held: Ledger, said: bytes):
    with greeted(settings) as caller:
        caller.send_bytes(said)
        with pytest.raises((EOFError, ConnectionError)):
            caller.recv_bytes()
    works_beside(settings)


def test_what_is_said_at_a_time_has_a_bound(
    settings: Settings, held: Ledger, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(listening, "MOST_BYTES", 2_000)
    with greeted(settings) as caller:
        # Not so much as read.
        caller.send_bytes(b"x" * 2_001)
        with pytest.raises((EOFError, ConnectionError)):
            caller.recv_bytes()
    monkeypatch.setattr(calling, "MOST_BYTES", 2_000)
    with open_for_work(settings) as ledger, pytest.raises(TooMuch):
        ledger.bank.handle_many([Ask(give(ANN, BOB, 1), STAFF)] * 50)


def test_of_too_many_callers_the_last_is_not_heard(
    settings: Settings, held: Ledger, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(listening, "MOST_CALLERS", 2)
    with greeted(settings), greeted(settings):
        finds_it_held(settings)
    works_beside(settings)


def test_who_was_silent_for_long_is_heard_again(
    settings: Settings, held: Ledger, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(listening, "SILENT_SECONDS", 0.05)
    with open_for_work(settings) as ledger:
        for _ in range(3):
            threading.Event().wait(0.2)
            ledger.bank.handle(give(ANN, BOB, 1), by=STAFF)


def test_whoever_holds_without_listening_is_waited_for(settings: Settings):
    with contextlib.ExitStack() as stack:
        stack.enter_context(open_for_writing(settings))
        timer = threading.Timer(0.2, stack.close)
        timer.start()
        with open_for_work(settings) as ledger:
            assert ledger.alone
        timer.join()
