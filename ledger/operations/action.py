"""What can be done to a ledger: an action is a command, of which callers name or say what they know."""

from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType

import msgspec
from msgspec import Struct

from ledger.application import Ask, request_tag
from ledger.bootstrap import Ledger
from ledger.domain.commands import AlreadyRecorded, Command, Refusal
from ledger.domain.ids import VolunteerId, derived_id, new_id
from ledger.domain.volunteers import AlreadyRegistered
from ledger.exchange.persons import Person
from ledger.operations.access import Sight, refuse_foreign
from ledger.operations.callers import Caller, Role
from ledger.operations.command_bodies import field_of, fields_as, whole, with_more, without
from ledger.operations.discretion import discretion_of
from ledger.operations.meaning import meant, receiver_told, volunteer_told
from ledger.operations.operation import Operation
from ledger.operations.refused import pointer
from ledger.operations.registering import Submission, person_in
from ledger.operations.volunteer_names import VolunteerName

LookUp = Callable[[Sight, str], str]
"""Gives the id of what a view knows by the id of something else, or raises a Problem."""


class Action(Operation, frozen=True, kw_only=True, dict=True):
    """What can be done: a command.

    What the subject names are fields of the command, or stand for those that `within` says; `made` are those that get a
    new id of a prefix; the body holds the others. `service.record` is a field of the struct in a field. `access.about`
    names fields of the command in the same way. Where what the subject names is not the id that the command takes,
    `found` looks that up. A volunteer is named in the body as in the subject. With `person` the body may also tell who
    somebody is, for the directory.
    """

    command: type[Command]
    made: Mapping[str, str] = MappingProxyType({})
    within: Mapping[str, str] = MappingProxyType({})
    found: Mapping[str, LookUp] = MappingProxyType({})
    person: bool = False

    @cached_property
    def body(self) -> type[Struct]:
        """What the body holds."""
        lacking = without(self.command, self._taken, self.volunteers, VolunteerName)
        return with_more(lacking, "person", Person) if self.person else lacking

    @cached_property
    def _taken(self) -> frozenset[str]:
        named = (self.within.get(name, name) for name in self.subject)
        return frozenset((*named, *self.made))

    @cached_property
    def volunteers(self) -> frozenset[str]:
        """The fields in which the body names volunteers."""
        return frozenset(fields_as(self.command, VolunteerId)) - self._taken

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
        """The rules that may stand against it; no rule is met by the id of something new, which nobody can have."""
        taken = (AlreadyRecorded, AlreadyRegistered) if self.made else ()
        return tuple(one for one in self.command.refusals if one not in taken)

    def ask(
        self,
        ledger: Ledger,
        sight: Sight,
        caller: Caller,
        subject: Mapping[str, str],
        body: Struct,
        key: str | None,
    ) -> Submission:
        """The command as it is asked of the bank; raises a Problem where the caller does not reach what it is about."""
        once = None if key is None else request_tag(caller.actor, key)
        given, named_as = dict[str, str](), dict[str, str]()
        for name, text in subject.items():
            identifier = meant(ledger, sight, name, text, caller)
            look_up = self.found.get(name)
            given[self.within.get(name, name)] = identifier if look_up is None else look_up(sight, identifier)
        for name in self.volunteers:
            told = field_of(body, name)
            if told is None:
                continue
            if name in self.strangers and caller.role is Role.VOLUNTEER:
                given[name] = receiver_told(ledger, sight, told, caller, once)
            else:
                hidden = any(about.name == name for about in self.access.about)
                given[name] = volunteer_told(ledger, sight, told, caller, at=pointer(name), hidden=hidden)
            named_as[given[name]] = told
        for name, prefix in self.made.items():
            given[name] = new_id(prefix) if key is None else derived_id(prefix, caller.actor, key)
        command = whole(self.command, body, given)
        named = {about.name: field_of(command, about.name) for about in self.access.about}
        refuse_foreign(self.access, caller, sight, named)
        person: Person | None = field_of(body, "person") if self.person else None
        return Submission(
            Ask(command, caller.actor, once),
            None if person is None else person_in(person, "/person"),
            made=self.made,
            discretion=discretion_of(caller, body, named_as),
        )
