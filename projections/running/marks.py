"""By which fact a followed view knows the log again: another ledger's log, or one put back from a backup, is not it."""

import hashlib
from typing import NamedTuple

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, inspect, select

from ledger.store.bulk import Bulk
from ledger.store.errors import StoreError
from ledger.store.log import data_at, head
from projections.running import states
from projections.running.states import State
from projections.view import text_column

_TABLE = Table(
    "followed",
    MetaData(),
    text_column("name", key=True),
    Column("position", BigInteger, nullable=False),
    text_column("fact"),
)
_LONGER = (
    "followed a log up to position {position}, and this one ends at {head}",
    "曾跟随总账至序号 {position}，而此总账止于序号 {head}",
)
_OTHER_FACT = (
    "followed a log with another fact at position {position}",
    "曾跟随的总账在序号 {position} 处是另一事件",
)
PROBLEMS = (_LONGER, _OTHER_FACT)
"""Why a log is another one, in both languages."""
_PUT = Bulk(_TABLE, put=("position", "fact"))


class Mark(NamedTuple):
    """The digest of the fact at a view's position.

    It has the position too, so as to be right by itself: on PostgreSQL others move on between one read and the next.
    """

    name: str
    position: int
    fact: str


class OtherLedger(StoreError):
    """The log is not the one whose facts a view has taken in."""


def make_table(connection: Connection) -> None:
    """Make the table of marks if it is not there."""
    _TABLE.create(connection, checkfirst=True)


def read(connection: Connection) -> dict[str, Mark]:
    """The mark of each view by name; none of a view at position 0."""
    if not inspect(connection).has_table(_TABLE.name):
        return {}
    return {row.name: Mark(*row) for row in connection.execute(select(_TABLE))}


def put(connection: Connection, mark: Mark) -> None:
    """Write a view's mark."""
    _PUT.run(connection, [mark])


def drop(connection: Connection, name: str) -> None:
    """Forget the mark of a view that starts afresh."""
    connection.execute(_TABLE.delete().where(_TABLE.c.name == name))


def fact_at(source: Connection, position: int) -> str | None:
    """The digest of the fact at a position of the log, None where there is none."""
    data = data_at(source, [position]).get(position)
    # A fact holds 128 random bits: no two logs have the same one by chance.
    return None if data is None else hashlib.sha256(data.encode()).hexdigest()


def problem(source: Connection, mark: Mark | None) -> tuple[str, str] | None:
    """Why the log cannot be the one that a view has followed up to its mark, in both languages; None if it can."""
    if mark is None:
        return None
    fact = fact_at(source, mark.position)
    if fact == mark.fact:
        return None
    said = _LONGER if fact is None else _OTHER_FACT
    en, zh = (text.format(position=mark.position, head=head(source)) for text in said)
    return en, zh


def judged(target: Connection, source: Connection) -> dict[str, State]:
    """The state of every followed view, by name; one of another log has that as its error.

    `target` must have been looked at before `source`, or a view could seem to be ahead of its log.
    """
    marks = read(target)
    found: dict[str, State] = {}
    for name, state in states.read(target).items():
        wrong = problem(source, marks.get(name))
        found[name] = state if wrong is None else state._replace(error=wrong[0])
    return found
