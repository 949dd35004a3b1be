"""Views stand where the log stands; one that breaks is marked, and stops nothing."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import ClassVar

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError

from ledger.application import Ask, Receipt, TimeBank
from ledger.store.codec import Recorded
from ledger.store.engine import Store
from ledger.store.errors import StoreUnavailable
from ledger.store.log import Log
from projections.balances import Balances
from projections.policies import Policies
from projections.running import states
from projections.running.checking import check
from projections.running.inline import InlineViews
from projections.running.rebuilding import prepare, rebuild
from projections.statement import Statement
from projections.view import View
from tests.small_bank import (
    ANN,
    BOB,
    EVE,
    STAFF,
    attest,
    begin,
    give,
    head,
    kinds,
    register,
    running,
)


class Fragile(Balances):
    """Breaks when told to, half-way through."""

    failure: ClassVar[Exception | str | None] = None

    def fold(self, connection: Connection, batch: Sequence[Recorded]) -> None:
        super().fold(connection, batch)
        if isinstance(self.failure, str):
            connection.execute(text(self.failure))
        elif self.failure is not None:
            raise self.failure


BROKEN = [
    ZeroDivisionError("no reason"),
    IntegrityError("INSERT", {}, ValueError("twice")),
    "SELECT * FROM no_such_table",
    "INSERT INTO balance VALUES ('vol_ann', 1, 1)",
    "SELECT 1 / 0, broken(",
]


@pytest.fixture
def balances(monkeypatch: pytest.MonkeyPatch) -> Fragile:
    monkeypatch.setattr(Fragile, "failure", None)
    return Fragile()


@pytest.fixture
def views(balances: Fragile) -> tuple[View, ...]:
    return (Policies(), balances, Statement())


@pytest.fixture
def bank(log: Log, views: tuple[View, ...]) -> Iterator[TimeBank]:
    prepare(log, views)
    with running(log, (InlineViews(views),)) as bank:
        begin(bank, ANN, BOB)
        bank.handle(attest(ANN, 100), by=STAFF)
        yield bank


def standing(log: Log) -> dict[str, tuple[int, int | None]]:
    with log.store.snapshot() as connection:
        return {state.name: (state.position, state.broken_at) for state in states.read(connection).values()}


def credit(log: Log, balances: Balances, volunteer: str) -> int | None:
    with log.store.snapshot() as connection:
        found = balances.get(connection, volunteer)
        return None if found is None else found.credit_minutes


def test_what_was_recorded_can_be_read_at_once(log: Log, bank: TimeBank, balances: Fragile):
    for minutes in (10, 20):
        receipt = bank.handle(give(ANN, BOB, minutes), by=STAFF)
        assert set(standing(log).values()) == {(receipt.position, None)}
    assert (credit(log, balances, ANN), credit(log, balances, BOB)) == (70, 30)


def test_facts_and_views_are_seen_together_or_not_at_all(log: Log, bank: TimeBank, database_url: str):
    reader = Store(database_url, write=False)
    views = Policies(), Balances()
    seen: list[tuple[int, object]] = []

    class Watcher:
        name = "watcher"

        def apply(self, connection: Connection, batch: Sequence[Recorded]) -> None:
            InlineViews(views).apply(connection, batch)
            with reader.snapshot() as look:
                seen.append((head(log), views[1].get(look, BOB)))

        def try_to_write(self, connection: Connection, *, thoroughly: bool) -> None:
            raise AssertionError("nobody asks")

    with running(log, (Watcher(),)) as watched:
        before = head(log)
        watched.handle(give(ANN, BOB, 10), by=STAFF)
    assert seen == [(before, (0, 0))]
    assert head(log) == before + 1
    reader.close()


@pytest.mark.parametrize("failure", BROKEN, ids=str)
def test_a_view_that_raises_is_marked_and_stops_neither_the_log_nor_the_others(
    log: Log,
    bank: TimeBank,
    views: tuple[View, ...],
    balances: Fragile,
    failure: Exception | str,
    monkeypatch: pytest.MonkeyPatch,
):
    before = head(log)
    monkeypatch.setattr(Fragile, "failure", failure)
    outcomes = bank.handle_many([Ask(give(BOB, ANN, 1), STAFF), Ask(give(ANN, BOB, 10), STAFF)])
    assert kinds(outcomes) == ["NotEnoughCredits", "Receipt"]
    assert standing(log)["balances"] == (before, before + 1)
    assert credit(log, balances, ANN) == 100, "what was half folded is taken back"

    monkeypatch.setattr(Fragile, "failure", None)
    bank.handle(give(ANN, BOB, 5), by=STAFF)
    assert standing(log) == {
        "policies": (before + 2, None),
        "statement": (before + 2, None),
        "balances": (before, before + 1),
    }
    assert credit(log, balances, ANN) == 100, "a broken view is left alone"
    problems = {checked.name: checked.problem for checked in check(log, views)}
    assert problems.pop("balances").startswith(f"broke at position {before + 1}: ")
    assert set(problems.values()) == {""}

    assert not rebuild(log, balances).same
    assert credit(log, balances, ANN) == 85
    bank.handle(give(ANN, BOB, 5), by=STAFF)
    assert all(checked.agrees for checked in check(log, views))


def test_preparing_leaves_a_broken_view_for_people_to_see(
    log: Log, bank: TimeBank, views: tuple[View, ...], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Fragile, "failure", ZeroDivisionError("no reason"))
    bank.handle(give(ANN, BOB, 10), by=STAFF)
    before = standing(log)
    prepare(log, views)
    assert standing(log) == before


def test_a_database_that_fails_in_a_view_fails_the_batch_and_loses_nothing(
    log: Log,
    bank: TimeBank,
    views: tuple[View, ...],
    balances: Fragile,
    monkeypatch: pytest.MonkeyPatch,
):
    before = head(log)
    monkeypatch.setattr(Fragile, "failure", OperationalError("INSERT", {}, OSError("the disk is full")))
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="the disk is full"):
            bank.handle(give(ANN, BOB, 10), by=STAFF, key="k1")
        assert head(log) == before
        assert set(standing(log).values()) == {(before, None)}
    monkeypatch.setattr(Fragile, "failure", None)
    assert not bank.handle(give(ANN, BOB, 10, "tra_one"), by=STAFF, key="k2").replayed
    assert credit(log, balances, ANN) == 90
    assert all(checked.agrees for checked in check(log, views))


def test_a_view_that_stands_elsewhere_is_not_folded(log: Log, bank: TimeBank, balances: Fragile):
    with running(log) as without_views:
        without_views.handle(give(ANN, BOB, 10), by=STAFF)
    bank.handle(give(ANN, BOB, 20), by=STAFF)
    assert set(standing(log).values()) == {(head(log) - 2, None)}
    assert credit(log, balances, ANN) == 100
    prepare(log, (balances,))
    assert standing(log)["balances"] == (head(log), None)
    assert credit(log, balances, ANN) == 70


def test_a_rehearsal_records_nothing_and_sees_what_it_was_asked_before(
    log: Log, bank: TimeBank, balances: Fragile
):
    before, standing_before = head(log), standing(log)
    with bank.rehearsal() as hear:
        assert kinds(hear([Ask(give(BOB, EVE, 5), STAFF), Ask(register(EVE), STAFF)])) == [
            "NotEnoughCredits",
            "Receipt",
        ]
        assert kinds(hear([Ask(give(ANN, BOB, 60, "tra_one"), STAFF, once="k1")])) == ["Receipt"]
        again = [
            Ask(give(ANN, BOB, 60, "tra_one"), STAFF, once="k1"),
            Ask(give(ANN, BOB, 60), STAFF),
            Ask(give(BOB, EVE, 60), STAFF),
            Ask(give(ANN, BOB, -1), STAFF),
        ]
        told = hear(again)
        assert kinds(told) == ["Receipt", "NotEnoughCredits", "Receipt", "InvalidInput"]
        assert isinstance(told[0], Receipt)
        assert told[0].replayed
    assert (head(log), standing(log)) == (before, standing_before)
    assert kinds(bank.handle_many(again)) == ["Receipt", "NotEnoughCredits", "NotRegistered", "InvalidInput"]


def test_a_rehearsal_holds_up_nobody_and_sees_one_moment(log: Log, bank: TimeBank):
    with bank.rehearsal() as hear:
        assert kinds(hear([Ask(give(ANN, BOB, 1), STAFF)])) == ["Receipt"]
        bank.handle(give(ANN, BOB, 100), by=STAFF)
        assert kinds(hear([Ask(give(ANN, BOB, 99), STAFF)])) == ["Receipt"]
    with bank.rehearsal() as hear:
        assert kinds(hear([Ask(give(ANN, BOB, 1), STAFF)])) == ["NotEnoughCredits"]


def test_a_rehearsal_that_fails_leaves_the_bank_as_it_was(log: Log, bank: TimeBank):
    before = head(log)
    with suppress(ZeroDivisionError), bank.rehearsal() as hear:
        hear([Ask(give(ANN, BOB, 100), STAFF)])
        raise ZeroDivisionError
    assert bank.handle(give(ANN, BOB, 100), by=STAFF).position == before + 1


def test_what_a_rehearsal_says_is_what_is_recorded_then(log: Log, bank: TimeBank):
    asks = [
        Ask(give(BOB, ANN, 1), STAFF),
        Ask(give(ANN, BOB, 60, "tra_one"), STAFF, once="k1"),
        Ask(register(EVE), STAFF),
        Ask(give(ANN, EVE, 41), STAFF),
        Ask(give(ANN, BOB, 60, "tra_one"), STAFF, once="k1"),
        Ask(give(ANN, BOB, 61, "tra_one"), STAFF, once="k1"),
    ]
    with bank.rehearsal() as hear:
        rehearsed = hear(asks)
    recorded = bank.handle_many(asks)
    assert kinds(rehearsed) == kinds(recorded)
    assert [getattr(one, "position", None) for one in rehearsed] == [
        getattr(one, "position", None) for one in recorded
    ]
