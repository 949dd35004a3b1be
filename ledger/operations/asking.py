"""How a question is answered: in one moment of the views, with the position they stand at."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.operations.access import refuse_foreign, seeing
from ledger.operations.callers import Caller
from ledger.operations.discretion import FULL, Discretion, discretion_of
from ledger.operations.meaning import Meaning
from ledger.operations.paging import Page
from ledger.operations.question import Moment, Query, Question, Unread
from ledger.operations.terms.coded import PARAMETERS
from ledger.operations.things import KINDS, STANDING_FOR
from ledger.operations.typed_words import ME
from projections.view import View

VOLUNTEER = "volunteer"


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
    return _at_once(ledger, enquiry) or _in_a_moment(ledger, enquiry)


def _at_once(ledger: Ledger, enquiry: Enquiry) -> tuple[int, Struct] | None:
    if enquiry.question.at_once is None:
        return None
    needed = tuple(views_of(ledger, enquiry))
    told = enquiry.question.at_once(Unread(ledger, needed, enquiry.subject, enquiry.query, enquiry.caller))
    return None if told is None or told[0] < enquiry.query.min_position else told


def _in_a_moment(ledger: Ledger, enquiry: Enquiry) -> tuple[int, Struct | None]:
    with ledger.reading(*views_of(ledger, enquiry)) as (connection, position):
        if position < enquiry.query.min_position:
            return position, None
        return position, answer_in(ledger, enquiry, connection, position)


def answer_in(ledger: Ledger, enquiry: Enquiry, connection: Connection, position: int) -> Struct:
    """The answer in a moment at a position that the question's views reached; raises a Problem."""
    question, caller = enquiry.question, enquiry.caller
    sight = seeing(ledger, connection)
    meaning = Meaning(ledger, sight, caller)
    ids = _subject(meaning, enquiry)
    refuse_foreign(question.access, caller, sight, ids)
    query = _in_ids(meaning, question.name, enquiry.query)
    return question.tell(
        Moment(question.name, ledger, connection, position, ids, query, caller, enquiry.language)
    )


def asked_about(ledger: Ledger, enquiry: Enquiry) -> Mapping[str, str]:
    """The ids of what a question is asked about, by the names of its subject; raises a Problem."""
    if not enquiry.subject:
        return {}
    with ledger.reading(*views_of(ledger, enquiry)) as (connection, _):
        return _subject(Meaning(ledger, seeing(ledger, connection), enquiry.caller), enquiry)


def _subject(meaning: Meaning, enquiry: Enquiry) -> dict[str, str]:
    return {name: meaning.subject(name, word) for name, word in enquiry.subject.items()}


def pages(ledger: Ledger, enquiry: Enquiry) -> Iterator[tuple[int, Page[Any]]]:
    """The position and every page of a list, in one moment, each as large as is asked for; raises a Problem."""
    with ledger.reading(*views_of(ledger, enquiry)) as (connection, position):
        while True:
            page = cast(Page[Any], answer_in(ledger, enquiry, connection, position))
            yield position, page
            if page.next_cursor is None:
                return
            enquiry = dataclasses.replace(enquiry, query=replace(enquiry.query, cursor=page.next_cursor))


def _in_ids(meaning: Meaning, question: str, query: Query) -> Query:
    """The parameters of a question with the ids, and the codes, of what they name."""
    found = dict[str, str]()
    for name in query.__struct_fields__:
        kind = PARAMETERS.get((question, name))
        named = kind or name in KINDS or name in STANDING_FOR or name == VOLUNTEER
        word = getattr(query, name) if named else None
        if isinstance(word, str):
            meant = _meant(meaning, name, word) if kind is None else meaning.code(kind, word, name)
            if meant != word:
                found[name] = meant
    return replace(query, **found) if found else query


def _meant(meaning: Meaning, name: str, word: str) -> str:
    if name != VOLUNTEER:
        return meaning.thing(STANDING_FOR.get(name, name), word, at=name)
    return meaning.volunteer(word, at=name, hidden=True) if word == ME or ":" in word else word


def views_of(ledger: Ledger, enquiry: Enquiry) -> list[View]:
    """The views that a question is answered from."""
    return [getattr(ledger.views, name) for name in enquiry.views]
