"""Whom a registration makes known: the directory learns who it is before the log, and the log an id alone."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, cast

import msgspec

from ledger.application import Ask, Receipt
from ledger.bootstrap import Ledger
from ledger.domain.events import VolunteerRegistered
from ledger.domain.spelling import same_name
from ledger.domain.volunteers import AlreadyRegistered, RegisterVolunteer
from ledger.exchange import importing
from ledger.exchange.persons import Person, entry, tidied
from ledger.exchange.rows import commitment
from ledger.operations.discretion import FULL, Discretion
from ledger.operations.refused import Fault, Problem, wrong
from ledger.people.directory import Directory, Holders, Settling, Volunteer, new_salt
from ledger.store import log
from ledger.store.codec import decode
from ledger.store.deciding import Outcome


class Submission(NamedTuple):
    """What the bank is asked, and for a registration, who it is; `entry` is what the directory is to say of them.

    `made` are the fields that get a new id, as the write says; `discretion` says whom the answer may name;
    `once_only` is told with what is recorded, and never again: the ledger keeps no copy.
    """

    ask: Ask
    person: Person | None = None
    entry: Volunteer | None = None
    made: Mapping[str, str] = MappingProxyType({})
    discretion: Discretion = FULL
    once_only: Mapping[str, str] = MappingProxyType({})

    def traced(self, trace: str) -> "Submission":
        """The same, by the HTTP request of an id."""
        return self._replace(ask=self.ask._replace(trace=trace))


class _Known(NamedTuple):
    """What is there already: keys that were answered, with whom they registered; entries; whom the log knows."""

    answered: Mapping[str, str | None]
    by_number: Holders
    by_id: Mapping[str, Volunteer]
    registered: Collection[str]


def person_in(person: Person, at: str) -> Person:
    """A person as the directory keeps them; raises the Problem of a field at a JSON pointer beneath `at`."""
    try:
        return tidied(person)
    except importing.Fault as fault:
        raise wrong(Fault(*fault.reason, pointer=f"{at}/{fault.field}")) from None


def enlisted(ledger: Ledger, asked: Sequence[Submission], *, dry_run: bool) -> list[Submission]:
    """The asks about the ids that the directory has for their persons; in a dry run it learns of nobody.

    What a request said of a person is in the log as a commitment that their salt keys: it tells whether the same is
    said again, and nothing to whom the salt is unknown.
    """
    named = [one for one in asked if one.person is not None]
    answered = _answered(ledger, [one.ask.once for one in named if one.ask.once is not None])
    directory = ledger.directory
    if dry_run:
        told, _ = _identified_all(ledger, asked, answered, directory)
        return told

    def enlist(settling: Settling) -> list[Submission]:
        told, written = _identified_all(ledger, asked, answered, settling)
        settling.put(written)
        return told

    return directory.settle(enlist)


def settled(
    ledger: Ledger, asked: Sequence[Submission], outcomes: Sequence[Outcome], *, dry_run: bool
) -> list[Outcome]:
    """What callers are told of the outcomes, who learn of nobody else's id.

    Of several who say at once that they have a number, the directory comes to say what the one said who was recorded.
    """
    recorded = [
        one.entry
        for one, outcome in zip(asked, outcomes, strict=True)
        if one.entry is not None and isinstance(outcome, Receipt) and not outcome.replayed
    ]
    if recorded and not dry_run:
        _keep(ledger, recorded)
    return [_told(one, outcome) for one, outcome in zip(asked, outcomes, strict=True)]


def _answered(ledger: Ledger, keys: Sequence[str]) -> dict[str, str | None]:
    """Which keys were answered before, and whom they registered: then the directory has nothing to learn."""
    found: dict[str, str | None] = {}
    with ledger.reading() as (connection, _):
        for key, _, data in log.tagged(connection, keys):
            event = decode(data)
            found.setdefault(key, event.volunteer if isinstance(event, VolunteerRegistered) else None)
    return found


def _identified_all(
    ledger: Ledger,
    asked: Sequence[Submission],
    answered: Mapping[str, str | None],
    known_by: Directory | Settling,
) -> tuple[list[Submission], list[Volunteer]]:
    """The submissions about the ids of their persons, and whom the directory is to learn of."""
    named = [one for one in asked if one.person is not None]
    by_number = known_by.by_number([_person(one).number for one in named])
    ids = {_command(one).volunteer for one in named} | {one for one in answered.values() if one}
    by_id = known_by.by_id(ids)
    ids |= {one.volunteer for one in by_number.all()}
    known = _Known(answered, by_number, by_id, ledger.registered(ids))
    written: dict[str, Volunteer] = {}
    told = [one if one.person is None else _identified(one, known, written) for one in asked]
    return told, [one for one in written.values() if one.volunteer not in known.registered]


def _identified(one: Submission, known: _Known, written: dict[str, Volunteer]) -> Submission:
    person, ask, volunteer = _person(one), one.ask, _command(one).volunteer
    if ask.once in known.answered or volunteer in known.registered:
        # Its key was used: what follows is the answer of then, or that it was another request.
        volunteer = known.answered.get(ask.once or "") or volunteer
        there = known.by_id.get(volunteer)
        return _about(one, volunteer, new_salt() if there is None else there.salt)
    # Whoever has the number unknown to the log is left over from what was refused: they are adopted.
    number = same_name(person.number)
    there = written.get(number) or _holder(person.number, known) or known.by_id.get(volunteer)
    volunteer, salt = (volunteer, new_salt()) if there is None else (there.volunteer, there.salt)
    new = entry(person, volunteer, salt)
    written.setdefault(number, new)
    return _about(one, new.volunteer, new.salt)._replace(entry=new)


def _holder(number: str, known: _Known) -> Volunteer | None:
    """Who has a number. Of several, one whom the log knows: then it is taken."""
    several = known.by_number.several.get(number, [])
    return known.by_number.get(number) or min(
        several, key=lambda one: one.volunteer not in known.registered, default=None
    )


def _about(one: Submission, volunteer: str, salt: str) -> Submission:
    command = msgspec.structs.replace(one.ask.command, volunteer=volunteer)
    if one.ask.once is None:
        return one._replace(ask=one.ask._replace(command=command))
    said = {name: text for name, text in msgspec.structs.asdict(_person(one)).items() if text}
    content = {"command": msgspec.to_builtins(command), "person": said}
    return one._replace(ask=one.ask._replace(command=command, fingerprint=commitment(salt, content)))


def _keep(ledger: Ledger, entries: Sequence[Volunteer]) -> None:
    def keep(settling: Settling) -> None:
        holders = settling.by_number([one.number for one in entries])
        there = settling.by_id([one.volunteer for one in entries])
        settling.put(
            [
                one
                for one in entries
                if there.get(one.volunteer) != one
                and one.number not in holders.several
                and holders.get(one.number, one).volunteer == one.volunteer
            ]
        )

    ledger.directory.settle(keep)


def _told(one: Submission, outcome: Outcome) -> Outcome:
    if one.person is not None and isinstance(outcome, AlreadyRegistered):
        return Problem("number-taken")
    return outcome


def _person(one: Submission) -> Person:
    assert one.person is not None
    return one.person


def _command(one: Submission) -> RegisterVolunteer:
    return cast(RegisterVolunteer, one.ask.command)
