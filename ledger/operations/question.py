"""What can be asked of a ledger: a question declares its answer, the views that it reads, and how it is told."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, NamedTuple

from msgspec import Meta, Struct
from sqlalchemy import Connection, Select

from ledger.bootstrap import Ledger
from ledger.operations.access import Sight, seeing
from ledger.operations.callers import Caller
from ledger.operations.operation import Operation
from ledger.people.directory import Volunteer
from projections.registry import Views
from projections.view import View


class Query(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parameters that every question takes; `min_position` lets the answer wait until the views have got there."""

    min_position: Annotated[int, Meta(ge=0, le=2**63 - 1)] = 0

    @property
    def also(self) -> tuple[str, ...]:
        """The names of views that such a query is answered from, besides those of its question."""
        return ()


class Moment(NamedTuple):
    """What a question is answered from: one moment of the views, and what was asked. `ids` are those of its subject."""

    question: str
    ledger: Ledger
    connection: Connection
    position: int
    ids: Mapping[str, str]
    query: Any
    caller: Caller
    language: str

    @property
    def views(self) -> Views:
        """The views, which are asked by the connection."""
        return self.ledger.views

    @property
    def today(self) -> date:
        """The local day that it is."""
        return self.ledger.today()

    @property
    def sight(self) -> Sight:
        """Where to look up whose affairs things are."""
        return seeing(self.ledger, self.connection)


class Held(Struct, frozen=True):
    """Both books of a volunteer at a position, in minutes, with the stars of the policy in force."""

    position: int
    volunteer: str
    service_minutes: int
    credit_minutes: int
    stars: int


class Figures(NamedTuple):
    """How a question without parameters is answered from what a volunteer has.

    `whose` names the volunteer, or is None where `Tell` has to answer.
    """

    whose: Callable[[Caller, Mapping[str, str]], str | None]
    shown: Callable[[Held], Struct]


class Found(NamedTuple):
    """What one query found of a `volunteer`: its rows, in any order, and the `person`, if the directory was asked."""

    volunteer: str
    rows: Sequence[Sequence[Any]]
    person: Volunteer | None
    query: Any
    caller: Caller
    today: date


class OneQuery(NamedTuple):
    """How a question is answered from the rows of one query about a `volunteer`, where that is all that it takes.

    `whose` is None where `Tell` has to, and so is what `values` gives of the question's query and of today as the other
    parameters, and what is `told` by the rows. Where the answer is `named`, the directory is asked as well.
    """

    whose: Callable[[Caller, Mapping[str, str]], str | None]
    rows: Callable[[Views], Select[*tuple[Any, ...]]]
    values: Callable[[Any, date], Mapping[str, object] | None]
    told: Callable[[Found], Struct | None]
    named: bool = False


class Unread(NamedTuple):
    """What a question is asked about, before anything is read: `words` for its subject, and the views `needed`."""

    ledger: Ledger
    needed: tuple[View, ...]
    words: Mapping[str, str]
    query: Any
    caller: Caller


Tell = Callable[[Moment], Struct]
"""Gives the answer, or raises a Problem."""

AtOnce = Callable[[Unread], tuple[int, Struct] | None]
"""Gives position and answer by one query about the views, which is a moment by itself; None where `Tell` has to."""


def always(_: Query) -> bool:
    """It is so of every query."""
    return True


def _never(_: Query) -> bool:
    return False


class Question(Operation, frozen=True, kw_only=True):
    """What can be asked: what is answered, which views are read (names of `Views`), and how it is told.

    What a checkpoint changes is not `remembered`: to sign one moves no position. `plain` names the field of the answer
    that those who ask for plain text get alone, as it is kept in a file. `costly` says of which queries callers wait
    for their turn, and `short` of which a few rows by their keys tell all: these are answered at once where a database
    is a file. One that `proves` tells facts as they are stored, to the byte, with whatever ids they hold.
    """

    answers: type[Struct]
    views: tuple[str, ...]
    tell: Tell
    query: type[Query] = Query
    figures: Figures | None = None
    by_one_query: Sequence[OneQuery] = ()
    at_once: AtOnce | None = None
    remembered: bool = True
    plain: str | None = None
    costly: Callable[[Any], bool] = _never
    short: Callable[[Any], bool] = _never
    proves: bool = False
