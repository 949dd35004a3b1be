"""A follower is killed at random moments while others write: at the end every fact counts once in its views."""

import signal
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from multiprocessing import parent_process
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from ledger.application import TimeBank
from ledger.bootstrap import open_followed, open_follower, open_for_reading, open_for_writing
from ledger.folders import DATABASE_URL
from ledger.settings import Settings, read_settings
from ledger.store import log as logs
from projections.registry import Views
from projections.running import states
from tests.contest.apart import CONTEXT
from tests.contest.racing import entered
from tests.contest.test_kills import set_up
from tests.contest.victim import ACTORS, THREADS, request
from tests.programs import Program

ROOT = Path(__file__).parents[2]
VIEWS = Views().all()

_PATIENCE_SECONDS = 60
_WORKING_SECONDS = 0.2
_REQUESTS_OF_A_WRITER = 1_000_000
_PAUSE_SECONDS = 0.01
"""Between two requests of a writer, so that the followers, on the same few cores, get on too."""


class Chase(NamedTuple):
    """How often the follower is killed, and how many write meanwhile."""

    kills: int
    writers: int


SMALL, FULL = Chase(kills=2, writers=2), Chase(kills=30, writers=8)
SIZES = [SMALL, pytest.param(FULL, marks=pytest.mark.full)]

pytestmark = pytest.mark.slow


def write_on(bank: TimeBank, writer: int, done: Callable[[], bool]) -> None:
    """Minutes and transfers, until it is over."""
    number = writer * _REQUESTS_OF_A_WRITER
    while not done():
        thread = writer % THREADS
        key, command = request(thread, number)
        bank.handle(command, by=ACTORS[thread], key=key)
        number += 1
        time.sleep(_PAUSE_SECONDS)


@contextmanager
def threads_writing(settings: Settings, writers: int) -> Generator[None]:
    """On SQLite the one process that writes, with many callers."""
    done = threading.Event()
    with open_for_writing(settings) as ledger:
        calling = [
            threading.Thread(target=write_on, args=(ledger.bank, writer, done.is_set))
            for writer in range(writers)
        ]
        for each in calling:
            each.start()
        try:
            yield
        finally:
            done.set()
            for each in calling:
                each.join()


def write_alone(url: str, writer: int) -> None:
    parent = parent_process()
    assert parent is not None
    with entered(url) as (_, bank):
        write_on(bank, writer, lambda: not parent.is_alive())


@contextmanager
def processes_writing(settings: Settings, writers: int) -> Generator[None]:
    """On PostgreSQL each in a process of its own."""
    writing = [
        CONTEXT.Process(target=write_alone, args=(settings.ledger, writer), daemon=True)
        for writer in range(writers)
    ]
    for each in writing:
        each.start()
    try:
        yield
        assert all(each.is_alive() for each in writing)
    finally:
        for each in writing:
            each.kill()
            each.join()


def followed_up_to(settings: Settings) -> int:
    """The position of the view that is furthest on, 0 before there is one."""
    with open_followed(settings, None) as connection:
        known = {} if connection is None else states.read(connection)
    return max((state.position for state in known.values()), default=0)


@contextmanager
def follower(settings: Settings) -> Generator[Program]:
    """`timebank projections follow`, killed at the end."""
    where = {DATABASE_URL: settings.ledger}
    process = Program("projections", "follow", "--poll", "0.01", environment=where)
    try:
        yield process
    finally:
        process.kill()


def kill_while_it_folds(settings: Settings, random: Random) -> None:
    before = followed_up_to(settings)
    with follower(settings) as process:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while followed_up_to(settings) == before:
            assert process.poll() is None, process.communicate()[1]
            assert time.monotonic() < deadline, "the follower does not get on"
            # To look takes a connection, and the follower a second to begin.
            time.sleep(0.05)
        time.sleep(random.uniform(0, _WORKING_SECONDS))
        process.send_signal(signal.SIGKILL)
        assert process.communicate()[1] == ""
        assert process.wait() == -signal.SIGKILL


def chased(settings: Settings, chase: Chase, writing: Callable[[Settings, int], object], seed: int) -> int:
    """Kill followers again and again, and hold what they leave against the inline views; the log's head."""
    set_up(settings)
    random = Random(seed)
    with writing(settings, chase.writers):  # type: ignore[attr-defined]
        for _ in range(chase.kills):
            kill_while_it_folds(settings, random)
    with open_follower(settings, None, VIEWS) as last:
        last.look()
        list(last.steps())
    with open_for_reading(settings) as ledger, ledger.log.store.snapshot() as inline:
        head = logs.head(inline)
        with open_followed(settings, None) as connection:
            assert connection is not None
            found = states.read(connection)
            assert {name: state[2:] for name, state in found.items()} == {
                view.name: (head, None, None) for view in VIEWS
            }
            assert {view.name: view.digest(connection) for view in VIEWS} == {
                view.name: view.digest(inline) for view in VIEWS
            }
    return head


@pytest.mark.parametrize("chase", SIZES, ids=str)
def test_every_fact_counts_once_however_often_the_follower_is_killed(
    chase: Chase, tmp_path: Path, figures: list[str]
):
    head = chased(read_settings(tmp_path, {}), chase, threads_writing, seed=chase.kills)
    if chase == FULL:
        figures.append(f"sqlite, {chase}: {head} events, each followed once")


@pytest.mark.parametrize("chase", SIZES, ids=str)
def test_every_fact_counts_once_while_processes_write(chase: Chase, postgres_url: str, figures: list[str]):
    settings = Settings(postgres_url, postgres_url)
    head = chased(settings, chase, processes_writing, seed=chase.kills)
    if chase == FULL:
        figures.append(f"postgres, {chase}: {head} events, each followed once")
