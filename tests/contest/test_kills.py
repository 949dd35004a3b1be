"""A writing process is killed at random moments: nothing that it acknowledged is lost, and nothing is half done."""

import os
import select
import signal
import time
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select as select_rows

from ledger.application import Ask, request_tag
from ledger.bootstrap import open_for_reading, open_for_writing
from ledger.settings import Settings, read_settings
from ledger.store import log as logs
from ledger.store.schema import EVENT, EVENT_TAG
from projections.running import states
from projections.running.checking import check
from tests.contest.standings import read_standings
from tests.contest.victim import ACTORS, PEOPLE, THREADS
from tests.programs import Program
from tests.small_bank import A_DAY, STAFF, attest, begin

_STARTING_SECONDS = 1.0
_WORKING_SECONDS = 0.3
_AT_THE_START = 0.2
"""The share of victims that is killed at whatever moment of their start, before the first answer or soon after."""

Acknowledged = dict[tuple[int, int], int]
"""By thread and number of the request: the position that its receipt told."""


class Victim:
    """A writing process and the pipe on which it reports."""

    def __init__(self, folder: Path, firsts: list[int]) -> None:
        self._process = Program(folder, *firsts, module="tests.contest.victim")
        self._told = b""

    def told_before(self, deadline: float) -> None:
        """Read what it reports until the moment comes."""
        while (left := deadline - time.monotonic()) > 0:
            ready, _, _ = select.select([self._process.stdout], [], [], left)
            if ready:
                some = os.read(self._process.stdout.fileno(), 65_536)
                assert some, self._process.communicate()[1]
                self._told += some

    def begun(self) -> None:
        """Wait for its first report."""
        self._told += os.read(self._process.stdout.fileno(), 65_536)
        assert self._told, self._process.communicate()[1]

    def kill(self) -> tuple[Acknowledged, str]:
        """Kill it, and give all that it had reported by then, and what it complained of."""
        self._process.send_signal(signal.SIGKILL)
        rest, complaints = self._process.communicate()
        assert self._process.wait() == -signal.SIGKILL
        lines = [line.split() for line in (self._told.decode() + rest).splitlines()]
        told = {(int(thread), int(number)): int(position) for thread, number, position in lines}
        return told, complaints


def killed(folder: Path, firsts: list[int], random: Random) -> Acknowledged:
    """What a victim acknowledged that was killed at a random moment."""
    victim = Victim(folder, firsts)
    if random.random() < _AT_THE_START:
        victim.told_before(time.monotonic() + random.uniform(0, _STARTING_SECONDS))
    else:
        victim.begun()
        victim.told_before(time.monotonic() + random.uniform(0, _WORKING_SECONDS))
    told, complaints = victim.kill()
    assert complaints == ""
    return told


def set_up(settings: Settings) -> None:
    with open_for_writing(settings, create=True) as ledger:
        begin(ledger.bank, *PEOPLE)
        days = [A_DAY + timedelta(days=number) for number in range(1, 11)]
        ledger.bank.handle_many([Ask(attest(one, 1_000, day), STAFF) for one in PEOPLE for day in days])


def assert_sound(settings: Settings, told: Acknowledged) -> None:
    """Every acknowledged fact is where its receipt said, no position is missing, and every view is at the head."""
    with open_for_reading(settings) as ledger, ledger.log.store.snapshot() as connection:
        head = logs.head(connection)
        positions = (
            connection.execute(select_rows(EVENT.c.position).order_by(EVENT.c.position)).scalars().all()
        )
        assert positions == list(range(1, head + 1))
        requests = select_rows(EVENT_TAG.c.tag, EVENT_TAG.c.position).where(EVENT_TAG.c.tag.like("request:%"))
        stored = {row.tag: row.position for row in connection.execute(requests)}
        promised = {request_tag(ACTORS[thread], str(number)): at for (thread, number), at in told.items()}
        assert {tag: stored.get(tag) for tag in promised} == promised
        standing = {(state.position, state.broken_at) for state in states.read(connection).values()}
        assert standing == {(head, None)}


def kill_again_and_again(folder: Path, times: int, seed: int) -> tuple[int, int]:
    settings, random, told = read_settings(folder, {}), Random(seed), Acknowledged()
    set_up(settings)
    for _ in range(times):
        # Each goes on where its last answer was: what was recorded without an answer is asked for again.
        firsts = [1 + max((n for t, n in told if t == thread), default=-1) for thread in range(THREADS)]
        new = killed(folder, firsts, random)
        assert not new.keys() & told.keys()
        told |= new
        assert_sound(settings, told)
    with open_for_writing(settings) as ledger:
        standings = read_standings(ledger.log)
        assert [checked for checked in check(ledger.log, ledger.views.all()) if not checked.agrees] == []
    assert (standings.gaps, standings.overdrawn, standings.credit_book) == (0, 0, 0)
    assert standings.recorded_twice() == []
    assert standings.requests.total() - len(told) <= THREADS, "at most one request a thread was unanswered"
    return len(told), standings.events


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path: Path):
    acknowledged, _ = kill_again_and_again(tmp_path, times=3, seed=1)
    assert acknowledged > 0


@pytest.mark.full
def test_nothing_acknowledged_is_lost_by_a_hundred_kills(tmp_path: Path, figures: list[str]):
    acknowledged, events = kill_again_and_again(tmp_path, times=100, seed=2)
    assert acknowledged > 1_000
    figures.append(f"100 kills: {acknowledged} acknowledged and none lost, {events} events")
