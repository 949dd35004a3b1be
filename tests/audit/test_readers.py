"""Processes that read for another one: what they say comes in order, and none that is killed is waited for."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.context import SpawnProcess

import pytest

from ledger.audit.readers import told_in_order
from ledger.store.errors import StoreError
from tests.audit.answering import doubled, failing, killed, killed_amid_its_answer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_answers_come_in_the_order_of_the_questions(processes: int):
    assert list(told_in_order(doubled, range(8), processes)) == [0, 2, 4, 6, 8, 10, 12, 14]
    assert multiprocessing.active_children() == []


def test_what_one_raises_is_raised():
    found: list[int] = []
    with pytest.raises(LookupError, match="3"):
        found.extend(told_in_order(failing, range(8), 2))
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("fatal", [killed, killed_amid_its_answer])
def test_a_process_that_is_killed_is_told(fatal: Callable[[int], int]):
    with pytest.raises(StoreError, match="was ended from outside"):
        list(told_in_order(fatal, range(8), 2))
    assert multiprocessing.active_children() == []


def test_a_process_that_was_killed_as_it_started_was_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch):
    context = multiprocessing.get_context("spawn")
    begin = context.Process.start

    def start(process: SpawnProcess) -> None:
        begin(process)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)

    monkeypatch.setattr(context.Process, "start", start)
    with pytest.raises(StoreError, match="was ended from outside"):
        list(told_in_order(doubled, range(8), 2))
    assert multiprocessing.active_children() == []


def test_whoever_stops_listening_leaves_no_process_behind():
    telling = told_in_order(doubled, range(8), 2)
    assert next(telling) == 0
    assert len(multiprocessing.active_children()) == 2
    telling.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
