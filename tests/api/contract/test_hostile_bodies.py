"""A real server that is sent what is made to be a burden goes on answering others."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.api.hostile import bodies
from tests.api.served import Served

MOST_SECONDS = 0.05
PAUSE_SECONDS = 0.003
"""Between two questions of who watches, who would keep a processor busy with nothing else."""
TRIES = 8
"""A shared machine may stop everybody for a moment: what holds the loop does so each time."""


class Watch:
    """The longest that `/healthz` took since it was last asked for."""

    def __init__(self) -> None:
        self.longest = 0.0
        self.answered = 0

    def taken(self) -> float:
        """The longest so far, once what was asked before is answered."""
        answered = self.answered
        while self.answered < answered + 2:
            time.sleep(0.000_5)
        longest, self.longest = self.longest, 0.0
        return longest


@contextmanager
def watching(url: str) -> Iterator[Watch]:
    watch, ended = Watch(), threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=url, trust_env=False) as client:
            while not ended.is_set():
                begun = time.perf_counter()
                assert client.get("/healthz").status_code == 200
                watch.longest = max(watch.longest, time.perf_counter() - begun)
                watch.answered += 1
                ended.wait(PAUSE_SECONDS)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield watch
    finally:
        ended.set()
        thread.join()


@pytest.mark.slow
def test_a_batch_of_20000_names_stopped_everybody_for_seconds(served: Served):
    headers = {"Authorization": f"Bearer {served.token}", "Content-Type": "application/json"}
    with (
        watching(served.url) as watch,
        httpx.Client(base_url=f"{served.url}/api/v1", headers=headers, trust_env=False, timeout=60) as client,
    ):
        for what, body in bodies():
            for path in ("/batches", "/transfers"):
                held = []
                for _ in range(TRIES):
                    watch.taken()
                    assert client.post(path, content=body).status_code < 500, what
                    held.append(watch.taken())
                    if held[-1] <= MOST_SECONDS:
                        break
                assert min(held) <= MOST_SECONDS, (what, path, held)
