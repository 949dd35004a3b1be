"""What all refusals share: a stable code, and a sentence in both languages.

Programs depend on the codes: one may be added, none renamed. docs/rules.md holds them all (`tests/test_docs_rules.py`).
"""

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


def named(sentence: str) -> set[str]:
    """The details that a sentence mentions."""
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}


REFUSALS = every(Refusal)
each = pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.code)


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
