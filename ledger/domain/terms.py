"""Terms: what people call the codes of kinds, roles, posts and reasons, in Chinese and in English."""

from typing import Any, ClassVar, NamedTuple

from ledger.domain import tags
from ledger.domain.commands import Command, Facts, Fold, Refusal, Seen
from ledger.domain.events import Event, TermDefined, TermKind
from ledger.domain.spelling import same_name
from ledger.domain.text import Code, Label


class TermUnchanged(Refusal):
    """The code has these labels already."""

    code = "term-unchanged"
    en = "{term} is called {english} and {chinese} already."
    zh = "{term} 的名称已经是“{chinese}”（{english}），无需变更。"


class LabelTaken(Refusal):
    """Within a kind a label stands for one code; `holder` is the code that has it."""

    code = "label-taken"
    en = "{label} is what {holder} is called."
    zh = "“{label}”已用作 {holder} 的名称。"


class Labels(NamedTuple):
    """What a code is called."""

    zh: str
    en: str


class Terms(Fold):
    """The terms of one kind, by code."""

    types: ClassVar = frozenset({TermDefined})

    def __init__(self, about: str) -> None:
        """None defined yet."""
        self._labels: dict[str, Labels] = {}

    def see(self, event: Event) -> None:
        """Remember the labels; the last ones are those that hold."""
        assert isinstance(event, TermDefined)
        self._labels[event.code] = Labels(event.zh, event.en)

    def of(self, code: str) -> Labels | None:
        """What a code is called, where an office has said so."""
        return self._labels.get(code)

    def holder(self, label: str, code: str) -> str | None:
        """Another code than this one that has a label, if there is one."""
        wanted = same_name(label)
        others = ((other, labels) for other, labels in self._labels.items() if other != code)
        return next((other for other, labels in others if wanted in map(same_name, labels)), None)


def terms_of(kind: TermKind) -> Facts[Terms]:
    """The boundary line of the terms of a kind."""
    return Facts(Terms, tags.terms_tag(kind))


class DefineTerm(Command, frozen=True, kw_only=True):
    """Say what a code of a kind is called from now on: an office's own, or one that is known by another name."""

    refusals: ClassVar = (LabelTaken, TermUnchanged)

    kind: TermKind
    code: Code
    zh: Label
    en: Label

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (terms_of(self.kind),)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        terms = seen[terms_of(self.kind)]
        if terms.of(self.code) == Labels(self.zh, self.en):
            raise TermUnchanged(term=self.code, chinese=self.zh, english=self.en)
        for label in (self.zh, self.en):
            holder = terms.holder(label, self.code)
            if holder is not None:
                raise LabelTaken(label=label, holder=holder)
        return (TermDefined(on=seen.today, kind=self.kind, code=self.code, zh=self.zh, en=self.en),)
