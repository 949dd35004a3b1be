"""How a question is answered: in one moment of the views, with the position they stand at."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec import Struct
from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.operations.access import refuse_foreign, seeing
from ledger.operations.callers import Caller
from ledger.operations.discretion import FULL, Discretion, discretion_of
from ledger.operations.meaning import Meaning
from ledger.operations.question import Moment, Query, Question
from projections.view import View


@dataclass(frozen=True, eq=False, slots=True)
class Enquiry:
    """A question as somebody asks it: of which things, with which parameters, and in which language.

    `subject` holds the words for the things that the question is about, by name.
    """

    question: Question
    subject: Mapping[str, str]
    caller: Caller
    query: Query
    language: str

    @property
    def views(self) -> tuple[str, ...]:
        """The names of the views that it is answered from."""
        return (*self.question.views, *self.query.also)

    @property
    def discretion(self) -> Discretion:
        """Whom the answer may name."""
        return FULL if self.question.proves else discretion_of(self.caller)


def answer(ledger: Ledger, enquiry: Enquiry) -> tuple[int, Struct | None]:
    """The position and the answer, None if the views have not got as far as is asked for; raises a Problem."""
    with ledger.reading(*views_of(ledger, enquiry)) as (connection, position):
        if position < enquiry.query.min_position:
            return position, None
        return position, answer_in(ledger, enquiry, connection, position)


def answer_in(ledger: Ledger, enquiry: Enquiry, connection: Connection, position: int) -> Struct:
    """The answer in a moment at a position that the question's views reached; raises a Problem."""
    question, caller = enquiry.question, enquiry.caller
    sight = seeing(ledger, connection)
    meaning = Meaning(ledger, sight, caller)
    ids = {name: meaning.subject(name, word) for name, word in enquiry.subject.items()}
    refuse_foreign(question.access, caller, sight, ids)
    return question.tell(
        Moment(question.name, ledger, connection, position, ids, enquiry.query, caller, enquiry.language)
    )


def views_of(ledger: Ledger, enquiry: Enquiry) -> list[View]:
    """The views that a question is answered from."""
    return [getattr(ledger.views, name) for name in enquiry.views]
