"""What a read declares, and how it tells: in one moment of the views, with the position they stand at."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

from msgspec import Meta, Struct
from sqlalchemy import Connection, Select

from ledger.api.access import Sight, refuse_foreign, seeing
from ledger.api.callers import Caller
from ledger.api.discretion import FULL, discretion_of
from ledger.api.naming import meant
from ledger.api.quick import Held
from ledger.api.requests import Headers, language
from ledger.api.routes import Route
from ledger.api.sent import Answer, Sent, encoded, sent, sent_in_either_form
from ledger.bootstrap import Ledger
from projections.registry import Views
from projections.view import View

_LONGEST_REMEMBERED_BYTES = 2_000


class Query(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters that every read takes; `min_position` lets the answer wait until the views have got there."""

    min_position: Annotated[int, Meta(ge=0, le=2**63 - 1)] = 0

    @property
    def also(self) -> tuple[str, ...]:
        """The names of views that such a query is answered from, besides those of its read."""
        return ()


class Moment(NamedTuple):
    """What a read is answered from: one moment of the views, and what was asked. `ids` are those of the path."""

    route: str
    ledger: Ledger
    connection: Connection
    position: int
    ids: Mapping[str, str]
    query: Any
    caller: Caller
    language: str

    @property
    def sight(self) -> Sight:
        """Where to look up whose affairs things are."""
        return seeing(self.ledger, self.connection)


class Figures(NamedTuple):
    """How a read without parameters is answered from a volunteer's figures; `whose` is None where `Tell` has to."""

    whose: Callable[[Caller, Mapping[str, str]], str | None]
    shown: Callable[[Held], Struct]


class OneQuery(NamedTuple):
    """How a read is answered from the rows of one query about a `volunteer`, where that is all that it takes.

    `whose` is None where `Tell` has to, and so is what `values` gives of the read's query as the other parameters, and
    what is `told` of the volunteer by the rows.
    """

    whose: Callable[[Caller, Mapping[str, str]], str | None]
    rows: Callable[[Views], Select[*tuple[Any, ...]]]
    values: Callable[[Any], Mapping[str, object] | None]
    told: Callable[[str, Sequence[Sequence[Any]], Any], Struct | None]


Tell = Callable[[Moment], Struct]
"""Gives the answer, or raises a Problem."""


def _never(_: Query) -> bool:
    return False


class Read(Route, frozen=True, kw_only=True):
    """A GET: what it answers with, which views it reads (names of `Views`), and how it tells.

    What a checkpoint changes is not `remembered`: to sign one moves no position. `plain` names the field of the answer
    that those who ask for text/plain get alone, as it is kept in a file. `costly` says of which queries callers wait
    for their turn, and `short` of which a few rows by their keys tell all: these are answered on the loop where a
    database is a file. One that `proves` tells facts as they are stored, to the byte, with whatever ids they hold.
    """

    answers: type[Struct]
    views: tuple[str, ...]
    tell: Tell
    query: type[Query] = Query
    figures: Figures | None = None
    by_one_query: Sequence[OneQuery] = ()
    remembered: bool = True
    plain: str | None = None
    costly: Callable[[Any], bool] = _never
    short: Callable[[Any], bool] = _never
    proves: bool = False

    def sent(self, headers: Headers, position: int, answer: Answer) -> Sent:
        """The response with an answer to this read, to a request with such headers."""
        if self.plain is None:
            return sent(headers, position, answer)
        return sent_in_either_form(headers, position, answer, self.plain)


@dataclass(frozen=True, eq=False, slots=True)
class Asked:
    """A question: which read, of what, by whom, with which parameters, and the language that it is answered in."""

    read: Read
    path: Mapping[str, str]
    caller: Caller
    query: Query
    spoken: str

    @property
    def views(self) -> tuple[str, ...]:
        """The names of the views that it is answered from."""
        return (*self.read.views, *self.query.also)


def question_of(
    read: Read, ids: Mapping[str, str], headers: Headers, parameters: bytes, caller: Caller
) -> Hashable:
    """What an answer is remembered by, None where it is not."""
    # What is asked at such length is asked once, and would be kept with its answer.
    if not read.remembered or len(parameters) > _LONGEST_REMEMBERED_BYTES:
        return None
    return (read.name, *ids.values(), parameters, caller, language(headers))


def tell(ledger: Ledger, asked: Asked) -> tuple[int, Answer | None]:
    """The position and the answer, None if the views have not got far enough."""
    with ledger.reading(*views_of(ledger, asked)) as (connection, position):
        if position < asked.query.min_position:
            return position, None
        return position, answer_in(ledger, asked, connection, position)


def answer_in(ledger: Ledger, asked: Asked, connection: Connection, position: int) -> Answer:
    """The answer to a question in a moment at a position that the read's views reached; raises a Problem."""
    read, caller = asked.read, asked.caller
    sight = seeing(ledger, connection)
    ids = {name: meant(ledger, sight, name, text, caller) for name, text in asked.path.items()}
    refuse_foreign(read.access, caller, sight, ids)
    told = read.tell(Moment(read.name, ledger, connection, position, ids, asked.query, caller, asked.spoken))
    return encoded(told, FULL if read.proves else discretion_of(caller), asked.spoken)


def views_of(ledger: Ledger, asked: Asked) -> list[View]:
    """The views that a question is answered from."""
    return [getattr(ledger.views, name) for name in asked.views]
