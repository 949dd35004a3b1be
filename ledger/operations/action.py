"""What can be done to a ledger: an action is a command, of which callers name or say what they know."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET, Struct
from msgspec.structs import replace

from ledger.application import Ask, request_tag
from ledger.domain.commands import AlreadyRecorded, Command, Refusal
from ledger.domain.ids import PersonId, VolunteerId, derived_id, new_id
from ledger.domain.volunteers import AlreadyRegistered
from ledger.exchange.persons import Person
from ledger.operations.access import Sight, refuse_foreign
from ledger.operations.callers import LIMITED, Caller, Role
from ledger.operations.command_bodies import (
    Lacking,
    field_of,
    fields_as,
    hints_of,
    said_in,
    whole,
    with_more,
    without,
)
from ledger.operations.discretion import discretion_of
from ledger.operations.meaning import Meaning, is_person
from ledger.operations.operation import Operation
from ledger.operations.refused import Fault, pointer, wrong
from ledger.operations.registering import Submission, person_in
from ledger.operations.terms.coded import Coded, coded_fields, in_codes
from ledger.operations.things import KINDS
from ledger.operations.typed_words import PersonName, ThingName, VolunteerName

LookUp = Callable[[Sight, str], str]
"""Gives the id of what a view knows by the id of something else, or raises a Problem."""


class Completing(NamedTuple):
    """What a completion goes by: what was `said` of the command, by field, in words and not yet looked up.

    It is `keyed` where it may be asked for again under its key. What is put in `once_only` is told with the answer, and
    never again. A completion writes nothing: whether the caller reaches all of the command is not known yet.
    """

    meaning: Meaning
    said: Mapping[str, Any]
    keyed: bool
    once_only: dict[str, str]

    @property
    def sight(self) -> Sight:
        """Where to look things up."""
        return self.meaning.sight

    def thing(self, kind: str, field: str, day: date | None = None) -> str:
        """The id of the thing of a kind that is said in a field; raises the Problem where there is none."""
        return self.meaning.thing(kind, self.said[field], at=pointer(field), day=day)


Complete = Callable[[Completing], Mapping[str, Any]]
"""Gives fields that were left out, or raises a Problem; what it gives of those that were said is taken instead."""


class Completion(NamedTuple):
    """How a command is completed: which fields its body may leave out, and what gives them."""

    left_out: frozenset[str]
    give: Complete


def completion(*left_out: str) -> Callable[[Complete], Completion]:
    """Makes of what gives some fields the completion that lets them be left out."""
    return lambda give: Completion(frozenset(left_out), give)


class Action(Operation, frozen=True, kw_only=True, dict=True):
    """What can be done: a command.

    What the subject names are fields of the command, or stand for those that `within` says; `made` are those that get a
    new id of a prefix; the body holds the others. `service.record` is a field of the struct in a field. `access.about`
    names fields of the command in the same way. Where what the subject names is not the id that the command takes,
    `found` looks that up. Volunteers and things are named in the body as in the subject. What may be left out of the
    body `complete` tells; codes of rules that it refuses by are among the `problems`. With `person` the body may also
    tell who somebody is, for the directory.
    """

    command: type[Command]
    made: Mapping[str, str] = MappingProxyType({})
    within: Mapping[str, str] = MappingProxyType({})
    found: Mapping[str, LookUp] = MappingProxyType({})
    complete: Completion | None = None
    person: bool = False

    @cached_property
    def body(self) -> type[Struct]:
        """What the body holds."""
        told = {(name, VolunteerName) for name in self.volunteers}
        told |= {(name, ThingName) for name in self.things}
        told |= {(name, PersonName) for name in self.persons}
        told |= {(name, one.typed) for name, one in self.codes.items()}
        left_out = frozenset[str]() if self.complete is None else self.complete.left_out
        lacking = without(self.command, self._taken, frozenset(told), left_out)
        return with_more(lacking, "person", Person) if self.person else lacking

    @cached_property
    def hints(self) -> Mapping[str, Any]:
        """The types of the command's fields, those within structs by their paths."""
        return dict(hints_of(self.command))

    def path(self, word: str) -> str:
        """The field that a word names: the command's own or the subject's, else one of that name within a struct."""
        if word in self.subject or word in self.hints:
            return word
        return next((path for path in self.hints if path.endswith(f".{word}")), word)

    @cached_property
    def _taken(self) -> frozenset[str]:
        named = (self.within.get(name, name) for name in self.subject)
        return frozenset((*named, *self.made))

    @cached_property
    def volunteers(self) -> frozenset[str]:
        """The fields in which the body names volunteers."""
        return frozenset(fields_as(self.command, VolunteerId)) - self._taken

    @cached_property
    def persons(self) -> frozenset[str]:
        """The fields in which the body names who is in charge."""
        return frozenset(fields_as(self.command, PersonId)) - self._taken

    @cached_property
    def things(self) -> Mapping[str, str]:
        """The fields in which the body names things that have names, each with the kind of its things."""
        found = {name: kind for kind, one in KINDS.items() for name in fields_as(self.command, one.id_type)}
        return {name: kind for name, kind in found.items() if name not in self._taken}

    @cached_property
    def codes(self) -> Mapping[str, Coded]:
        """The fields in which the body says codes, or what they are called."""
        return {name: one for name, one in coded_fields(self.command).items() if name not in self._taken}

    @cached_property
    def strangers(self) -> frozenset[str]:
        """The fields in which a volunteer names somebody whom they need not reach, such as who receives."""
        if self.access.roles is None or Role.VOLUNTEER not in self.access.roles:
            return frozenset()
        return self.volunteers - {about.name for about in self.access.about}

    @cached_property
    def needs_body(self) -> bool:
        """Whether the body holds anything that cannot be left out."""
        return any(field.required for field in msgspec.structs.fields(self.body))

    @cached_property
    def refusals(self) -> tuple[type[Refusal], ...]:
        """The rules that may stand against it, and names that mean nothing.

        No rule is met by the id of something new, which nobody can have.
        """
        taken = (AlreadyRecorded, AlreadyRegistered) if self.made else ()
        unknown = (KINDS[kind].unknown for kind in self.things.values())
        every = dict.fromkeys((*self.command.refusals, *unknown))
        return tuple(one for one in every if one not in taken)

    def ask(
        self,
        meaning: Meaning,
        subject: Mapping[str, str],
        body: Struct,
        key: str | None,
        *,
        dry: bool = False,
    ) -> Submission:
        """The command as it is asked of the bank; raises a Problem where the caller does not reach what it is about.

        `subject` holds a word for each name of the subject. With `dry` nothing is written, not even to the directory.
        """
        caller = meaning.caller
        once = None if key is None else request_tag(caller.actor, key)
        given, once_only = dict[str, Any](), dict[str, str]()
        self._put_subject(meaning, subject, given)
        named_as = self._put_volunteers(meaning, body, given, once)
        self._put_codes(meaning, body, given)
        if self.complete is not None:
            # What is out of the caller's reach is told of in no other way.
            self._refuse_foreign(meaning, given)
            said = {**dict(said_in(body)), **given}
            given |= self.complete.give(Completing(meaning, said, key is not None, once_only))
        self._put_things(meaning, body, given)
        self._put_new_ids(caller, given, key)
        named = self._put_nobody_yet(body, given)
        command = self._command(body, given)
        reached = {about.name: field_of(command, about.name) for about in self.access.about}
        self._refuse_foreign(meaning, reached)
        if named:
            # Only now, as a name is written to the directory.
            given |= {
                field: _in_charge(meaning, command, field, name, dry=dry) for field, name in named.items()
            }
            command = self._command(body, given)
        person: Person | None = field_of(body, "person") if self.person else None
        return Submission(
            Ask(command, caller.actor, once),
            None if person is None else person_in(person, "/person"),
            made=self.made,
            discretion=discretion_of(caller, body, named_as),
            once_only=once_only,
        )

    def _put_subject(self, meaning: Meaning, subject: Mapping[str, str], given: dict[str, Any]) -> None:
        """Put in what the subject names."""
        for name, word in subject.items():
            found, look_up = meaning.subject(name, word), self.found.get(name)
            given[self.within.get(name, name)] = found if look_up is None else look_up(meaning.sight, found)

    def _put_volunteers(
        self, meaning: Meaning, body: Struct, given: dict[str, Any], once: str | None
    ) -> dict[str, str]:
        """Put in the volunteers whom the body names; what each was called there, by id."""
        named_as = dict[str, str]()
        for name in self.volunteers:
            word = _word_in(body, name, given)
            if word is None:
                continue
            if name in self.strangers and meaning.caller.role is Role.VOLUNTEER:
                given[name] = meaning.receiver(word, once)
            else:
                given[name] = meaning.volunteer(word, at=pointer(name), hidden=self._limits(name))
            named_as[given[name]] = word
        return named_as

    def _put_codes(self, meaning: Meaning, body: Struct, given: dict[str, Any]) -> None:
        """Put in the codes that the body says, or calls by their names."""
        for name, coded in self.codes.items():
            word = _word_in(body, name, given)
            # What is a code already stays where it is: to put it in would make the struct around it anew.
            if word is not None and (code := in_codes(coded, word, pointer(name), meaning.code)) != word:
                given[name] = code

    def _put_things(self, meaning: Meaning, body: Struct, given: dict[str, Any]) -> None:
        """Put in the things that the body names."""
        limited = meaning.caller.role in LIMITED
        for name, kind in self.things.items():
            word = _word_in(body, name, given)
            if word is not None:
                hidden = limited and self._limits(name)
                given[name] = meaning.thing(kind, word, at=pointer(name), hidden=hidden)

    def _put_new_ids(self, caller: Caller, given: dict[str, Any], key: str | None) -> None:
        """Put in the ids of what is made, under a key always the same; a completion may have found what is there."""
        for name, prefix in self.made.items():
            if name not in given:
                given[name] = new_id(prefix) if key is None else derived_id(prefix, caller.actor, key)

    def _put_nobody_yet(self, body: Struct, given: dict[str, Any]) -> dict[str, str]:
        """Put in an id of nobody for each person whom the body names, where it tells no id; the names by field."""
        words = {field: _word_in(body, field, given) for field in self.persons}
        named = {field: word for field, word in words.items() if word is not None and not is_person(word)}
        given.update({field: new_id("per") for field in named})
        return named

    def _command(self, body: Struct, given: Mapping[str, Any]) -> Command:
        try:
            return whole(self.command, body, given)
        except Lacking as lacking:
            raise wrong(Fault("this is missing", "缺少此项", pointer=pointer(lacking.field))) from None

    def _refuse_foreign(self, meaning: Meaning, named: Mapping[str, Any]) -> None:
        """Raise a Problem unless the caller reaches what the command is about, as far as that is named already."""
        if meaning.caller.role not in LIMITED:
            return
        about = tuple(one for one in self.access.about if one.name in named)
        refuse_foreign(replace(self.access, about=about), meaning.caller, meaning.sight, named)

    def _limits(self, field: str) -> bool:
        """Whether what a field may name is limited to what its caller reaches."""
        return any(about.name == field for about in self.access.about)


def _in_charge(meaning: Meaning, command: Command, field: str, name: str, *, dry: bool) -> str:
    """The id of who is named in a field to be in charge, for the unit that stands beside it."""
    struct, _, _ = field.rpartition(".")
    unit: str = field_of(command, f"{struct}.unit")
    return meaning.person_in_charge(name, unit, at=pointer(field), dry=dry)


def _word_in(body: Struct, field: str, given: Mapping[str, Any]) -> str | None:
    """What a body says in a field, None where it says nothing or what it would say is given already."""
    word = None if field in given else field_of(body, field)
    return None if word is UNSET else word
