"""A request with a key is recorded once, and answered the same ever after."""

from datetime import date

import pytest

from ledger.application import Ask, KeyReused, Receipt, TimeBank
from ledger.domain.commands import AlreadyRecorded
from ledger.domain.credits import NotEnoughCredits
from ledger.domain.teams import FormTeam
from ledger.domain.volunteers import RegisterVolunteer, TeamPlace
from ledger.store.log import Log
from tests.small_bank import (
    ANN,
    BOB,
    EVE,
    OTHER_STAFF,
    STAFF,
    TOWN,
    attest,
    give,
    head,
    kinds,
    register,
    running,
)


def test_the_same_request_again_gets_the_first_receipt(log: Log, bank: TimeBank):
    command = give(ANN, BOB, 10)
    first = bank.handle(command, by=STAFF, key="k1")
    bank.handle(give(ANN, BOB, 1), by=STAFF)
    before = head(log)
    again = bank.handle(command, by=STAFF, key="k1")
    assert (first.replayed, again.replayed) == (False, True)
    assert again[:2] == first[:2]
    assert head(log) == before


def test_it_does_so_in_another_process_and_though_it_would_be_refused_now(log: Log, bank: TimeBank):
    command = give(ANN, BOB, 100)
    first = bank.handle(command, by=STAFF, key="k1")
    with running(log) as other:
        assert other.handle(command, by=STAFF, key="k1") == first._replace(replayed=True)


def test_a_receipt_of_several_facts_comes_back_whole(bank: TimeBank):
    bank.handle(FormTeam(team="tea_guard", name="卫队", day=date(2020, 1, 1)), by=STAFF)
    place = TeamPlace(assignment="asg_eve", team="tea_guard")
    command = RegisterVolunteer(volunteer=EVE, community=TOWN, day=date(2020, 1, 1), place=place)
    first = bank.handle(command, by=STAFF, key="k1")
    assert [type(recorded.event).__name__ for recorded in first.events] == [
        "VolunteerRegistered",
        "TeamAssigned",
    ]
    assert first.position == first.events[-1].position
    assert bank.handle(command, by=STAFF, key="k1") == first._replace(replayed=True)


def test_another_request_under_the_key_is_refused(log: Log, bank: TimeBank):
    bank.handle(give(ANN, BOB, 10, "tra_one"), by=STAFF, key="k1")
    before = head(log)
    for other in (give(ANN, BOB, 11, "tra_one"), give(ANN, BOB, 10, "tra_two"), register(EVE)):
        with pytest.raises(KeyReused):
            bank.handle(other, by=STAFF, key="k1")
    assert head(log) == before


def test_another_actors_same_key_stands_for_itself(bank: TimeBank):
    receipts = [bank.handle(give(ANN, BOB, 10), by=by, key="k1") for by in (STAFF, OTHER_STAFF, ANN)]
    assert [receipt.replayed for receipt in receipts] == [False] * 3
    assert len({receipt.position for receipt in receipts}) == 3


def test_a_refusal_is_decided_afresh(bank: TimeBank):
    command = give(BOB, ANN, 10)
    for _ in range(2):
        with pytest.raises(NotEnoughCredits):
            bank.handle(command, by=STAFF, key="k1")
    bank.handle(attest(BOB, 10), by=STAFF)
    assert not bank.handle(command, by=STAFF, key="k1").replayed


def test_the_same_thing_without_a_key_is_recorded_once_all_the_same(bank: TimeBank):
    bank.handle(give(ANN, BOB, 10, "tra_one"), by=STAFF)
    for key in (None, "k1"):
        with pytest.raises(AlreadyRecorded):
            bank.handle(give(ANN, BOB, 10, "tra_one"), by=STAFF, key=key)


def test_the_same_key_twice_in_one_batch(log: Log, bank: TimeBank):
    before = head(log)
    asks = [
        Ask(give(ANN, BOB, 10, "tra_one"), STAFF, once="external:office/1"),
        Ask(give(ANN, BOB, 10, "tra_one"), STAFF, once="external:office/1"),
        Ask(give(ANN, BOB, 20, "tra_two"), STAFF, once="external:office/1"),
    ]
    first, same, other = bank.handle_many(asks)
    assert isinstance(first, Receipt)
    assert same == first._replace(replayed=True)
    assert isinstance(other, KeyReused)
    assert head(log) == before + 1
    assert kinds(bank.handle_many(asks)) == ["Receipt", "Receipt", "KeyReused"]
    assert head(log) == before + 1


def test_a_refused_request_leaves_its_key_to_the_next_in_the_batch(bank: TimeBank):
    asks = [
        Ask(give(BOB, ANN, 5), STAFF, once="k"),
        Ask(give(ANN, BOB, 5), STAFF),
        Ask(give(BOB, ANN, 5), STAFF, once="k"),
    ]
    assert kinds(bank.handle_many(asks)) == ["NotEnoughCredits", "Receipt", "Receipt"]


def test_a_fingerprint_of_the_callers_own_says_what_is_the_same(bank: TimeBank):
    def ask(minutes: int, fingerprint: str) -> Ask:
        return Ask(give(ANN, BOB, minutes), STAFF, once="roster:1", fingerprint=fingerprint * 64)

    outcomes = bank.handle_many([ask(1, "a"), ask(2, "a"), ask(1, "b")])
    assert kinds(outcomes) == ["Receipt", "Receipt", "KeyReused"]


@pytest.mark.parametrize("key", ["", "\udcff", "x" * 10_000, "a\x00b", "中文"])
def test_any_key_will_do(bank: TimeBank, key: str):
    command = give(ANN, BOB, 10)
    first = bank.handle(command, by=STAFF, key=key)
    assert bank.handle(command, by=STAFF, key=key) == first._replace(replayed=True)
