"""What a caller is told of other people: who learns whose name, and that a volunteer learns nobody's id."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, cast

import msgspec

from ledger.domain.commands import Refusal
from ledger.domain.volunteer_state import NotInGoodStanding, NotRegistered
from ledger.operations.callers import Caller, Role
from ledger.operations.refused import ZH, Problem, refused
from ledger.people.directory import Volunteer
from ledger.people.masking import masked

SOMEBODY = "volunteer"
"""What stands for the id of another volunteer, and for their account."""

_IN_A_SENTENCE = {"en": "another volunteer", ZH: "另一位志愿者"}
_NAMED = re.compile(r"(?:volunteer:)?(vol_[a-z0-9]{3,32})")
_ID = re.compile(rb"vol_[a-z0-9]{3,32}")
_OPAQUE = "next_cursor"
"""Letters that only come back: where they look like an id, it is by chance."""
_encode = msgspec.json.Encoder().encode


class Discretion(NamedTuple):
    """Whom an answer may name: where `own` is None everybody, else that volunteer alone.

    `typed` is what the caller wrote in this very request, by the id that it stands for: it is told again as it came.
    """

    own: str | None = None
    typed: Mapping[str, str] = MappingProxyType({})

    def told(self, value: Any, language: str = "en") -> Any:
        """What may be told of an answer, which is built of dicts, lists, texts and numbers."""
        if self.own is None:
            return value
        match value:
            case str():
                return self._text(value, language)
            case dict():
                some = cast(dict[str, Any], value)
                return {
                    name: one if name == _OPAQUE else self.told(one, language) for name, one in some.items()
                }
            case list():
                return [self.told(one, language) for one in cast(list[Any], value)]
            case _:
                return value

    def content(self, answer: Any, language: str) -> bytes:
        """The answer as JSON; it is looked through once more only where it names somebody else."""
        content = _encode(answer)
        if self.own is None or not set(_ID.findall(content)) - {self.own.encode()}:
            return content
        return _encode(self.told(msgspec.json.decode(content), language))

    def outcome(self, outcome: Any) -> Any:
        """What became of a command; a refusal names nobody else.

        Whoever cannot receive is told in one way: which rule it was would tell who is a volunteer, and who no more.
        """
        if self.own is None or not isinstance(outcome, Refusal):
            return outcome
        if (
            isinstance(outcome, NotRegistered | NotInGoodStanding)
            and outcome.details["volunteer"] != self.own
        ):
            return Problem("cannot-receive")
        details = dict(outcome.details)
        if self.told(details) == details:
            return outcome
        problem = refused(outcome)
        en, zh = self.told(problem.en), self.told(problem.zh, ZH)
        return Problem(problem.kind, en, zh, errors=problem.errors, details=self.told(details))

    def _text(self, text: str, language: str) -> str:
        def instead(found: re.Match[str]) -> str:
            identifier = found[1]
            if identifier == self.own:
                return found[0]
            alone = found[0] == text
            return self.typed.get(identifier) or (SOMEBODY if alone else _IN_A_SENTENCE[language])

        return _NAMED.sub(instead, text) if "vol_" in text else text


FULL = Discretion()
"""Everything is told."""


def discretion_of(caller: Caller, body: Any = None, named: Mapping[str, str] = FULL.typed) -> Discretion:
    """Whom answers to a caller may name: staff and auditors are told who is who.

    A volunteer is told the ids that their own `body` holds; and of those whom it names otherwise, what it calls them,
    which is in `named` by id.
    """
    if caller.role is not Role.VOLUNTEER:
        return FULL
    held = [] if body is None else _ID.findall(_encode(body))
    return Discretion(caller.volunteer, {**{one.decode(): one.decode() for one in held}, **named})


def name_told(caller: Caller, person: Volunteer | None) -> str | None:
    """The name of somebody whose affairs a caller reaches; auditors are told no names, and of nobody there is none."""
    return None if person is None or caller.role is Role.AUDITOR else person.name


def name_for_strangers(person: Volunteer | None) -> str | None:
    """The name of somebody as other volunteers are told it: masked (王*兰)."""
    return None if person is None else masked(person.name) or None
