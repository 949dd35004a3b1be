"""What becomes of what is asked of whoever holds the ledger, also where the answer is lost."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ledger.application import Ask, Receipt
from ledger.beside import listening, messages
from ledger.beside.calling import AnswerLost
from ledger.beside.elsewhere import DirectoryElsewhere
from ledger.beside.messages import Answer, read_answer
from ledger.beside.opening import open_for_work, open_to_hold, sign_head_of
from ledger.beside.outcomes import FaultElsewhere, failure_of, outcomes_of, told
from ledger.bootstrap import Ledger, open_for_reading, open_for_writing
from ledger.domain.commands import InvalidInput
from ledger.people.directory import Settling, Volunteer
from ledger.people.erasures import BadErasures, read_erasures
from ledger.settings import Settings
from ledger.store.deciding import KeyReused
from ledger.store.errors import NoKey, StoreError, StoreHeld, StoreUnavailable
from tests.beside.holding import greeted, height, works_beside
from tests.small_bank import ANN, BOB, STAFF, give

ENTRY = Volunteer(ANN, "SD01", "王兰", "13900000000", "女", "", "00" * 32)


def test_what_is_asked_is_answered_as_if_it_had_been_held_here(settings: Settings, held: Ledger):
    with open_for_work(settings) as ledger:
        assert not ledger.alone
        mine = ledger.bank.handle(give(ANN, BOB, 1, "tra_first"), by=STAFF, key="one")
        again = held.bank.handle(give(ANN, BOB, 1, "tra_first"), by=STAFF, key="one")
        assert (again.events, again.replayed, mine.replayed) == (mine.events, True, False)
        asks = [Ask(give(ANN, BOB, 2, "tra_first"), STAFF), Ask(give(BOB, ANN, 9_999), STAFF)]
        assert [(type(one), str(one)) for one in ledger.bank.handle_many(asks)] == [
            (type(one), str(one)) for one in held.bank.handle_many(asks)
        ]
        with pytest.raises(KeyReused):
            ledger.bank.handle(give(ANN, BOB, 3, "tra_other"), by=STAFF, key="one")
        with pytest.raises(InvalidInput, match="minutes"):
            ledger.bank.handle(give(ANN, BOB, -1), by=STAFF)


def test_outcomes_are_the_same_on_the_other_side(held: Ledger):
    refusal = InvalidInput(field="day", reason="no day", reason_zh="没有这一天")
    [found, fault] = outcomes_of(told([refusal, ValueError("odd")]))
    assert isinstance(found, InvalidInput)
    assert (found.details, found.sentence("zh"), str(found)) == (
        refusal.details,
        refusal.sentence("zh"),
        str(refusal),
    )
    assert isinstance(fault, FaultElsewhere)
    assert str(fault) == "ValueError: odd"
    for error in (StoreUnavailable("gone", "已断开"), NoKey("none", "没有密钥")):
        other = failure_of(type(error).__name__, str(error), error.zh)
        assert (type(other), str(other)) == (type(error), str(error))
    assert type(failure_of("Unheard", "of", "没有听说过")) is StoreError


def test_rows_of_an_import_share_a_commit_by_a_few(settings: Settings, held: Ledger):
    commits: list[int] = []
    held.bank.tell_of_commits(lambda asks, _: commits.append(asks))
    asks = [Ask(give(ANN, BOB, 1, f"tra_row{row}"), STAFF, f"row:{row}", batch="rows-1") for row in range(70)]
    with open_for_work(settings) as ledger:
        assert all(isinstance(one, Receipt) for one in ledger.bank.handle_many(asks))
        together = [one._replace(batch=None, once=None) for one in asks]
        assert not any(isinstance(one, Receipt) for one in ledger.bank.handle_many(together))
    assert commits == [32, 32, 6, 70]


def test_a_command_that_is_none_is_refused(settings: Settings, held: Ledger):
    asked = messages.Hear([messages.Asked("Nothing", b"{}", STAFF, None, None, None, None)])
    with greeted(settings) as caller:
        caller.send_bytes(messages.pack(asked))
        answer = read_answer(caller.recv_bytes())
    assert isinstance(answer, messages.Heard)
    [outcome] = outcomes_of(answer)
    assert isinstance(outcome, InvalidInput)


def test_once_the_holder_has_closed_one_holds_the_ledger_oneself(settings: Settings):
    with contextlib.ExitStack() as stack:
        holding = stack.enter_context(contextlib.ExitStack())
        holding.enter_context(open_to_hold(settings))
        ledger = stack.enter_context(open_for_work(settings))
        ledger.bank.handle(give(ANN, BOB, 1), by=STAFF)
        holding.close()
        ledger.bank.handle(give(ANN, BOB, 1), by=STAFF)
        ledger.directory.put([ENTRY])
        # Others ask this one now.
        works_beside(settings)
        assert ledger.directory.by_number(["SD01"]) == {"SD01": ENTRY}
    with open_for_writing(settings) as ledger:
        assert height(ledger) == 9


def test_a_request_that_meets_a_closing_holder_is_done_once(settings: Settings):
    """The holder closes again and again, while somebody asks without a key: nothing is lost, nothing twice."""
    stop, begun = threading.Event(), threading.Event()

    def hold() -> None:
        while not stop.is_set():
            with contextlib.suppress(StoreHeld), open_to_hold(settings):
                begun.set()
                stop.wait(0.03)

    thread = threading.Thread(target=hold)
    thread.start()
    begun.wait()
    asked = 0
    try:
        for _ in range(12):
            with open_for_work(settings) as ledger:
                for _ in range(3):
                    ledger.bank.handle(give(ANN, BOB, 1), by=STAFF)
                    asked += 1
    finally:
        stop.set()
        thread.join()
    with open_for_reading(settings) as ledger:
        assert height(ledger) == 6 + asked


@pytest.fixture
def answers_lost(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Has the holder do what it is asked, and hang up, for so many answers."""
    answer, left = listening.Listener._answer, [0]

    def lost(self: Any, said: bytes) -> Answer:
        found = answer(self, said)
        if left[0]:
            left[0] -= 1
            raise EOFError
        return found

    monkeypatch.setattr(listening.Listener, "_answer", lost)
    return lambda times: left.__setitem__(0, times)


def test_whoever_has_no_key_is_told_that_the_answer_is_lost(
    settings: Settings, held: Ledger, answers_lost: Callable[[int], None]
):
    with open_for_work(settings) as ledger:
        before = height(held)
        answers_lost(1)
        with pytest.raises(AnswerLost, match="Look before you ask again"):
            ledger.bank.handle(give(ANN, BOB, 1), by=STAFF)
        assert height(held) == before + 1
        works_beside(settings)


def test_whoever_has_a_key_asks_again_and_is_told_the_first_answer(
    settings: Settings, held: Ledger, answers_lost: Callable[[int], None]
):
    with open_for_work(settings) as ledger:
        before = height(held)
        answers_lost(1)
        receipt = ledger.bank.handle(give(ANN, BOB, 1, "tra_once"), by=STAFF, key="once")
        assert (receipt.position, receipt.replayed) == (before + 1, False)
        # What was there before is told as such, whatever is lost.
        answers_lost(1)
        again = ledger.bank.handle(give(ANN, BOB, 1, "tra_once"), by=STAFF, key="once")
        assert (again.position, again.replayed) == (before + 1, True)
        answers_lost(2)
        with pytest.raises(AnswerLost):
            ledger.bank.handle(give(ANN, BOB, 1, "tra_twice"), by=STAFF, key="twice")
        assert height(held) == before + 2


def test_the_directory_says_the_same_whatever_answers_are_lost(
    settings: Settings, held: Ledger, answers_lost: Callable[[int], None]
):
    with open_for_work(settings) as ledger:
        answers_lost(1)
        ledger.directory.put([ENTRY])
        answers_lost(1)
        persons = ledger.directory.persons([("科协", "张三")], add=True)
        assert persons == held.directory.persons([("科协", "张三")], add=False)
        answers_lost(1)
        assert ledger.directory.erase(ANN)
        assert not ledger.directory.erase(ANN)
        answers_lost(1)
        note = sign_head_of(ledger, lambda _: None)
        assert note == sign_head_of(held, lambda _: None)
    assert Path(str(settings.erasures)).read_text("utf-8").count(ANN) == 1


def test_what_was_read_is_read_again_where_somebody_changed_it_meanwhile(settings: Settings, held: Ledger):
    with open_for_work(settings) as ledger:
        assert isinstance(ledger.directory, DirectoryElsewhere)
        seen: list[dict[str, Volunteer]] = []

        def work(settling: Settling) -> None:
            seen.append(settling.by_number(["SD01"]))
            if len(seen) == 1:
                held.directory.put([ENTRY])
            # Nobody reads this one's number.
            held.directory.put([ENTRY._replace(volunteer=BOB, number=f"SD1{len(seen)}")])
            settling.put([ENTRY._replace(name="王兰兰")])

        ledger.directory.settle(work)
        assert seen == [{}, {"SD01": ENTRY}]
        assert held.directory.by_id([ANN])[ANN].name == "王兰兰"
        ledger.directory.settle(lambda settling: settling.drop(ANN))
        assert held.directory.by_id([ANN]) == {}


def test_the_holder_knows_that_its_directory_changed(settings: Settings, held: Ledger):
    before = held.directory.changes
    with open_for_work(settings) as ledger:
        ledger.directory.put([ENTRY])
    assert held.directory.changes > before


def test_who_is_erased_is_in_the_lists_of_both(settings: Settings, held: Ledger, tmp_path: Path):
    held.directory.put([ENTRY])
    theirs = tmp_path / "other.txt"
    with open_for_work(replace(settings, erasures=str(theirs))) as ledger:
        assert ledger.directory.erase(ANN)
    for path in (theirs, Path(str(settings.erasures))):
        assert [one.id for one in read_erasures(path)] == [ANN]


def test_who_cannot_be_listed_is_not_erased(settings: Settings, held: Ledger, tmp_path: Path):
    held.directory.put([ENTRY])
    nowhere = tmp_path / "nowhere" / "list.txt"
    with open_for_work(replace(settings, erasures=str(nowhere))) as ledger:
        with pytest.raises(BadErasures, match=f"{nowhere} cannot be written"):
            ledger.directory.erase(ANN)
        assert ledger.directory.by_id([ANN]) == {ANN: ENTRY}


def test_the_head_is_signed_with_the_key_of_who_asks(settings: Settings, held: Ledger, tmp_path: Path):
    key = tmp_path / "own-key.pem"
    with open_for_work(replace(settings, checkpoint_key=str(key))) as ledger:
        note = sign_head_of(ledger, lambda _: None)
    assert key.exists()
    assert not Path(str(settings.checkpoint_key)).exists()
    # The holder's own signs nothing now, as it could not sign on: what it says is said here too.
    with pytest.raises(NoKey) as here:
        sign_head_of(held, lambda _: None)
    with open_for_work(settings) as ledger, pytest.raises(NoKey) as there:
        sign_head_of(ledger, lambda _: None)
    assert str(there.value) == str(here.value)
    with open_for_work(replace(settings, checkpoint_key=None)) as ledger, pytest.raises(NoKey):
        sign_head_of(ledger, lambda _: None)
    assert note.startswith("timebank\n")
