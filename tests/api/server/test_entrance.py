"""What an application raises stops before granian, which would print it with all that it says."""

import asyncio
import json
import re
from types import SimpleNamespace
from typing import Any, cast

import pytest
from structlog.testing import capture_logs

from ledger.api.entrance import Entrance
from ledger.api.server.metrics import Metrics

SECRET = "王秀英 13800000000"


class Raising:
    """An application that fails before it answers, or while it does."""

    def __init__(self, after: int) -> None:
        self.state = SimpleNamespace(api=SimpleNamespace(metrics=Metrics(), asks_elsewhere=False))
        self._after = after

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self._after:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError(SECRET)


def asked(entrance: Entrance, *, sent: list[dict[str, Any]], deaf: bool = False) -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if deaf:
            raise RuntimeError(SECRET)
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    asyncio.run(entrance(cast(Any, scope), cast(Any, receive), cast(Any, send)))


@pytest.mark.parametrize(("after", "deaf"), [(0, False), (1, False), (0, True), (1, True)])
def test_what_was_raised_went_to_granian(after: int, deaf: bool):
    sent: list[dict[str, Any]] = []
    raising = Raising(after)
    with capture_logs() as logs:
        asked(Entrance(cast(Any, raising), raising.state.api, ()), sent=sent, deaf=deaf)
    assert [log["event"] for log in logs if log["log_level"] == "error"] in (["failed"], ["failed"] * 2)
    counted = raising.state.api.metrics.text().decode()
    assert set(re.findall(r'status="(\d+)"', counted)) == {"200" if after else "500"}
    if not deaf and not after:
        start, body = sent
        assert start["status"] == 500
        assert json.loads(body["body"])["code"] == "internal-error"
        assert SECRET not in body["body"].decode()


def test_what_the_doorstep_raised_would_have_gone_to_granian(monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("ledger.api.doorstep.Doorstep.knock", broken)
    sent: list[dict[str, Any]] = []
    with capture_logs() as logs:
        raising = Raising(0)
        asked(Entrance(cast(Any, raising), raising.state.api, ()), sent=sent)
    assert [log["event"] for log in logs if log["log_level"] == "error"] == ["failed"]
    start, body = sent
    assert start["status"] == 500
    assert json.loads(body["body"])["code"] == "internal-error"
    assert SECRET not in body["body"].decode()
