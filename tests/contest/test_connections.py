"""Connections that say nothing, say it slowly, or go away: nobody else is kept out, and no place is kept for them."""

import asyncio
import contextlib
import os
import re
import resource
import socket
import time
from collections.abc import Iterator

import httpx
import psutil
import pytest

from ledger.api.crowd import MOST_AT_ONCE
from ledger.hosting import connections, listening, processes
from tests.contest import hurried
from tests.contest.served import Server, serving, small_ledger
from tests.sizes import FULL_SIZE
from tests.small_bank import ANN

# With --full they wait for as long as callers are waited for anywhere, else for a third of that.
if FULL_SIZE in os.environ:
    pytestmark = pytest.mark.full
    PROGRAM = "ledger.cli"
    HEAD_SECONDS, BODY_SECONDS = processes.HEAD_SECONDS, connections.BODY_SECONDS
    TAKING_SECONDS = listening.TAKING_SECONDS
else:
    pytestmark = pytest.mark.slow
    PROGRAM = hurried.__name__
    HEAD_SECONDS, BODY_SECONDS = hurried.HEAD_SECONDS, hurried.BODY_SECONDS
    TAKING_SECONDS = hurried.TAKING_SECONDS

IDLE = 1_100
BALANCE = f"/api/v1/volunteers/{ANN}/balance"
LENIENCY_SECONDS = 10
AT_ONCE_SECONDS = 5.0
"""Far less than what anything here is held for, and enough on a machine that has much to do."""

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("connections")
    with serving(small_ledger(folder).ledger, folder, program=PROGRAM) as one:
        yield one


@pytest.fixture
def descriptors() -> Iterator[None]:
    """Enough for both ends of all connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4 * IDLE)), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextlib.asynccontextmanager
async def connected(server: Server, how_many: int):
    """So many connections, closed at the end."""
    found: list[Connection] = []
    try:
        for _ in range(how_many):
            found.append(await asyncio.open_connection("127.0.0.1", server.port))
        yield found
    finally:
        for _, writer in found:
            writer.close()


def head(server: Server, line: str, *more: str, actor: str = "stf_office") -> bytes:
    lines = (line, "Host: localhost", f"Authorization: Bearer {server.token(actor=actor)}", *more)
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


async def status_of(server: Server, actor: str = "stf_office") -> int:
    headers = {"Authorization": f"Bearer {server.token(actor=actor)}"}
    async with httpx.AsyncClient(base_url=server.address, headers=headers, trust_env=False) as client:
        return (await client.get(BALANCE, timeout=AT_ONCE_SECONDS)).status_code


async def until_served(server: Server, actor: str = "stf_office") -> float:
    """For how many seconds the caller is told that too much of theirs is under way."""
    begun = time.monotonic()
    while (status := await status_of(server, actor)) == 429:
        assert time.monotonic() - begun < BODY_SECONDS + LENIENCY_SECONDS
        await asyncio.sleep(0.25)
    assert status == 200
    return time.monotonic() - begun


def test_1100_idle_connections_kept_everybody_else_out(server: Server, descriptors: None):
    async def run() -> None:
        async with connected(server, IDLE):
            for _ in range(5):
                assert await status_of(server) == 200

    asyncio.run(run())


async def silent(server: Server) -> None:
    """Connections that say nothing, half of a head, and a head that is never at its end; and two that say all."""
    whole = head(server, f"GET {BALANCE} HTTP/1.1", actor="stf_silent")

    async def closed(connection: Connection, first: bytes, drop: bytes = b"") -> bytes:
        reader, writer = connection

        async def trickle() -> None:
            while drop:
                writer.write(drop)
                await asyncio.sleep(0.5)

        writer.write(first)
        dropping = asyncio.create_task(trickle())
        try:
            return await reader.read()
        except ConnectionResetError:
            return b""
        finally:
            dropping.cancel()

    async with connected(server, 5) as five, asyncio.timeout(HEAD_SECONDS + LENIENCY_SECONDS):
        nothing, half, drops, after, wait = await asyncio.gather(
            closed(five[0], b""),
            closed(five[1], whole[:-3]),
            closed(five[2], whole[:-2], b"X"),
            closed(five[3], whole),
            # This one has said all there is to say: its answer is waited for.
            closed(five[4], head(server, f"GET {BALANCE}?min_position=1000000 HTTP/1.1", actor="stf_silent")),
        )
    assert [nothing, half, drops] == [b""] * 3
    assert after.startswith(b"HTTP/1.1 200 ")
    assert wait.startswith(b"HTTP/1.1 503 ")


async def deaf(server: Server) -> None:
    """More answers than the kernel holds ready for anybody lie behind each other, and nobody takes one in."""
    page = httpx.get(f"{server.address}/docs", trust_env=False).text
    [bundle] = set(re.findall(r"/docs/[^\"]+/swagger-ui-bundle.js", page))
    whole = head(server, f"GET {bundle} HTTP/1.1") * 20
    with socket.socket() as caller:
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
        caller.connect(("127.0.0.1", server.port))
        caller.sendall(whole)
        here = caller.getsockname()[1]
        # The kernel takes bytes in for a server that has accepted nothing yet.
        async with asyncio.timeout(AT_ONCE_SECONDS):
            while not held(server, here):
                await asyncio.sleep(0.02)
        async with asyncio.timeout(TAKING_SECONDS + LENIENCY_SECONDS):
            while held(server, here):
                await asyncio.sleep(0.2)


def held(server: Server, port: int) -> bool:
    """Whether the server's process has a connection with somebody at a port."""
    [child] = psutil.Process(server.process.pid).children()
    return any(one.raddr and one.raddr.port == port for one in child.net_connections("tcp"))


async def unfinished(server: Server, actor: str, drop: bytes = b"") -> None:
    """Bodies of which nothing more comes, or a byte every second."""
    kind, length = "Content-Type: application/json", "Content-Length: 99"
    sent = head(server, "POST /api/v1/transfers HTTP/1.1", kind, length, actor=actor)
    async with connected(server, MOST_AT_ONCE) as held:
        for _, writer in held:
            writer.write(sent + b"{")
        await until_full(server, actor)
        assert await status_of(server, "stf_other") == 200

        async def trickle() -> None:
            while drop:
                await asyncio.sleep(1)
                for _, writer in held:
                    writer.write(drop)

        dropping = asyncio.create_task(trickle())
        await until_served(server, actor)
        dropping.cancel()
        async with asyncio.timeout(LENIENCY_SECONDS):
            answers = await asyncio.gather(*(reader.read() for reader, _ in held))
    for answer in answers:
        told, _, body = answer.partition(b"\r\n\r\n")
        assert told.startswith(b"HTTP/1.1 408 ")
        assert b"content-type: application/problem+json" in told
        assert b'"code":"request-timeout"' in body


Waited = dict[str, BaseException | None]


@pytest.fixture(scope="module")
def waited(server: Server) -> Waited:
    """What came of each that has to be waited for: all of them wait at the same time."""

    async def run() -> Waited:
        parts = {
            "silent": silent(server),
            "deaf": deaf(server),
            "half bodies": unfinished(server, "stf_half"),
            "dripping bodies": unfinished(server, "stf_drip", b" "),
        }
        return dict(zip(parts, await asyncio.gather(*parts.values(), return_exceptions=True), strict=True))

    return asyncio.run(run())


def well(ended: BaseException | None) -> None:
    if ended is not None:
        raise ended


def test_connections_that_say_nothing_were_held_for_ever(waited: Waited):
    well(waited["silent"])


def test_callers_who_took_no_answer_in_were_held_for_ever(waited: Waited):
    well(waited["deaf"])


@pytest.mark.parametrize("bodies", ["half bodies", "dripping bodies"])
def test_bodies_that_are_never_finished_kept_their_callers_places(waited: Waited, bodies: str):
    well(waited[bodies])


async def until_full(server: Server, actor: str = "stf_office") -> None:
    async with asyncio.timeout(AT_ONCE_SECONDS):
        while await status_of(server, actor) != 429:
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("what", ["half a body", "a long wait"])
def test_callers_who_are_gone_kept_their_places(server: Server, what: str):
    body = head(
        server, "POST /api/v1/transfers HTTP/1.1", "Content-Type: application/json", "Content-Length: 99"
    )
    wait = head(server, f"GET {BALANCE}?min_position=1000000 HTTP/1.1")

    async def run() -> float:
        async with connected(server, MOST_AT_ONCE) as held:
            for _, writer in held:
                writer.write(body + b"{" if what == "half a body" else wait)
            await until_full(server)
        return await until_served(server)

    # The wait itself is for 5 seconds.
    assert asyncio.run(run()) < 3


def test_the_log_tells_of_no_failure(server: Server):
    """It comes last, after all of the others."""
    log = server.log.read_text()
    assert '"failed"' not in log
    assert "Traceback" not in log
