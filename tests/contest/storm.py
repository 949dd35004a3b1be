"""A storm: all that strangers and bad clients may send to a server, again and again, from a process of its own."""

import asyncio
import contextlib
import resource
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any

import httpx
import msgspec

from tests.api.hostile import burdens

SECRET = "此内容只有本人可见"
"""A text that no line and no answer may repeat."""
_SLOW_SECONDS = 0.5
_PATIENCE_SECONDS = 30


class Plan(msgspec.Struct):
    """Where the server is, who sends what (volunteers' and the office's tokens), and how much of it."""

    port: int
    office: str
    stranger: str
    giver: str
    receiver: str
    phone: str
    name: str
    idle: int
    rounds: int


class Came(msgspec.Struct):
    """How often there was each status (0: no answer), and the problem documents that were sent."""

    statuses: dict[str, int]
    problems: list[str]


class Storm:
    """One storm, over one loop."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.statuses: Counter[str] = Counter()
        self.problems: set[str] = set()

    async def blow(self) -> Came:
        """Everything at once, round after round, while idle connections are held."""
        async with self._held():
            for _ in range(self.plan.rounds):
                await asyncio.gather(*(part() for part in self._parts()))
        return Came(dict(self.statuses), sorted(self.problems))

    def _parts(self) -> Sequence[Callable[[], Coroutine[Any, Any, None]]]:
        return (
            self._odd_requests,
            self._burdens,
            self._batches,
            self._pipelines,
            self._methods,
            self._hang_ups,
            self._questions,
        )

    @contextlib.asynccontextmanager
    async def _held(self) -> AsyncIterator[None]:
        """Connections that say nothing, that stop in their headers, and that never finish a body."""
        head = self._head("POST /api/v1/transfers", "Content-Type: application/json", "Content-Length: 500")
        first = [b"", head[: len(head) // 2], head + b'{"giver": "' + SECRET.encode()]
        writers: list[asyncio.StreamWriter] = []
        try:
            for number in range(self.plan.idle):
                _, writer = await asyncio.open_connection("127.0.0.1", self.plan.port)
                # Of unfinished bodies no more than one caller may have under way.
                writer.write(first[2 if number < 20 else number % 2])
                writers.append(writer)
            dripping = asyncio.create_task(self._drip(writers))
            yield
            dripping.cancel()
        finally:
            for writer in writers:
                writer.close()

    async def _drip(self, writers: Sequence[asyncio.StreamWriter]) -> None:
        while True:
            await asyncio.sleep(_SLOW_SECONDS)
            for writer in writers[:60]:
                writer.write(b"X")

    def _head(self, line: str, *more: str, token: str | None = None) -> bytes:
        lines = (
            f"{line} HTTP/1.1",
            "Host: localhost",
            f"Authorization: Bearer {token or self.plan.stranger}",
            "Connection: close",
            *more,
        )
        return "\r\n".join(lines).encode() + b"\r\n\r\n"

    async def _say(self, said: bytes, *, hang_up: bool = False) -> None:
        """Bytes on a connection of their own; what is answered is counted, if that is waited for."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.plan.port)
        except OSError:
            self.statuses["0"] += 1
            return
        try:
            writer.write(said)
            await writer.drain()
            answer = b""
            if not hang_up:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    answer = await reader.read()
            self._count(answer)
        except (OSError, TimeoutError):
            self.statuses["0"] += 1
        finally:
            writer.close()

    def _count(self, answer: bytes) -> None:
        for part in answer.split(b"HTTP/1.1 ")[1:]:
            self.statuses[part[:3].decode("latin-1")] += 1
            if b"problem+json" in part:
                self.problems.add(part.decode("utf-8", "replace"))

    async def _odd_requests(self) -> None:
        body = f'{{"giver": "{self.plan.giver}", "receiver": "{SECRET}", "minutes": 1}}'.encode()
        json, chunked = "Content-Type: application/json", "Transfer-Encoding: chunked"
        post = "POST /api/v1/transfers"
        for said in (
            self._head(post, json, chunked) + b"zz\r\n" + body,
            self._head(post, json, chunked) + b"5\r\n" + body,
            self._head(post, json, chunked) + b"-1\r\n" + body,
            self._head(post, json, chunked) + b"ffffffffffffffffffff\r\n" + body,
            self._head(post, json, chunked, "Content-Length: 3") + body,
            self._head(post, json, "Content-Length: 2") + body,
            self._head(post, json, f"Content-Length: {len(body)}") + body,
            self._head(post, json, "Content-Length: -1") + body,
            self._head(post, "Content-Type: text/plain", f"Content-Length: {len(body)}") + body,
            self._head(post, json, f"Idempotency-Key: {'k' * 300}", "Content-Length: 0"),
            self._head(f"GET /api/v1/volunteers/{'%E7%8E%8B' * 200}/balance"),
            self._head(f"GET /api/v1/volunteers/number:{self.plan.phone}/balance"),
            self._head(f"GET /api/v1/leaderboards/volunteers?limit={self.plan.phone}"),
            self._head("GET /api/v1/leaderboards/volunteers?cursor=" + "x" * 400),
            self._head("GET /api/v1/me", token=self.plan.stranger[:-4] + "AAAA"),
            self._head("GET /api/v1/me", "X-Big: " + "a" * 30_000),
            self._head("GET /%00%ff\x00"),
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
        ):
            await self._say(said)

    async def _burdens(self) -> None:
        for _, body in burdens():
            for path in ("/batches", "/transfers"):
                await self._post(path, body)

    async def _batches(self) -> None:
        gift = {"giver": self.plan.giver, "receiver": self.plan.receiver, "minutes": 1}
        person = {
            "community": "com_nowhere",
            "person": {"number": "QX1", "name": self.plan.name, "phone": SECRET},
        }
        items = [{"to": "/transfers", "body": gift}] * 250 + [{"to": "/volunteers", "body": person}] * 250
        for _ in range(3):
            await self._post("/batches", msgspec.json.encode({"items": items}))

    async def _post(self, path: str, body: bytes) -> None:
        headers = {"Authorization": f"Bearer {self.plan.office}", "Content-Type": "application/json"}
        url = f"http://127.0.0.1:{self.plan.port}/api/v1{path}"
        # Not encrypted: else each client reads in all certificates first.
        async with httpx.AsyncClient(headers=headers, trust_env=False, verify=False, timeout=60) as client:
            response = await client.post(url, content=body)
        self.statuses[str(response.status_code)] += 1
        if "problem" in response.headers["content-type"]:
            self.problems.add(response.text)

    async def _pipelines(self) -> None:
        last = self._head(f"GET /api/v1/volunteers/{self.plan.giver}/balance", token=self.plan.office)
        asked = last.replace(b"Connection: close\r\n", b"")
        await self._say(asked * 49 + last)
        await self._say(asked * 20, hang_up=True)

    async def _methods(self) -> None:
        for number in range(40):
            await self._say(self._head(f"INVENTED{number} /api/v1/me"))
            await self._say(self._head(f"BREW{number} /{SECRET}{number}"))

    async def _hang_ups(self) -> None:
        json = "Content-Type: application/json"
        body = f'{{"giver": "{SECRET}"'.encode()
        for _ in range(20):
            await self._say(
                self._head("POST /api/v1/transfers", json, "Content-Length: 900") + body, hang_up=True
            )
            await self._say(self._head("GET /api/v1/leaderboards/volunteers"), hang_up=True)
            await self._say(self._head("GET /api/v1/me?min_position=99999999"), hang_up=True)

    async def _questions(self) -> None:
        for path in ("/leaderboards/volunteers", "/leaderboards/volunteers?known_at=5", "/ledger", "/shifts"):
            await asyncio.gather(*(self._say(self._head(f"GET /api/v1{path}")) for _ in range(30)))


def blow(plan: Plan) -> Came:
    """One storm, in a process that may hold as many connections as any."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return asyncio.run(Storm(plan).blow())
