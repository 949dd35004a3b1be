"""What codes are called: an office's own words for kinds, roles, posts and reasons."""

from enum import StrEnum

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.text import Code, Label


class TermKind(StrEnum):
    """What a code is a word of: codes of different kinds have nothing to do with each other."""

    VENUE = "venue"
    """A kind of venues."""
    OFFER = "offer"
    """A kind of offers."""
    ORGANISATION = "organisation"
    """A kind of organisations."""
    POST = "post"
    ROLE = "role"
    """What somebody does on a shift or in a team."""
    FORM = "form"
    AUDIENCE = "audience"
    SKILL = "skill"
    FIELD = "field"
    """What a team works on."""
    REASON = "reason"
    EVIDENCE = "evidence"
    """What a service record rests on."""


class TermDefined(Event, frozen=True, kw_only=True, tag="term-defined"):
    """A code of a kind is called this from now on, in Chinese and in English; what it means stays as it was."""

    kind: TermKind
    code: Code
    zh: Label
    en: Label

    def own_tags(self) -> tuple[str, ...]:
        return (tags.terms_tag(self.kind),)
