"""Whoever asks for figures of the past, which cost much, takes turns with others who do."""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from httpx import Response

from ledger.hosting.fair_queue import Turns
from ledger.operations.callers import Role
from projections.figures import past
from tests.api.asking import Asking
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
    as_: Call, client: Asking, monkeypatch: pytest.MonkeyPatch
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


class Work:
    """Pieces of work that last until they are let go, in the order in which they begin."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.let_go = asyncio.Event()

    async def of(self, actor: str) -> str:
        self.begun.append(actor)
        await self.let_go.wait()
        return actor


async def on_the_loop() -> None:
    """Let everything that can go on go on."""
    for _ in range(20):
        await asyncio.sleep(0)


def asked(turns: Turns, work: Work, *actors: str) -> list["asyncio.Task[str]"]:
    return [
        asyncio.ensure_future(turns.lasting(actor, lambda actor=actor: work.of(actor))) for actor in actors
    ]


@pytest.mark.parametrize("at_once", [1, 3])
def test_who_asks_for_little_is_behind_one_answer_of_who_asks_for_much(at_once: int):
    async def told() -> list[str]:
        turns, work = Turns(at_once), Work()
        tasks = asked(turns, work, *["stf_much"] * 9, "stf_little")
        await on_the_loop()
        assert len(work.begun) == at_once
        work.let_go.set()
        assert await asyncio.gather(*tasks) == [*["stf_much"] * 9, "stf_little"]
        return work.begun

    assert asyncio.run(told()).index("stf_little") <= at_once + 1


def test_who_is_gone_before_their_turn_has_none():
    async def told() -> None:
        turns, work = Turns(), Work()
        first, *others = asked(turns, work, "stf_ann", "stf_bob", "stf_bob", "stf_eve")
        await on_the_loop()
        for gone in others[:2]:
            gone.cancel()
        work.let_go.set()
        assert await asyncio.gather(first, others[2]) == ["stf_ann", "stf_eve"]
        assert work.begun == ["stf_ann", "stf_eve"]
        # Nobody has kept a turn.
        assert await asyncio.gather(*asked(turns, work, "stf_dan")) == ["stf_dan"]

    asyncio.run(told())


def test_who_is_gone_while_they_are_answered_kept_no_thread_from_others():
    """Work that has begun cannot be stopped: its turn lasts as long as it does, or all threads would be full of it."""

    async def told() -> None:
        turns, work = Turns(), Work()
        gone, waiting = asked(turns, work, "stf_ann", "stf_bob")
        await on_the_loop()
        gone.cancel()
        await on_the_loop()
        assert gone.cancelled()
        assert work.begun == ["stf_ann"]
        work.let_go.set()
        assert await waiting == "stf_bob"

    asyncio.run(told())


def test_a_turn_that_is_given_to_who_is_just_gone_goes_to_the_next():
    async def told() -> None:
        turns, work = Turns(), Work()
        await turns._taken("stf_ann")
        gone, waiting = asked(turns, work, "stf_bob", "stf_eve")
        work.let_go.set()
        await on_the_loop()
        # Ann's turn ends, and Bob goes, in one step of the loop.
        turns._pass_on()
        gone.cancel()
        assert await asyncio.wait_for(waiting, PATIENCE_SECONDS) == "stf_eve"

    asyncio.run(told())


def test_work_that_fails_ends_its_turn():
    async def told() -> None:
        turns, work = Turns(), Work()

        async def failing() -> str:
            raise ValueError("no")

        with pytest.raises(ValueError, match="no"):
            await turns.lasting("stf_ann", failing)
        work.let_go.set()
        assert await asyncio.gather(*asked(turns, work, "stf_ann")) == ["stf_ann"]

    asyncio.run(told())
