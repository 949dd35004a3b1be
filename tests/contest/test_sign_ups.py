"""Everybody is after one place; then places and waits for them change hands: none is given twice, nobody overtaken."""

import json
import threading
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest

from ledger.application import Ask, TimeBank
from ledger.domain.activities import PublishActivity
from ledger.domain.commands import Command, Refusal
from ledger.domain.events import Activity, RolePlaces
from ledger.domain.shifts import PublishShift
from ledger.domain.sign_ups import SignUp, WithdrawSignUp
from ledger.store import log as logs
from ledger.store.engine import file_url
from ledger.store.log import Log
from projections.registry import Views
from projections.running.checking import check
from projections.running.inline import InlineViews
from projections.running.rebuilding import prepare
from tests.contest.apart import CONTEXT
from tests.small_bank import STAFF, TOWN, begin, migrated, register, running

NOW = datetime(2026, 3, 1, 4, tzinfo=UTC)
LAST, QUEUE, OTHER = "shi_last", "shi_queue", "shi_other"
"""One place and no waitlist; one place and 20 who wait; and a shift at the time of the second, with room for all."""
WAITING, WITHDRAWALS, CALLERS = 20, 50, 16
EXPECTED = {"shift-full", "overlapping-shift", "unknown-sign-up", "sign-up-ended", "already-recorded"}
"""Who found no place has nothing to give up; whoever gave a place up does not sign up under the same id."""
_A_BATCH = 500

pytestmark = pytest.mark.slow


class Field(NamedTuple):
    """How many are after the one place, in how many processes with how many threads."""

    crowd: int
    processes: int
    threads: int


@dataclass
class Tally:
    """What callers were told."""

    recorded: Counter[str] = field(default_factory=Counter[str])
    refused: Counter[str] = field(default_factory=Counter[str])
    errors: list[str] = field(default_factory=list[str])

    def ask(self, bank: TimeBank, command: Command) -> None:
        try:
            for recorded in bank.handle(command, by=STAFF).events:
                self.recorded[type(recorded.event).__name__] += 1
        except Refusal as refusal:
            self.refused[refusal.code] += 1
        except Exception as error:
            self.errors.append(f"{command} failed with {error!r}")

    def add(self, other: "Tally") -> None:
        self.recorded.update(other.recorded)
        self.refused.update(other.refused)
        self.errors.extend(other.errors)


def one_of(crowd: str, number: int) -> str:
    return f"vol_{crowd}{number:05}"


def sign(who: str, shift: str) -> SignUp:
    return SignUp(sign_up=f"sig_{shift[4:]}{who[4:]}", shift=shift, volunteer=who, role="guide")


def set_up(url: str, crowd: int) -> None:
    """The volunteers, the shifts, and a full waitlist."""
    views = Views().all()
    begins = NOW + timedelta(days=30)
    activity = Activity(
        id="act_fair",
        name="Fair",
        programme=None,
        campaign=None,
        form="on-site",
        audience=None,
        community=TOWN,
        venue=None,
        place="Green",
        content="Company",
        unit="Office",
        in_charge=None,
    )
    commands: list[Command] = [register(one_of("last", number)) for number in range(crowd)]
    commands += [register(one_of("queue", number)) for number in range(1 + WAITING + WITHDRAWALS)]
    commands.append(PublishActivity(activity=activity, day=begins.date()))
    for shift, places, waitlist in ((LAST, 1, 0), (QUEUE, 1, WAITING), (OTHER, 500, 0)):
        later = timedelta(days=1) if shift == LAST else timedelta()
        commands.append(
            PublishShift(
                shift=shift,
                activity="act_fair",
                begins=begins + later,
                ends=begins + later + timedelta(hours=3),
                roles=(RolePlaces(role="guide", places=places),),
                waitlist=waitlist,
            )
        )
    commands += [sign(one_of("queue", number), QUEUE) for number in range(1 + WAITING)]
    with migrated(url) as log:
        prepare(log, views)
        with running(log, (InlineViews(views),), now=lambda: NOW) as bank:
            begin(bank)
            for start in range(0, len(commands), _A_BATCH):
                asks = [Ask(command, STAFF) for command in commands[start : start + _A_BATCH]]
                assert not [told for told in bank.handle_many(asks) if isinstance(told, Refusal)]


def rush(bank: TimeBank, numbers: range) -> Tally:
    """Each of some volunteers is after the one place."""
    tally = Tally()
    for number in numbers:
        tally.ask(bank, sign(one_of("last", number), LAST))
    return tally


def come_and_go(bank: TimeBank, numbers: range) -> Tally:
    """For each number: somebody gives up what they have, somebody new signs up, and a third is taken for a while."""
    tally = Tally()
    for number in numbers:
        third = one_of("queue", (number * 7 + 3) % (1 + WAITING + WITHDRAWALS))
        tally.ask(bank, sign(third, OTHER))
        tally.ask(bank, WithdrawSignUp(sign_up=f"sig_queuequeue{number:05}"))
        tally.ask(bank, sign(one_of("queue", 1 + WAITING + number), QUEUE))
        tally.ask(bank, WithdrawSignUp(sign_up=f"sig_other{third[4:]}"))
    return tally


def play(url: str, share: int, field: Field) -> Tally:
    """One process of the field: the rush, then the coming and going."""
    total = Tally()
    start = threading.Barrier(field.threads)
    contestants = field.processes * field.threads
    with (
        migrated(url) as log,
        running(log, (InlineViews(Views().all()),), now=lambda: NOW) as bank,
        ThreadPoolExecutor(field.threads) as pool,
    ):

        def one(thread: int) -> Tally:
            mine = share * field.threads + thread
            start.wait()
            tally = rush(bank, range(mine, field.crowd, contestants))
            if mine < CALLERS:
                tally.add(come_and_go(bank, range(mine, WITHDRAWALS, CALLERS)))
            return tally

        for tally in pool.map(one, range(field.threads)):
            total.add(tally)
    return total


def raced(url: str, field: Field) -> Tally:
    set_up(url, field.crowd)
    if field.processes == 1:
        return play(url, 0, field)
    total = Tally()
    with ProcessPoolExecutor(field.processes, CONTEXT) as pool:
        for done in [pool.submit(play, url, share, field) for share in range(field.processes)]:
            total.add(done.result())
    return total


@dataclass
class Replay:
    """The log read with nothing but a JSON parser, and what is wrong with it."""

    placed: dict[str, dict[str, str]] = field(default_factory=lambda: {LAST: {}, QUEUE: {}, OTHER: {}})
    waiting: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    promotions: int = 0
    faults: list[str] = field(default_factory=list[str])

    def see(self, event: dict[str, Any]) -> None:
        shift, sign_up, who = event["shift"], event["sign_up"], event["volunteer"]
        if event["type"] == "volunteer-waitlisted":
            self.waiting.append((sign_up, who))
        elif event["type"] == "sign-up-withdrawn":
            self.placed[shift].pop(sign_up, None)
            self.waiting = [one for one in self.waiting if one[0] != sign_up]
        else:
            self._placed(event, shift, sign_up, who)

    def _placed(self, event: dict[str, Any], shift: str, sign_up: str, who: str) -> None:
        taken = {holder for other in (QUEUE, OTHER) for holder in self.placed[other].values()}
        free = [one for one in self.waiting if one[1] not in taken]
        if shift != LAST and who in taken:
            self.faults.append(f"{who} is on two shifts at once")
        if event["type"] == "sign-up-promoted":
            self.promotions += 1
            if free[:1] != [(sign_up, who)]:
                self.faults.append(f"{who} was promoted before {free[:1]}")
            self.waiting.remove((sign_up, who))
        elif shift == QUEUE and free:
            self.faults.append(f"{who} overtook {free}")
        self.placed[shift][sign_up] = who
        if len(self.placed[shift]) > (1 if shift != OTHER else 500):
            self.faults.append(f"{shift} is sold over")
        if len(set(self.placed[shift].values())) < len(self.placed[shift]):
            self.faults.append(f"somebody is twice on {shift}")


def replayed(log: Log) -> Replay:
    replay = Replay()
    with log.store.snapshot() as connection:
        for rows in logs.batches(connection, 0, logs.head(connection)):
            for row in rows:
                event = json.loads(row.data)
                if "sign_up" in event:
                    replay.see(event)
    return replay


@pytest.mark.parametrize(
    ("engine", "field"),
    [
        pytest.param("sqlite", Field(300, 1, 16), id="sqlite"),
        pytest.param("postgres", Field(300, 2, 8), id="postgres"),
        pytest.param("sqlite", Field(10_000, 1, 64), id="sqlite-full", marks=pytest.mark.full),
        pytest.param("postgres", Field(10_000, 8, 8), id="postgres-full", marks=pytest.mark.full),
    ],
)
def test_one_place_is_taken_once_and_the_waitlist_goes_in_order(
    engine: str, field: Field, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
):
    with ExitStack() as stack:
        if engine == "sqlite":
            url = file_url(tmp_path_factory.mktemp("race") / "ledger.sqlite")
        else:
            url = stack.enter_context(request.getfixturevalue("postgres").database())
        tally = raced(url, field)
        with migrated(url) as log:
            replay = replayed(log)
            problems = [str(checked) for checked in check(log, Views().all()) if not checked.agrees]
    assert (tally.errors, replay.faults, problems) == ([], [], [])
    assert len(replay.placed[LAST]) == len(replay.placed[QUEUE]) == 1
    assert replay.promotions >= 1
    assert set(tally.refused) <= EXPECTED
    assert tally.refused["shift-full"] >= field.crowd - 1
