"""Group commit: who waits together is committed together, and nobody waits for ever."""

import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NoReturn

import pytest

from ledger.store.errors import StoreUnavailable
from ledger.store.group import GroupCommit, Ticket

PATIENCE = 10.0


class Committer:
    """Doubles numbers; waits at a gate, fails when told to, and remembers its batches."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.arrived = threading.Event()
        self.failure: BaseException | None = None
        self.answer: Callable[[Sequence[int]], list[int]] = lambda works: [2 * work for work in works]

    def __call__(self, works: Sequence[int]) -> list[int]:
        self.batches.append(list(works))
        self.arrived.set()
        assert self.gate.wait(PATIENCE)
        if self.failure is not None:
            raise self.failure
        return self.answer(works)


@pytest.fixture
def committer() -> Committer:
    return Committer()


@pytest.fixture
def group(committer: Committer) -> Generator[GroupCommit[int, int]]:
    group = GroupCommit(committer, most=4)
    yield group
    committer.gate.set()
    group.close()


def queued(group: GroupCommit[int, int], committer: Committer, *works: int) -> list[Ticket[int]]:
    """Work that waits while the writer is busy with the piece 0, until the gate is opened."""
    committer.gate.clear()
    committer.arrived.clear()
    busy = group.submit(0)
    assert committer.arrived.wait(PATIENCE)
    return [busy, *(group.submit(work) for work in works)]


def results(tickets: Sequence[Ticket[int]]) -> list[int]:
    return [ticket.result(PATIENCE) for ticket in tickets]


def test_work_that_waits_shares_a_commit_in_the_order_it_came(
    group: GroupCommit[int, int], committer: Committer
):
    tickets = queued(group, committer, 1, 2, 3)
    committer.gate.set()
    assert results(tickets) == [0, 2, 4, 6]
    assert committer.batches == [[0], [1, 2, 3]]


def test_a_commit_is_bounded(group: GroupCommit[int, int], committer: Committer):
    tickets = queued(group, committer, *range(1, 11))
    committer.gate.set()
    assert results(tickets) == [2 * number for number in range(11)]
    assert committer.batches == [[0], [1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]


def test_who_queued_much_kept_others_waiting_for_all_of_it(committer: Committer):
    group = GroupCommit(committer, most=4, whose=lambda work: work // 100)
    try:
        tickets = queued(group, committer, *range(100, 112), 200, 201, 300)
        committer.gate.set()
        assert results(tickets[1:]) == [2 * work for work in [*range(100, 112), 200, 201, 300]]
    finally:
        committer.gate.set()
        group.close()
    # One of each, then the next of each; what is of one keeps its order.
    assert committer.batches == [[0], [100, 200, 300, 101], [201, 102, 103, 104], *some(range(105, 112), 4)]


def test_what_waits_is_finished_before_the_writer_stops(committer: Committer):
    group = GroupCommit(committer, most=4, whose=lambda work: work // 100)
    tickets = queued(group, committer, *range(100, 120), 200)
    closing = threading.Thread(target=group.close)
    closing.start()
    committer.gate.set()
    closing.join(PATIENCE)
    assert results(tickets[1:]) == [2 * work for work in [*range(100, 120), 200]]


def some(works: Sequence[int], size: int) -> list[list[int]]:
    return [list(works[start : start + size]) for start in range(0, len(works), size)]


def test_a_failing_commit_fails_all_of_it_and_the_next_works(
    group: GroupCommit[int, int], committer: Committer
):
    committer.failure = StoreUnavailable("the disk is full", "磁盘空间不足")
    tickets = queued(group, committer, 1, 2)
    committer.gate.set()
    for ticket in tickets:
        with pytest.raises(StoreUnavailable, match="the disk is full"):
            ticket.result(PATIENCE)
    committer.failure = None
    assert group.submit(3).result(PATIENCE) == 6


def test_each_caller_gets_an_exception_of_its_own(group: GroupCommit[int, int], committer: Committer):
    committer.failure = failure = StoreUnavailable("gone", "已断开")
    tickets = queued(group, committer, 1, 2, 3)
    committer.gate.set()
    raised: list[StoreUnavailable] = []
    for ticket in tickets:
        with pytest.raises(StoreUnavailable) as caught:
            ticket.result(PATIENCE)
        raised.append(caught.value)
        assert sum(frame.name == "result" for frame in traceback.extract_tb(caught.value.__traceback__)) == 1
    assert len({id(error) for error in raised}) == 4
    assert all(error.__cause__ is failure for error in raised)


def test_an_exception_that_cannot_be_copied_is_told_all_the_same(
    group: GroupCommit[int, int], committer: Committer
):
    class Peculiar(Exception):
        def __init__(self, *, needed: str) -> None:
            super().__init__(needed)

    class Deadly(Exception):
        def __copy__(self) -> NoReturn:
            raise SystemExit

    for failure in (Peculiar(needed="this"), Deadly()):
        committer.failure = failure
        with pytest.raises(type(failure)):
            group.submit(1).result(PATIENCE)
    committer.failure = None
    assert group.submit(3).result(PATIENCE) == 6


def test_not_even_an_exit_ends_the_writer(group: GroupCommit[int, int], committer: Committer):
    for failure in (SystemExit(), KeyboardInterrupt(), MemoryError()):
        committer.failure = failure
        with pytest.raises(type(failure)):
            group.submit(1).result(PATIENCE)
    committer.failure = None
    assert group.submit(3).result(PATIENCE) == 6


def test_too_few_results_are_a_failure_of_the_commit(group: GroupCommit[int, int], committer: Committer):
    committer.answer = lambda works: []
    with pytest.raises(RuntimeError, match="1 pieces of work have 0 results"):
        group.submit(1).result(PATIENCE)
    committer.answer = list
    assert group.submit(3).result(PATIENCE) == 3


def test_closing_finishes_what_was_queued(group: GroupCommit[int, int], committer: Committer):
    tickets = queued(group, committer, 1, 2, 3, 4, 5, 6)
    closing = threading.Thread(target=group.close)
    closing.start()
    committer.gate.set()
    closing.join(PATIENCE)
    assert not closing.is_alive()
    assert [ticket.result(0) for ticket in tickets] == [0, 2, 4, 6, 8, 10, 12]
    with pytest.raises(RuntimeError, match="closed"):
        group.submit(7)
    group.close()


def test_closing_what_never_began_is_harmless(committer: Committer):
    group = GroupCommit(committer)
    group.close()
    group.close()
    with pytest.raises(RuntimeError, match="closed"):
        group.submit(1)
    assert committer.batches == []


def test_who_loses_patience_may_ask_again(group: GroupCommit[int, int], committer: Committer):
    busy, waiting = queued(group, committer, 1)
    for ticket in (busy, waiting):
        with pytest.raises(TimeoutError):
            ticket.result(0.01)
    committer.gate.set()
    assert results([busy, waiting, busy, waiting]) == [0, 2, 0, 2]


def test_any_number_may_wait_for_one_result(group: GroupCommit[int, int], committer: Committer):
    _, ticket = queued(group, committer, 1)
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(ticket.result, PATIENCE) for _ in range(8)]
        committer.gate.set()
        assert [one.result(PATIENCE) for one in waiting] == [2] * 8


FORK = """
import os
from ledger.store.group import GroupCommit
group = GroupCommit(list)
assert group.submit(1).result(10) == 1
child = os.fork()
if child == 0:
    try:
        group.submit(2)
    except RuntimeError:
        os._exit(7)
    os._exit(1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), group.submit(3).result(10))
group.close()
"""


def test_a_forked_child_is_told_that_the_writer_stayed_behind():
    found = subprocess.run([sys.executable, "-c", FORK], capture_output=True, text=True, check=False)
    assert found.stdout == "7 3\n", found.stderr
