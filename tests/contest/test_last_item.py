"""Everybody is after the last item, while a hold on it is spent and expires at once: it is sold once."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from ledger.application import Ask, TimeBank
from ledger.domain.commands import Command, Refusal
from ledger.store import log as logs
from ledger.store.engine import file_url
from ledger.store.log import Log
from projections.registry import Views
from projections.running.checking import check
from projections.running.inline import InlineViews
from projections.running.rebuilding import prepare
from tests.contest.apart import CONTEXT
from tests.small_bank import STAFF, attest, begin, migrated, running
from tests.stories_redemptions import HAIRCUT, RICE, expire, fulfil, publish, redeem

BUYERS = 64
PLAYED_IN = {"sqlite": 1, "postgres": 2}
"""Processes: SQLite has one writer."""

PRICE = 30
EARLY = "red_early"
"""Held for a haircut since long ago: any buyer may fulfil it, and any may let it expire and have the haircut."""

THEN = datetime(2026, 3, 1, 4, tzinfo=UTC)
NOW = THEN + timedelta(days=60)

pytestmark = pytest.mark.slow


@dataclass
class Tally:
    """What buyers were told."""

    recorded: Counter[str] = field(default_factory=Counter[str])
    refused: Counter[str] = field(default_factory=Counter[str])
    errors: list[str] = field(default_factory=list[str])

    def add(self, other: "Tally") -> None:
        self.recorded.update(other.recorded)
        self.refused.update(other.refused)
        self.errors.extend(other.errors)

    def ask(self, bank: TimeBank, command: Command, by: str) -> None:
        try:
            bank.handle(command, by=by)
            self.recorded[type(command).__name__] += 1
        except Refusal as refusal:
            self.refused[refusal.code] += 1
        except Exception as error:
            self.errors.append(f"{command} failed with {error!r}")


@dataclass
class Sold:
    """What the log says, read with nothing but a JSON parser."""

    placed: Counter[str] = field(default_factory=Counter[str])
    fulfilled: Counter[str] = field(default_factory=Counter[str])
    held: Counter[str] = field(default_factory=Counter[str])
    ways: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    spent: int = 0


def buyer(number: int) -> str:
    return f"vol_buyer{number:02}"


def set_up(url: str) -> None:
    """Buyers who can pay once for each offer, one item of each, and an old hold on the haircut."""
    views = Views().all()
    with migrated(url) as log:
        prepare(log, views)
        with running(log, (InlineViews(views),), now=lambda: THEN) as bank:
            begin(bank, *map(buyer, range(BUYERS)))
            asks = [Ask(attest(buyer(number), 2 * PRICE), STAFF) for number in range(BUYERS)]
            asks += [Ask(publish(offer, price=PRICE, stock=1), STAFF) for offer in (RICE, HAIRCUT)]
            asks.append(Ask(redeem(buyer(0), 1, EARLY, offer=HAIRCUT), STAFF))
            assert not [told for told in bank.handle_many(asks) if isinstance(told, Refusal)]


def play(bank: TimeBank, number: int) -> Tally:
    """Be after the rice; settle the old hold, one way or the other; be after the haircut."""
    tally, who = Tally(), buyer(number)
    tally.ask(bank, redeem(who, 1, f"red_rice{number}"), who)
    tally.ask(bank, fulfil(EARLY) if number % 2 else expire(EARLY), STAFF)
    tally.ask(bank, redeem(who, 1, f"red_haircut{number}", offer=HAIRCUT), who)
    for order in (f"red_rice{number}", f"red_haircut{number}"):
        tally.ask(bank, fulfil(order), STAFF)
    return tally


def play_some(url: str, numbers: range) -> Tally:
    """A process with a thread for each of some buyers."""
    total, start = Tally(), threading.Barrier(len(numbers))
    with (
        migrated(url) as log,
        running(log, (InlineViews(Views().all()),), now=lambda: NOW) as bank,
        ThreadPoolExecutor(len(numbers)) as pool,
    ):

        def one(number: int) -> Tally:
            start.wait()
            return play(bank, number)

        for tally in pool.map(one, numbers):
            total.add(tally)
    return total


def raced(url: str, processes: int) -> Tally:
    set_up(url)
    if processes == 1:
        return play_some(url, range(BUYERS))
    total = Tally()
    with ProcessPoolExecutor(processes, CONTEXT) as pool:
        shares = [range(first, BUYERS, processes) for first in range(processes)]
        for done in [pool.submit(play_some, url, share) for share in shares]:
            total.add(done.result())
    return total


def read_sold(log: Log) -> Sold:
    sold = Sold()
    with log.store.snapshot() as connection:
        for rows in logs.batches(connection, 0, logs.head(connection)):
            for row in rows:
                event = json.loads(row.data)
                if event["type"].startswith("redemption-"):
                    _replay(event, sold)
    return sold


def _replay(event: dict[str, str], sold: Sold) -> None:
    step, offer = event["type"].removeprefix("redemption-"), event["offer"]
    sold.ways.setdefault(event["redemption"], []).append(step)
    sold.placed[offer] += step == "placed"
    sold.fulfilled[offer] += step == "fulfilled"
    sold.held[offer] += 1 if step == "placed" else -1
    sold.spent += int(event["minutes"]) * {"placed": 1, "expired": -1}.get(step, 0)


@dataclass
class Run:
    """A race that is over."""

    tally: Tally
    sold: Sold
    problems: list[str]
    credit_total: int
    redeemed: int


@pytest.fixture(scope="module", params=list(PLAYED_IN))
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = file_url(tmp_path_factory.mktemp("race") / "ledger.sqlite")
        else:
            url = stack.enter_context(request.getfixturevalue("postgres").database())
        tally = raced(url, PLAYED_IN[request.param])
        views = Views()
        with migrated(url) as log:
            with log.store.snapshot() as connection:
                accounts = [
                    views.balances.account(connection, f"redeemed:{offer}") for offer in (RICE, HAIRCUT)
                ]
                credit_total = views.balances.credit_total(connection)
            yield Run(
                tally=tally,
                sold=read_sold(log),
                problems=[str(checked) for checked in check(log, views.all()) if not checked.agrees],
                credit_total=credit_total,
                redeemed=sum(accounts),
            )


def test_the_last_item_is_sold_once(run: Run):
    assert run.sold.placed[RICE] == 1
    assert run.sold.fulfilled == {RICE: 1, HAIRCUT: 1}


def test_no_hold_is_left_and_none_is_both_spent_and_released(run: Run):
    assert run.sold.held == {RICE: 0, HAIRCUT: 0}
    assert {tuple(way) for way in run.sold.ways.values()} <= {("placed", "fulfilled"), ("placed", "expired")}


def test_the_credit_book_sums_to_zero(run: Run):
    assert run.credit_total == 0
    assert run.redeemed == run.sold.spent == 2 * PRICE


def test_everybody_else_is_told_why(run: Run):
    assert run.tally.errors == []
    assert set(run.tally.refused) == {"out-of-stock", "already-settled", "unknown-redemption"}
    assert run.tally.refused["already-settled"] == BUYERS - 1
    assert run.tally.recorded.total() + run.tally.refused.total() == 5 * BUYERS


def test_views_are_what_a_rebuild_gives(run: Run):
    assert run.problems == []
