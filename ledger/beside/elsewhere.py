"""A bank and a directory whose reading is done here, and whose writing is asked of whoever holds the ledger's lock."""

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from ledger.application import Ask, Receipt, TimeBank, checked
from ledger.beside.calling import Holder
from ledger.beside.messages import Erase, Erased, Hear, Heard, Name, Named, Settle, Settled, Sign, Signed
from ledger.beside.outcomes import asked, outcomes_of
from ledger.people.directory import Directory, Holders, Settling, Volunteer
from ledger.store.deciding import Outcome
from ledger.store.group import Ticket
from ledger.store.log import Log, head

T = TypeVar("T")


class BankElsewhere(TimeBank):
    """Asks whoever holds the lock, and waits for the answer; a rehearsal is done here."""

    def __init__(self, log: Log, holder: Holder, *, now: Callable[[], datetime]) -> None:
        """`log` is only read."""
        super().__init__(log, (), now=now)
        self._read = log
        self._holder = holder

    def submit(self, asks: Sequence[Ask]) -> Ticket[list[Outcome]]:
        """Have asks decided at once."""
        ticket: Ticket[list[Outcome]] = Ticket()
        try:
            ticket.tell(self._outcomes([checked(ask) for ask in asks]))
        except Exception as error:
            ticket.fail(error)
        return ticket

    def signed_head(self, key: str | None) -> Signed:
        """Have the head signed with the key in a file; raises what signing raises."""
        # The head that is signed already is told again.
        answer, _ = self._holder.ask(Sign(_absolute(key)), repeatable=True)
        assert isinstance(answer, Signed)
        return answer

    def _outcomes(self, asks: Sequence[Ask]) -> list[Outcome]:
        repeatable = all(ask.once is not None for ask in asks)
        before = self._head() if repeatable else 0
        answer, again = self._holder.ask(Hear([asked(ask) for ask in asks]), repeatable=repeatable)
        assert isinstance(answer, Heard)
        outcomes = outcomes_of(answer)
        return [_first(one, before) for one in outcomes] if again else outcomes

    def _head(self) -> int:
        with self._read.store.snapshot() as connection:
            return head(connection)


class DirectoryElsewhere(Directory):
    """Reads the directory's file, and asks whoever holds the lock to change it."""

    def __init__(self, read: Directory, holder: Holder) -> None:
        """`read` is the same directory, opened for reading."""
        super().__init__(read.store, read.listed_in)
        self._holder = holder

    def settle(self, work: Callable[[Settling], T]) -> T:
        """What `work` gives, called again until nothing that it read was changed meanwhile."""
        while True:
            noted = _Noted(self)
            result = work(noted)
            request = noted.request()
            if not (request.put or request.dropped):
                return result
            # If it was done and the answer lost, what was read is no more.
            answer, _ = self._holder.ask(request, repeatable=True)
            assert isinstance(answer, Settled)
            if answer.done:
                self.changes += 1
                return result

    def persons(self, pairs: Iterable[tuple[str, str]], *, add: bool) -> dict[tuple[str, str], str]:
        """The ids of persons in charge, by unit and name; with `add`, new ones get theirs there."""
        wanted = list(dict.fromkeys(pairs))
        known = super().persons(wanted, add=False)
        if not add or len(known) == len(wanted):
            return known
        answer, _ = self._holder.ask(Name(wanted), repeatable=True)
        assert isinstance(answer, Named)
        self.changes += 1
        return dict(zip(wanted, answer.persons, strict=True))

    def erase(self, volunteer: str, *, also_listed_in: Collection[Path] = ()) -> bool:
        """Have somebody forgotten, for good, and listed where either process lists them; whether anything was known."""
        assert not also_listed_in, "two lists are enough"
        known = volunteer in self.by_id([volunteer])
        listed_in = None if self.listed_in is None else _absolute(str(self.listed_in))
        answer, _ = self._holder.ask(Erase(volunteer, listed_in), repeatable=True)
        assert isinstance(answer, Erased)
        self.changes += 1
        # If it was done and the answer lost, nobody knows them any more.
        return known or answer.known


class _Noted(Settling):
    """Reads at once, and notes what was read and what is to be written."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._numbers: dict[str, None] = {}
        self._ids: dict[str, None] = {}
        self._found: dict[Volunteer, None] = {}
        self._put: list[Volunteer] = []
        self._dropped: list[str] = []

    def by_number(self, numbers: Iterable[str]) -> Holders:
        """The volunteers who have the numbers, by number."""
        wanted = dict.fromkeys(numbers)
        found = self._directory.by_number(wanted)
        self._numbers |= wanted
        self._found |= dict.fromkeys(found.all())
        return found

    def by_id(self, volunteers: Iterable[str]) -> dict[str, Volunteer]:
        """What is known of volunteers, by id."""
        wanted = dict.fromkeys(volunteers)
        found = self._directory.by_id(wanted)
        self._ids |= wanted
        self._found |= dict.fromkeys(found.values())
        return found

    def put(self, volunteers: Collection[Volunteer]) -> None:
        """Note that volunteers are to be added or replaced."""
        self._put += volunteers

    def drop(self, volunteer: str) -> None:
        """Note that a volunteer is to be let go of."""
        self._dropped.append(volunteer)

    def request(self) -> Settle:
        """What was noted."""
        return Settle([*self._numbers], [*self._ids], [*self._found], self._dropped, self._put)


def _first(outcome: Outcome, before: int) -> Outcome:
    """An outcome of what was asked twice: facts that were not there before the first time are the first answer."""
    if isinstance(outcome, Receipt) and outcome.replayed and outcome.position > before:
        return outcome._replace(replayed=False)
    return outcome


def _absolute(name: str | None) -> str | None:
    """A file by a name that another process knows it by."""
    return None if name is None else os.path.abspath(name)
