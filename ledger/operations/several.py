"""What is done to several things at once: an action on each, such as on all that a volunteer signed up for."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct

from ledger.application import Ask, Receipt, request_tag
from ledger.domain.commands import Command
from ledger.operations.access import refuse_foreign
from ledger.operations.callers import Caller
from ledger.operations.discretion import discretion_of
from ledger.operations.meaning import Meaning
from ledger.operations.operation import Operation
from ledger.operations.outcomes import ItemAnswer, Refuse, item_answer
from ledger.operations.registering import Submission
from ledger.store.deciding import Outcome


class Part(NamedTuple):
    """One of the commands, and the id of what it is about."""

    about: str
    command: Command


Parts = Callable[[Meaning, Mapping[str, str], Struct], Sequence[Part]]
"""Gives the commands, in the order in which they are decided: of what the subject's ids name, by what the body says."""


AskedParts = Sequence[tuple[str, Submission]]
"""What the bank is asked, each with the id of what it is about."""


class PartAnswer(ItemAnswer, frozen=True, kw_only=True):
    """What became of one of several things, with the id of what it is `about`."""

    about: str


class PartAnswers(Struct, frozen=True, kw_only=True):
    """The answers, in the order in which the things were dealt with; none where there was nothing to do."""

    items: list[PartAnswer]


def part_answers(
    asked: AskedParts, outcomes: Sequence[Outcome], refuse: Refuse, *, done: bool
) -> PartAnswers:
    """The answers for all things; where nothing was `done`, what would have become of each."""
    return PartAnswers(
        items=[
            PartAnswer(
                about=about, **msgspec.structs.asdict(item_answer(one, outcome, refuse, dry_run=not done))
            )
            for (about, one), outcome in zip(asked, outcomes, strict=True)
        ]
    )


def asked_parts(caller: Caller, parts: Sequence[Part], key: str | None) -> AskedParts:
    """What the bank is asked in a caller's name, each under a key of its own."""
    found = list[tuple[str, Submission]]()
    for about, command in parts:
        # No key that a caller can send holds this character, so no other request has the key of a part.
        once = None if key is None else request_tag(caller.actor, f"{key}\x1f{about}")
        asked = Ask(command, caller.actor, once)
        found.append((about, Submission(asked, discretion=discretion_of(caller))))
    return found


def rehearsals(*, whole: bool, dry_run: bool) -> Sequence[bool]:
    """Whether each time that the bank is asked is a rehearsal; at the first refusal it is asked no more.

    What is done as a `whole` is rehearsed before it is done.
    """
    if dry_run:
        return (True,)
    return (True, False) if whole else (False,)


def none_refused(outcomes: Sequence[Outcome]) -> bool:
    """Whether all was recorded, or would be."""
    return all(isinstance(one, Receipt) for one in outcomes)


class Several(Operation, frozen=True, kw_only=True):
    """What can be done to several things at once.

    What one part is refused harms no other; but where it is done as a `whole`, nothing is recorded unless all can be,
    which a rehearsal tells first. A key is that of each part together with what it is about.
    """

    body: type[Struct]
    parts: Parts
    whole: bool = False

    @property
    def needs_body(self) -> bool:
        """Whether the body holds anything that cannot be left out."""
        return any(field.required for field in msgspec.structs.fields(self.body))

    def ask(self, meaning: Meaning, subject: Mapping[str, str], body: Struct, key: str | None) -> AskedParts:
        """What the bank is asked, where the caller reaches what the subject means; raises a Problem otherwise."""
        ids = {name: meaning.subject(name, word) for name, word in subject.items()}
        refuse_foreign(self.access, meaning.caller, meaning.sight, ids)
        return asked_parts(meaning.caller, self.parts(meaning, ids, body), key)
