"""What is remembered of boundaries is what a fresh reading of the log would give, whatever happened in between."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from ledger.application import Ask, TimeBank
from ledger.domain import tags
from ledger.domain.accounts import volunteer_account
from ledger.domain.commands import Command, Facts
from ledger.domain.communities import COMMUNITIES, RenameCommunity
from ledger.domain.credits import NotEnoughCredits, purse_of
from ledger.domain.opening import OPENING
from ledger.domain.policies import POLICIES
from ledger.domain.records import record_of, served_on
from ledger.domain.service import ReverseService
from ledger.domain.volunteer_state import affairs_of
from ledger.domain.volunteers import ReinstateVolunteer, SuspendVolunteer
from ledger.store import boundaries as module
from ledger.store import log as logs
from ledger.store.boundaries import Boundaries
from ledger.store.engine import Store
from ledger.store.errors import StoreUnavailable
from ledger.store.log import Log
from tests.small_bank import (
    A_DAY,
    ANN,
    BOB,
    EVE,
    OTHER_STAFF,
    STAFF,
    TOWN,
    approve,
    attest,
    begin,
    give,
    report,
)

PEOPLE = (ANN, BOB, EVE)
RECORDS = tuple(f"rec_{number:03}" for number in range(12))


@pytest.fixture
def bank(log: Log) -> Iterator[TimeBank]:
    bank = TimeBank(log, [])
    begin(bank, *PEOPLE)
    yield bank
    bank.close()


@pytest.fixture
def other(log: Log, bank: TimeBank, database_url: str) -> Iterator[TimeBank]:
    """A second writer with a memory of its own, as another process has."""
    store = Store(database_url, write=True, lock=False)
    other = TimeBank(Log(store), [])
    yield other
    other.close()
    store.close()


def content(value: Any) -> Any:
    """A fold as plain data, to be compared."""
    if isinstance(value, dict):
        return {key: content(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [content(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: content(getattr(value, field.name)) for field in fields(value)}
    if type(value).__module__.startswith("ledger.domain.") and hasattr(value, "__dict__"):
        return content(vars(value))
    return value


def remembered(bank: TimeBank) -> dict[Facts[Any], Any]:
    folds = bank._boundaries._folds
    return {Facts(kind, tag): content(fold) for tag, some in folds.items() for kind, fold in some.items()}


def fresh(log: Log, lines: list[Facts[Any]]) -> dict[Facts[Any], Any]:
    with log.store.snapshot() as connection:
        boundaries = Boundaries()
        boundaries.catch_up(connection, logs.head(connection))
        boundaries.learn(connection, lines)
        return {line: content(boundaries.fold(line)) for line in lines}


def anything(random: Random) -> Command:
    """Some command on few things, so that they meet; many are refused."""
    volunteer, another = random.choice(PEOPLE), random.choice(PEOPLE)
    record, day = random.choice(RECORDS), A_DAY + timedelta(days=random.randrange(2))
    return random.choice(
        [
            attest(volunteer, random.randrange(1, 900), day, record),
            report(volunteer, random.randrange(1, 900), record, day),
            approve(record),
            ReverseService(record=record, reason="mistake"),
            give(volunteer, another, random.randrange(1, 300)),
            SuspendVolunteer(volunteer=volunteer, day=date(2030, 1, 1), reason="rest"),
            ReinstateVolunteer(volunteer=volunteer, day=date(2030, 1, 1)),
            RenameCommunity(community=TOWN, name=f"胶州市{random.randrange(3)}"),
        ]
    )


@pytest.mark.parametrize("far_behind", [2_000, 3])
@pytest.mark.parametrize("seed", range(3))
def test_what_is_remembered_is_what_a_fresh_reading_gives(
    bank: TimeBank, other: TimeBank, log: Log, seed: int, far_behind: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "_FAR_BEHIND", far_behind)
    random = Random(seed)
    for _ in range(25):
        writer = random.choice([bank, other])
        by = random.choice([STAFF, OTHER_STAFF])
        writer.handle_many([Ask(anything(random), by) for _ in range(random.randrange(1, 6))])
        known = remembered(writer)
        assert known == fresh(log, list(known))


def lines() -> list[Facts[Any]]:
    return [OPENING, POLICIES, COMMUNITIES, *map(affairs_of, PEOPLE), purse_of(volunteer_account(ANN))]


def test_a_decision_sees_what_another_process_appended(bank: TimeBank, other: TimeBank):
    bank.handle(attest(ANN, 100), by=STAFF)
    bank.handle(give(ANN, BOB, 1), by=STAFF)
    other.handle(give(ANN, BOB, 60), by=STAFF)
    with pytest.raises(NotEnoughCredits) as refused:
        bank.handle(give(ANN, BOB, 40), by=STAFF)
    assert refused.value.details == {"available": 39, "wanted": 40}
    other.handle(attest(ANN, 1, A_DAY + timedelta(days=1)), by=STAFF)
    bank.handle(give(ANN, BOB, 40), by=STAFF)


def test_the_least_recently_used_are_forgotten_first_and_nothing_within_a_batch(log: Log, bank: TimeBank):
    boundaries = Boundaries(most_tags=3)
    with log.store.snapshot() as connection:
        boundaries.catch_up(connection, logs.head(connection))
        boundaries.learn(connection, lines())
        assert all(boundaries.fold(line) is not None for line in lines())
        boundaries.saved()
        kept = [line for line in lines() if boundaries.fold(line) is not None]
        assert len(kept) == 3
        boundaries.learn(connection, kept[:1])
        boundaries.learn(connection, [record_of("rec_new")])
        boundaries.saved()
    assert boundaries.fold(kept[0]) is not None
    assert boundaries.fold(record_of("rec_new")) is not None
    assert boundaries.fold(kept[1]) is None


def test_memory_stays_bounded_and_decisions_right_when_little_is_remembered(
    log: Log, bank: TimeBank, monkeypatch: pytest.MonkeyPatch
):
    bank._boundaries = Boundaries(most_tags=4)
    for number in range(10):
        bank.handle(attest(ANN, 10, A_DAY + timedelta(days=number)), by=STAFF)
        bank.handle(give(ANN, BOB, 9), by=STAFF)
        assert len(bank._boundaries._folds) <= 4
    with pytest.raises(NotEnoughCredits):
        bank.handle(give(ANN, BOB, 11), by=STAFF)
    assert fresh(log, [purse_of(volunteer_account(ANN))])[purse_of(volunteer_account(ANN))]["minutes"] == 10


def test_what_was_decided_but_not_committed_is_forgotten(
    log: Log, bank: TimeBank, monkeypatch: pytest.MonkeyPatch
):
    bank.handle(attest(ANN, 100), by=STAFF)
    bank.handle(give(ANN, BOB, 10), by=STAFF)
    with monkeypatch.context() as broken:
        broken.setattr(logs, "insert", _failing)
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                bank.handle(give(ANN, BOB, 80), by=STAFF)
            assert remembered(bank) == {}
    bank.handle(give(ANN, BOB, 90), by=STAFF)
    known = remembered(bank)
    assert known == fresh(log, list(known))
    with pytest.raises(NotEnoughCredits):
        bank.handle(give(ANN, BOB, 1), by=STAFF)


def _failing(*_: object) -> None:
    raise StoreUnavailable("the disk is full", "磁盘空间不足")


def test_one_who_is_far_behind_begins_anew(
    bank: TimeBank, other: TimeBank, log: Log, monkeypatch: pytest.MonkeyPatch
):
    bank.handle(attest(ANN, 100), by=STAFF)
    other.handle_many([Ask(give(ANN, BOB, 1), STAFF) for _ in range(30)])
    read: list[tuple[int, int]] = []
    between = module.between

    def watched(connection: Any, after: int, upto: int) -> Any:
        read.append((after, upto))
        return between(connection, after, upto)

    monkeypatch.setattr(module, "between", watched)
    with log.store.snapshot() as connection:
        boundaries = Boundaries()
        boundaries.catch_up(connection, 7)
        boundaries.learn(connection, lines())
        boundaries.catch_up(connection, 9)
        assert boundaries.fold(POLICIES) is not None
        monkeypatch.setattr(module, "_FAR_BEHIND", 20)
        boundaries.catch_up(connection, 37)
        assert boundaries.fold(POLICIES) is None
    assert read == [(7, 9)]
    with pytest.raises(NotEnoughCredits):
        bank.handle(give(ANN, BOB, 71), by=STAFF)
    bank.handle(give(ANN, BOB, 70), by=STAFF)


def test_a_log_that_was_put_back_is_read_anew(log: Log, bank: TimeBank):
    boundaries = Boundaries()
    with log.store.snapshot() as connection:
        boundaries.catch_up(connection, 6)
        boundaries.learn(connection, lines())
        boundaries.catch_up(connection, 4)
        assert boundaries.fold(POLICIES) is None


def test_a_line_is_read_once_for_all_who_ask_for_it(bank: TimeBank, monkeypatch: pytest.MonkeyPatch):
    bank.handle(attest(ANN, 100), by=STAFF)
    asked: list[str] = []
    tagged = module.tagged

    def watched(connection: Any, wanted: Any, *types: Any) -> Any:
        asked.extend(wanted)
        return tagged(connection, wanted, *types)

    monkeypatch.setattr(module, "tagged", watched)
    bank.handle_many([Ask(give(ANN, BOB, 1, f"tra_{number:03}"), STAFF) for number in range(20)])
    transfers = [tags.about(f"tra_{number:03}") for number in range(20)]
    assert sorted(asked) == [tags.account_tag(volunteer_account(ANN)), *transfers]
    day = served_on(ANN, A_DAY)
    assert [minutes for _, minutes, *_ in remembered(bank)[day]["_counting"].values()] == [100]
