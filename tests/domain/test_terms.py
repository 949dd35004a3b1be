"""What codes are called."""

from ledger.domain.events import TermDefined, TermKind
from ledger.domain.terms import DefineTerm, LabelTaken, TermUnchanged
from tests.scenario import SUNDAY, Background, given
from tests.stories_world import WORLD

ROLE = TermKind.ROLE


def define(code: str, zh: str, en: str, kind: TermKind = ROLE) -> DefineTerm:
    return DefineTerm(kind=kind, code=code, zh=zh, en=en)


def defined(code: str, zh: str, en: str, kind: TermKind = ROLE) -> TermDefined:
    return TermDefined(on=SUNDAY, kind=kind, code=code, zh=zh, en=en)


GUIDE = defined("guide", "讲解员", "guide")


def test_an_office_says_what_a_code_is_called():
    given(WORLD).when(define("guide", "讲解员", "guide")).then(GUIDE)


def test_the_last_definition_gives_the_labels():
    anew = defined("guide", "解说员", "narrator")
    given(WORLD, GUIDE).when(define("guide", "解说员", "narrator")).then(anew)
    # What it was called before is free again.
    given(WORLD, GUIDE, anew).when(define("tour-guide", "讲解员", "tour guide")).then(
        defined("tour-guide", "讲解员", "tour guide")
    )


def test_the_same_labels_again_change_nothing():
    given(WORLD, GUIDE).when(define("guide", "讲解员", "guide")).then_refused(
        TermUnchanged, term="guide", chinese="讲解员", english="guide"
    )


def test_a_label_stands_for_one_code_of_its_kind():
    there = given(WORLD, GUIDE)
    there.when(define("narrator", " 讲解员", "narrator")).then_refused(
        LabelTaken, label=" 讲解员", holder="guide"
    )
    there.when(define("narrator", "解说员", "GUIDE")).then_refused(LabelTaken, label="GUIDE", holder="guide")
    elsewhere = defined("guide", "讲解员", "guide", TermKind.POST)
    # Words of other kinds are no part of what the command depends on.
    given(WORLD + Background((GUIDE,))).when(define("guide", "讲解员", "guide", TermKind.POST)).then(
        elsewhere
    )


def test_a_term_has_a_code_and_two_labels():
    given(WORLD).when(define("The guide", "讲解员", "guide")).then_malformed("code")
    given(WORLD).when(define("guide", " ", "guide")).then_malformed("zh")
    given(WORLD).when(define("guide", "讲解员", "")).then_malformed("en")
