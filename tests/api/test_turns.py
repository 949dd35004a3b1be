"""Whoever asks for figures of the past, which cost much, takes turns with others who do."""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from httpx import Response
from litestar.testing import TestClient

from ledger.api.callers import Role
from ledger.api.turns import Turns
from projections import past
from tests.api.conftest import Call, application
from tests.api.village import ANN, BOB, HEAD, SINGERS, VALLEY

pytestmark = pytest.mark.databases("sqlite")
PATIENCE_SECONDS = 30
PATHS = (
    "/leaderboards/volunteers",
    f"/communities/{VALLEY}/contributions",
    f"/teams/{SINGERS}",
    "/periods/2026-01/report",
)


class Slow:
    """Adding up that stops in the middle, until it is let go on."""

    def __init__(self, filling: type[Any]) -> None:
        self.begun: list[object] = []
        self.let_go = threading.Event()
        self._filling = filling

    def __call__(self, *given: object) -> Any:
        self.begun.append(given)
        assert self.let_go.wait(PATIENCE_SECONDS)
        return self._filling(*given)


def until(true: Callable[[], bool]) -> None:
    """Wait for the loop and its threads to get there."""
    for _ in range(PATIENCE_SECONDS * 100):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it never comes")


def test_figures_of_the_past_took_all_threads_from_other_readers(
    as_: Call, client: TestClient[Any], monkeypatch: pytest.MonkeyPatch
):
    slow = Slow(past._Filling)
    monkeypatch.setattr(past, "_Filling", slow)
    here = application()._crowd._here
    bob, ann = as_(Role.VOLUNTEER, BOB), as_(Role.VOLUNTEER, ANN)

    def ask(path: str) -> Response:
        return bob.get(path) if path.startswith("/periods") else bob.get(path, known_at=HEAD - 1)

    with ThreadPoolExecutor(len(PATHS)) as pool:
        try:
            asked = [pool.submit(ask, path) for path in PATHS]
            until(lambda: here[BOB] == len(PATHS) and len(slow.begun) > 0)
            assert ann.read("/leaderboards/volunteers")["items"]
            assert len(slow.begun) == 1
        finally:
            slow.let_go.set()
        assert {one.result().status_code for one in asked} == {200}
    assert len(slow.begun) == len(PATHS)


def test_who_asks_for_little_is_behind_one_answer_of_who_asks_for_much():
    async def answered() -> list[str]:
        turns, order = Turns(), list[str]()

        async def ask(actor: str) -> None:
            async with turns.taken(actor):
                await asyncio.sleep(0)
                order.append(actor)

        await asyncio.gather(*map(ask, ["stf_much"] * 4), ask("stf_little"))
        return order

    assert asyncio.run(answered()).index("stf_little") == 1
