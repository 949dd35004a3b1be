"""Bytes that no client's library would send, over raw sockets: refused in HTTP's own words, never a failure of ours."""

import re
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

import pytest

from tests.contest.served import Server, serving, small_ledger
from tests.small_bank import ANN, BOB

pytestmark = pytest.mark.slow

BALANCE = f"/api/v1/volunteers/{ANN}/balance".encode()
TRANSFERS = b"/api/v1/transfers"
TRANSFER = f'{{"giver": "{ANN}", "receiver": "{BOB}", "minutes": 1}}'.encode()
PATIENCE_SECONDS = 10

_STATUS = re.compile(rb"^HTTP/1\.[01] (\d{3}) ")


class Answer(NamedTuple):
    """One response of a connection."""

    status: int
    head: bytes
    body: bytes


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("raw")
    with serving(small_ledger(folder).ledger, folder, log_level="debug") as one:
        yield one


def asked(
    server: Server, pieces: Sequence[bytes], answers: int = 1, *, hang_up: bool = False
) -> list[Answer]:
    """What a connection is answered to bytes, sent piece by piece; nothing where it is closed without a word."""
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS)) as caller:
        caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in pieces:
            # Who is refused at once may find the door shut while they still speak.
            try:
                caller.sendall(piece)
            except OSError:
                break
        if hang_up:
            return []
        found: list[Answer] = []
        with caller.makefile("rb") as answer:
            try:
                while len(found) < answers and (one := read(answer)) is not None:
                    found.append(one)
            except ConnectionResetError:
                pass
        return found


def read(answer: "socket.SocketIO | object") -> Answer | None:
    lines: list[bytes] = []
    while (line := answer.readline()) not in {b"", b"\r\n"}:  # type: ignore[union-attr]
        lines.append(line)
    if not lines:
        return None
    head = b"".join(lines)
    status = _STATUS.match(head)
    assert status is not None, head
    if status[1] == b"100":
        return read(answer)
    length = re.search(rb"^content-length: (\d+)", head, re.MULTILINE | re.IGNORECASE)
    body = answer.read(int(length[1])) if length else b""  # type: ignore[union-attr]
    return Answer(int(status[1]), head.lower(), body)


def head(server: Server, first: bytes, *more: bytes) -> bytes:
    lines = (first, b"Host: localhost", b"Authorization: Bearer " + server.token().encode(), *more)
    return b"\r\n".join(lines) + b"\r\n\r\n"


def get(server: Server, path: bytes = BALANCE, *more: bytes) -> bytes:
    return head(server, b"GET " + path + b" HTTP/1.1", *more)


def post(server: Server, *more: bytes) -> bytes:
    return head(server, b"POST " + TRANSFERS + b" HTTP/1.1", b"Content-Type: application/json", *more)


CHUNKED = b"Transfer-Encoding: chunked"
WRONG_BODIES = {
    "a chunk's size that is no number": ((CHUNKED,), b"zz\r\nabc\r\n0\r\n\r\n", {400}),
    "a chunk's size of 20 digits": ((CHUNKED,), b"f" * 20 + b"\r\nabc", {400}),
    "a negative size of a chunk": ((CHUNKED,), b"-1\r\nabc", {400}),
    "no size of a chunk": ((CHUNKED,), b"\r\nabc\r\n", {400}),
    "a chunk without its end": ((CHUNKED,), b"3\r\nabcXX0\r\n\r\n", {400}),
    "a chunk of two megabytes": ((CHUNKED,), b"200000\r\n" + b"a" * 0x200000 + b"\r\n0\r\n\r\n", {413}),
    "endless extensions of a chunk": (
        (CHUNKED,),
        b"3;" + b"a" * 100_000 + b"\r\nabc\r\n0\r\n\r\n",
        {400, 415},
    ),
    "endless trailers": ((CHUNKED,), b"0\r\n" + b"X: y\r\n" * 100_000 + b"\r\n", {400, 422}),
    "a good chunk, then a bad one": ((CHUNKED,), b"3\r\nabc\r\nzz\r\n", {400}),
    "both a length and chunks": ((b"Content-Length: 3", CHUNKED), b"3\r\nabc\r\n0\r\n\r\n", {400}),
    "both, the other way round": ((CHUNKED, b"Content-Length: 3"), b"3\r\nabc\r\n0\r\n\r\n", {400}),
    "a coding that nobody knows": ((b"Transfer-Encoding: rot13",), b"abc", {400}),
    "chunks within chunks": ((b"Transfer-Encoding: chunked, chunked",), b"3\r\nabc\r\n0\r\n\r\n", {400}),
    "a coding after chunks": ((b"Transfer-Encoding: chunked, gzip",), b"3\r\nabc\r\n0\r\n\r\n", {400}),
    "a negative length": ((b"Content-Length: -1",), b"abc", {400}),
    "a length of 31 digits": ((b"Content-Length: 1" + b"0" * 30,), b"abc", {400}),
    "a length that is no number": ((b"Content-Length: 0x3",), b"abc", {400}),
    "a length with a sign": ((b"Content-Length: +3",), b"abc", {400}),
    "a huge length": ((b"Content-Length: 9000000000000000000",), b"abc", {413}),
    "two lengths": ((b"Content-Length: 3", b"Content-Length: 4"), b"abcd", {400}),
    "a length too short": ((b"Content-Length: 2",), b"{}{}", {422}),
    "no length, no chunks": ((), b"{}", {400, 415}),
    "a length of nothing": ((b"Content-Length: 0",), b"", {400}),
}


@pytest.mark.parametrize("name", WRONG_BODIES)
def test_a_body_that_cannot_be_read_was_a_failure_of_ours(server: Server, name: str):
    more, body, allowed = WRONG_BODIES[name]
    [answer] = asked(server, [post(server, *more), body])
    assert answer.status in allowed
    # Hyper refuses a head by itself; what reaches the application is told in its words.
    if b"server: timebank" in answer.head:
        assert b"application/problem+json" in answer.head
    still_answers(server)


ODD_HEADS: dict[str, tuple[bytes, set[int]]] = {
    "a method that is none": (b"FOO " + BALANCE + b" HTTP/1.1", {405}),
    "a method in small letters": (b"get " + BALANCE + b" HTTP/1.1", {405}),
    "a method of 10,000 letters": (b"A" * 10_000 + b" " + BALANCE + b" HTTP/1.1", {405}),
    "a method with a NUL": (b"G\0T " + BALANCE + b" HTTP/1.1", {400}),
    "no method": (b" " + BALANCE + b" HTTP/1.1", {400}),
    "a tunnel": (b"CONNECT example.org:443 HTTP/1.1", {404, 405}),
    "a tunnel to a path": (b"CONNECT " + BALANCE + b" HTTP/1.1", {405}),
    "an echo": (b"TRACE " + BALANCE + b" HTTP/1.1", {405}),
    "the asterisk": (b"OPTIONS * HTTP/1.1", {404}),
    "the asterisk with GET": (b"GET * HTTP/1.1", {400, 404}),
    "a whole URL": (b"GET http://elsewhere.example" + BALANCE + b" HTTP/1.1", {200}),
    "a URL of another kind": (b"GET ftp://elsewhere.example/ HTTP/1.1", {400, 404}),
    "no slash": (b"GET api HTTP/1.1", {400, 404}),
    "HTTP/9.9": (b"GET " + BALANCE + b" HTTP/9.9", {400}),
    "HTTP/2.0": (b"GET " + BALANCE + b" HTTP/2.0", {400}),
    "HTTP/1.2": (b"GET " + BALANCE + b" HTTP/1.2", {400}),
    "HTTP/0.9": (b"GET " + BALANCE, {400}),
    "no HTTP": (b"GET " + BALANCE + b" GOPHER", {400}),
    "HTTP/1.0": (b"GET " + BALANCE + b" HTTP/1.0", {200}),
    "a NUL in the path": (b"GET /a\0b HTTP/1.1", {400}),
    "bytes in the path": (b"GET /\xff\xfe HTTP/1.1", {400, 404}),
    "Chinese in the path": ("GET /青河 HTTP/1.1".encode(), {400, 404}),
    "%00 in the path": (b"GET " + BALANCE + b"%00 HTTP/1.1", {404}),
    "%00 in an id": (b"GET /api/v1/volunteers/%00/balance HTTP/1.1", {404}),
    "%ff in an id": (b"GET /api/v1/volunteers/%ff/balance HTTP/1.1", {404}),
    "half a percent": (b"GET /api/v1/volunteers/%/balance HTTP/1.1", {404}),
    "half a surrogate pair": (b"GET /api/v1/volunteers/%ed%a0%80/balance HTTP/1.1", {404}),
    "a NUL in the query": (b"GET " + BALANCE + b"?a=\0 HTTP/1.1", {400}),
    "bytes in the query": (b"GET " + BALANCE + b"?a=\xff HTTP/1.1", {400, 422}),
    "%00 in the query": (b"GET " + BALANCE + b"?min_position=%00 HTTP/1.1", {400, 422}),
    "%ff in the query": (b"GET " + BALANCE + b"?min_position=%ff HTTP/1.1", {400, 422}),
    "a path of 60,000 letters": (b"GET /" + b"a" * 60_000 + b" HTTP/1.1", {404, 414, 431}),
    "a path of 100,000 letters": (b"GET /" + b"a" * 100_000 + b" HTTP/1.1", {414, 431}),
    "two requests in one line": (b"GET / HTTP/1.1 GET / HTTP/1.1", {400}),
}


@pytest.mark.parametrize("name", ODD_HEADS)
def test_an_odd_first_line_is_refused_or_answered(server: Server, name: str):
    line, allowed = ODD_HEADS[name]
    [answer] = asked(server, [head(server, line)])
    assert answer.status in allowed
    still_answers(server)


ODD_HEADERS: dict[str, tuple[tuple[bytes, ...], set[int]]] = {
    "of 50 kB": ((b"X: " + b"a" * 50_000,), {200}),
    "of 100 kB": ((b"X: " + b"a" * 100_000,), {200, 431}),
    "of a megabyte": ((b"X: " + b"a" * 1_000_000,), {431}),
    "10,000 of them": (tuple(b"X%d: y" % number for number in range(10_000)), {431}),
    "90 of them": (tuple(b"X%d: y" % number for number in range(90)), {200}),
    "with a NUL": ((b"X: a\0b",), {400}),
    "with bytes": ((b"X: \xff\xfe",), {200}),
    "named in Chinese": (("名: a".encode(),), {400}),
    "without a name": ((b": a",), {400}),
    "without a colon": ((b"abc",), {400}),
    "folded": ((b"X: a\r\n b",), {200, 400}),
    "a bare carriage return": ((b"X: a\rb",), {400}),
    "a second host": ((b"Host: elsewhere.example",), {200, 400}),
    "an upgrade to HTTP/2": (
        (b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABkAAQAAP__"),
        {200},
    ),
    "an upgrade to a websocket": (
        (
            b"Connection: Upgrade",
            b"Upgrade: websocket",
            b"Sec-WebSocket-Version: 13",
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ),
        {200},
    ),
    "an expectation of nothing": ((b"Expect: 100-continue",), {200}),
    "an expectation that is none": ((b"Expect: a-wonder",), {200, 417}),
    "a body that GET has not": ((b"Content-Length: 1000",), {200}),
    "chunks that GET has not": ((CHUNKED,), {200}),
}


@pytest.mark.parametrize("name", ODD_HEADERS)
def test_odd_headers_are_refused_or_overlooked(server: Server, name: str):
    more, allowed = ODD_HEADERS[name]
    [answer] = asked(server, [get(server, BALANCE, *more)])
    assert answer.status in allowed
    still_answers(server)


def test_http2_in_the_clear_was_spoken(server: Server):
    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS)) as caller:
        caller.sendall(preface)
        answer = caller.recv(65_536)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")
    still_answers(server)


def test_the_server_told_its_make(server: Server):
    for path in (BALANCE, b"/healthz", b"/docs", b"/nothing"):
        [answer] = asked(server, [get(server, path)])
        assert b"granian" not in answer.head
        assert answer.head.count(b"\nserver: timebank\r\n") == 1


def test_what_waits_for_leave_to_send_is_given_it(server: Server):
    wanted = post(server, b"Expect: 100-continue", b"Content-Length: %d" % len(TRANSFER))
    [answer] = asked(server, [wanted, TRANSFER])
    assert answer.status == 201


def test_requests_in_one_piece_are_answered_in_order(server: Server):
    lines = [BALANCE, b"/healthz", b"/nothing", BALANCE, TRANSFERS, b"/healthz"] * 10
    answers = asked(server, [b"".join(get(server, path) for path in lines)], len(lines))
    assert [one.status for one in answers] == [200, 200, 404, 200, 405, 200] * 10
    assert all(b'"service_minutes"' in one.body for one in answers[::3] if one.status == 200)


def test_writes_in_one_piece_are_each_recorded(server: Server):
    one = post(server, b"Content-Length: %d" % len(TRANSFER)) + TRANSFER
    answers = asked(server, [one * 20], 20)
    assert [answer.status for answer in answers] == [201] * 20
    positions = [int(re.findall(rb'"position":(\d+)', answer.body)[0]) for answer in answers]
    assert positions == sorted(set(positions))


def test_a_request_byte_by_byte_is_a_request(server: Server):
    whole = post(server, CHUNKED) + b"%x\r\n%s\r\n0\r\n\r\n" % (len(TRANSFER), TRANSFER)
    [answer] = asked(server, [whole[at : at + 1] for at in range(len(whole))])
    assert answer.status == 201


def test_who_hangs_up_while_they_send_was_a_failure(server: Server):
    before = len(server.log.read_bytes())
    whole = {
        "a first line": b"GET " + BALANCE,
        "half a head": get(server)[:-10],
        "half a length": post(server, b"Content-Length: 1000") + TRANSFER,
        "half a chunk": post(server, CHUNKED) + b"ffff\r\n" + TRANSFER,
        "an answer nobody reads": get(server) * 50,
    }
    for piece in whole.values():
        for _ in range(5):
            asked(server, [piece], hang_up=True)
    # Told at its end: each is answered or given up once this is.
    latest = time.monotonic() + PATIENCE_SECONDS
    while (log := server.log.read_bytes()[before:]).count(b'"method": "POST"') < 10:
        assert time.monotonic() < latest, log
        still_answers(server)
    assert b'"failed"' not in log
    assert b'"status": 5' not in log
    assert b"Traceback" not in log


def still_answers(server: Server) -> None:
    [answer] = asked(server, [get(server, b"/healthz")])
    assert answer.status == 200
