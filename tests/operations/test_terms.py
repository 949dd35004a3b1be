"""The words that the field knows: every kind has some, in both languages, and none stands for two codes of a kind."""

import msgspec
import pytest

from ledger.domain.events import TermKind
from ledger.domain.spelling import same_name
from ledger.domain.text import Code, Label
from ledger.operations.catalogue import ACTIONS
from ledger.operations.command_bodies import hints_of
from ledger.operations.words.terms import TERM_KINDS_ZH, TERMS

NO_TERMS = {"code"}
"""Fields of commands that hold codes, and are no terms: a term's own code."""


def test_every_kind_has_words_and_a_name():
    assert {*TERMS} == {*TERM_KINDS_ZH} == {*TermKind}


@pytest.mark.parametrize("kind", TermKind)
def test_a_label_stands_for_one_code_of_its_kind(kind: TermKind):
    labels = [same_name(label) for said in TERMS[kind].values() for label in {*map(same_name, said)}]
    assert len(labels) == len({*labels})
    for code, (english, chinese) in TERMS[kind].items():
        assert msgspec.convert(code, Code)
        assert msgspec.convert(english, Label).isascii()
        assert any("\u4e00" <= letter <= "\u9fff" for letter in msgspec.convert(chinese, Label))


def test_every_field_of_a_command_that_holds_a_code_takes_what_it_is_called():
    for action in ACTIONS:
        codes = {
            path for path, hint in hints_of(action.command) if Code in {hint, *getattr(hint, "__args__", ())}
        }
        taken = {action.within.get(name, name) for name in action.subject}
        assert codes - taken - NO_TERMS <= action.codes.keys(), action.name
