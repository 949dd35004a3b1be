"""Commands that are asked together are decided in turn and committed together; what is wrong with one is its own."""

from datetime import timedelta
from typing import Any

import pytest

from ledger.application import Ask, NotOpen, Receipt, TimeBank
from ledger.domain.commands import Command, Facts, InvalidInput, Refusal, Seen
from ledger.domain.credits import NotEnoughCredits, purse_of
from ledger.domain.events import Event
from ledger.domain.opening import AlreadyOpen, OpenLedger
from ledger.store.log import Log
from tests.small_bank import (
    A_DAY,
    ANN,
    BOB,
    EVE,
    OPENING,
    STAFF,
    attest,
    give,
    head,
    kinds,
    register,
    running,
)


class Faulty(Command, frozen=True, kw_only=True):
    """A command with a mistake in it."""

    where: str

    def boundary(self) -> tuple[Facts[Any], ...]:
        self._fail_in("boundary")
        return ()

    def further(self, seen: Seen) -> tuple[Facts[Any], ...]:
        self._fail_in("further")
        return ()

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        self._fail_in("decide")
        seen[purse_of("nobody")].refuse_spending(1, 0)  # outside of its boundary
        return ()

    def _fail_in(self, where: str) -> None:
        if where == self.where:
            raise ZeroDivisionError(where)


def test_refusals_harm_nobody_and_each_sees_those_before_it(log: Log, bank: TimeBank):
    before = head(log)
    day = A_DAY + timedelta(days=1)
    outcomes = bank.handle_many(
        Ask(command, STAFF)
        for command in (
            give(BOB, EVE, 30),
            register(EVE),
            give(BOB, EVE, 30),
            attest(BOB, 1_000, day),
            attest(BOB, 441, day),
            attest(BOB, 440, day),
            give(BOB, EVE, 1_440),
            give(BOB, EVE, 1),
            give(EVE, ANN, 1_440),
        )
    )
    assert kinds(outcomes) == [
        "NotEnoughCredits",
        "Receipt",
        "NotEnoughCredits",
        "Receipt",
        "DayFull",
        "Receipt",
        "Receipt",
        "NotEnoughCredits",
        "Receipt",
    ]
    positions = [outcome.position for outcome in outcomes if isinstance(outcome, Receipt)]
    assert positions == list(range(before + 1, before + 6))
    assert head(log) == before + 5


def test_nothing_at_all_is_answered_with_nothing(log: Log, bank: TimeBank):
    before = head(log)
    assert bank.handle_many([]) == []
    assert head(log) == before


@pytest.mark.parametrize("where", ["boundary", "further", "decide", "outside"])
def test_a_fault_in_one_command_is_that_commands_own(log: Log, bank: TimeBank, where: str):
    outcomes = bank.submit(
        [Ask(give(ANN, BOB, 1), STAFF), Ask(Faulty(where=where), STAFF), Ask(give(ANN, BOB, 2), STAFF)]
    ).result()
    assert kinds(outcomes)[::2] == ["Receipt", "Receipt"]
    assert isinstance(outcomes[1], LookupError if where == "outside" else ZeroDivisionError)
    with pytest.raises((LookupError, ZeroDivisionError)):
        bank.handle(Faulty(where=where), by=STAFF)
    assert bank.handle(give(ANN, BOB, 3), by=STAFF).position == head(log)


def test_a_refusal_holds_on_to_nothing_else(bank: TimeBank):
    [refusal] = bank.handle_many([Ask(give(BOB, ANN, 10), STAFF)])
    assert isinstance(refusal, NotEnoughCredits)
    assert refusal.__traceback__ is None


def test_a_closed_bank_takes_nothing_and_has_finished_what_it_took(log: Log, bank: TimeBank):
    tickets = [bank.submit([Ask(give(ANN, BOB, 1), STAFF)]) for _ in range(20)]
    bank.close()
    assert [kinds(ticket.result(0)) for ticket in tickets] == [["Receipt"]] * 20
    with pytest.raises(RuntimeError, match="closed"):
        bank.handle(give(ANN, BOB, 1), by=STAFF)


def test_nothing_happens_before_the_ledger_is_opened(log: Log):
    with running(log) as bank:
        for command in (*OPENING[1:], register(ANN), give(ANN, BOB, 1)):
            with pytest.raises(Refusal):
                bank.handle(command, by=STAFF)
        with pytest.raises(NotOpen):
            bank.handle(OPENING[1], by=STAFF)
        assert kinds(bank.handle_many([Ask(OPENING[1], STAFF), Ask(OPENING[0], STAFF)])) == [
            "NotOpen",
            "Receipt",
        ]
        bank.handle(OPENING[1], by=STAFF)
    assert head(log) == 2


def test_a_ledger_is_opened_once(log: Log, bank: TimeBank):
    with pytest.raises(AlreadyOpen):
        bank.handle(OpenLedger(origin="another", zone="UTC"), by=STAFF)


def test_a_zone_that_nobody_knows_is_refused(log: Log):
    with running(log) as bank:
        for zone in ("Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Asia"):
            with pytest.raises(InvalidInput):
                bank.handle(OpenLedger(origin="timebank", zone=zone), by=STAFF)
    assert head(log) == 0
