"""What all refusals share: a stable code, and a sentence in both languages."""

import re
import string
from collections import Counter
from typing import Any

import pytest

from ledger.domain.commands import Command, InvalidInput, Malformed, Refusal, Seen
from ledger.domain.credits import SameAccount
from ledger.domain.events import Event
from ledger.domain.offers import OutOfStock
from tests.refusals import refuse_undeclared
from tests.scenario import every, given
from tests.stories_service import give
from tests.stories_world import ANN, BOB

CODES = {
    "already-annulled",
    "already-attached",
    "already-came",
    "already-decided",
    "already-designated",
    "already-in-a-team",
    "already-open",
    "already-recorded",
    "already-registered",
    "already-returned",
    "already-reversed",
    "already-settled",
    "already-signed-up",
    "already-so",
    "already-there",
    "before-registration",
    "called-off",
    "community-in-use",
    "consent-missing",
    "day-full",
    "does-not-hold",
    "empty-time",
    "forgotten-check-out",
    "future-day",
    "has-begun",
    "held-already",
    "in-no-team",
    "invalid-input",
    "key-reused",
    "more-than-present",
    "name-taken",
    "no-policy",
    "no-such-skill",
    "nobody-to-promote",
    "not-a-no-show",
    "not-approved",
    "not-eligible",
    "not-enough-credits",
    "not-expired-yet",
    "not-fulfilled",
    "not-in-good-standing",
    "not-in-that-team",
    "not-open",
    "not-registered",
    "not-their-visit",
    "nothing-new",
    "offer-not-begun",
    "offer-over",
    "out-of-stock",
    "overlapping-shift",
    "own-ancestor",
    "own-record",
    "own-report",
    "period-already-closed",
    "period-not-over",
    "policy-unchanged",
    "post-held",
    "same-account",
    "shift-called-off",
    "shift-full",
    "shift-not-over",
    "shift-over",
    "shifts-left",
    "sign-up-ended",
    "somewhere-else",
    "standing-unchanged",
    "still-waiting",
    "team-in-use",
    "too-early-to-check-in",
    "too-many-minutes",
    "unknown-activity",
    "unknown-community",
    "unknown-offer",
    "unknown-record",
    "unknown-redemption",
    "unknown-role",
    "unknown-shift",
    "unknown-sign-up",
    "unknown-team",
    "unknown-training",
    "unknown-venue",
    "unknown-visit",
    "visit-counted",
    "visit-not-over",
    "visit-over",
    "wrong-code",
    "wrong-level",
}
"""Programs depend on these: one may be added, none renamed."""


def named(sentence: str) -> set[str]:
    """The details that a sentence mentions."""
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}


REFUSALS = every(Refusal)
each = pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.code)


def test_codes_are_stable():
    assert {kind.code for kind in REFUSALS} == CODES


def test_no_two_refusals_share_a_code():
    assert [code for code, times in Counter(kind.code for kind in REFUSALS).items() if times > 1] == []


@each
def test_a_code_is_a_few_words_in_kebab_case(kind: type[Refusal]):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", kind.code)


@each
def test_a_refusal_is_a_sentence_in_english_and_in_chinese(kind: type[Refusal]):
    assert kind.en.isascii()
    assert kind.en.endswith(".") or kind is InvalidInput
    assert re.search("[\u4e00-\u9fff]", kind.zh)
    assert kind.zh.endswith("。") or kind is InvalidInput


@each
def test_both_sentences_tell_the_same(kind: type[Refusal]):
    assert named(kind.zh) == named(kind.en)


def test_a_command_declares_whatever_it_is_refused_for():
    class Quiet(Command, frozen=True, kw_only=True):
        def boundary(self) -> tuple[Any, ...]:
            return ()

        def decide(self, seen: Seen) -> tuple[Event, ...]:
            raise SameAccount

    class Frank(Quiet, frozen=True, kw_only=True):
        refusals = (SameAccount,)

    given().when(Frank()).then_refused(SameAccount)
    with pytest.raises(AssertionError, match="Quiet does not declare SameAccount"):
        given().when(Quiet())
    with pytest.raises(AssertionError, match="TransferCredits does not declare OutOfStock"):
        refuse_undeclared(give(ANN, BOB, 30), OutOfStock(name="soap", left=0, wanted=1))


def test_what_cannot_be_read_takes_its_turn_and_is_refused():
    refusal = given().when(Malformed(field="日期", reason="no day can be read here"))
    told = refusal.then_refused(InvalidInput, field="日期", reason="no day can be read here")
    assert told.sentence("en") == "日期: no day can be read here"
    assert told.sentence("zh") == "日期 填写有误：no day can be read here"


def test_a_language_that_is_not_there_is_answered_in_english():
    class Odd(Refusal):
        code = "odd-one"
        en = "{what} is odd."
        zh = "{what} 很奇怪。"

    assert Odd(what="It").sentence("de") == str(Odd(what="It")) == "It is odd."
    assert Odd(what="它").details == {"what": "它"}
