"""Somebody's place on a board, with the places right above and right below it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Integer,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)

from projections.figures.tallies import Tally

Names = Callable[[Collection[str]], Mapping[str, str]]
"""Looks up what members are ordered by among equals: volunteer numbers, or names. An unknown id may be left out."""

NEXT = 2
"""How many are told on each side."""
_NEXT, _NONE = (literal_column(str(number), Integer) for number in (NEXT, 0))
_OWN, _ABOVE, _BELOW = 0, 1, 2


class Place(NamedTuple):
    """One row of a board: ties share a rank, and the next rank counts them all (1, 2, 2, 4)."""

    rank: int
    id: str
    name: str | None
    minutes: int


class Around(NamedTuple):
    """A member's own place on a board of so many `members`, None for one who is not on it.

    `equals` counts the others who share the place. Those `above` have more and those `below` fewer minutes: the next
    two on each side, in the order of the board; among equals it is the ids that decide who is nearer.
    """

    own: Place | None
    equals: int
    members: int
    above: Sequence[Place] = ()
    below: Sequence[Place] = ()


class Near(NamedTuple):
    """A member's minutes, and who has the next more and the next fewer, the nearest first, with theirs."""

    minutes: int
    above: Sequence[tuple[str, int]]
    below: Sequence[tuple[str, int]]


def around(tally: Tally, member: str, near: Near | None, names: Names) -> Around:
    """A member's place among those counted, with the next ones on both sides."""
    if near is None:
        return Around(None, 0, tally.members)
    known = names([member, *(who for who, _ in (*near.above, *near.below))])
    more, equals = tally.more(near.minutes), tally.equal(near.minutes)

    def place(before: int, who: str, minutes: int) -> Place:
        return Place(before + 1, who, known.get(who), minutes)

    above: list[Place] = []
    before = more
    for minutes, some in groupby(near.above, key=itemgetter(1)):
        before -= tally.equal(minutes)
        above += (place(before, who, minutes) for who, _ in some)
    below: list[Place] = []
    before = more + equals
    for minutes, some in groupby(near.below, key=itemgetter(1)):
        below += (place(before, who, minutes) for who, _ in some)
        before += tally.equal(minutes)
    return Around(place(more, member, near.minutes), equals - 1, tally.members, above[::-1], below)


def around_in(minutes: Mapping[str, int], member: str, names: Names) -> Around:
    """The same among members whose minutes are known; nobody with nothing is among them."""
    some = {one: value for one, value in minutes.items() if value > 0}
    order = sorted(some.items(), key=lambda one: (-one[1], one[0]))
    own = some.get(member)
    near = None
    if own is not None:
        above = [one for one in order if one[1] > own]
        near = Near(own, above[: -NEXT - 1 : -1], [one for one in order if one[1] < own][:NEXT])
    return around(Tally(Counter(some.values()).items()), member, near, names)


def around_of(connection: Connection, minutes: Select[str, int], member: str, names: Names) -> Around:
    """The same among those whom a query finds, each once, with minutes of theirs: it is asked as a whole."""
    found = minutes.cte("found")
    who, value = found.c
    counts = connection.execute(select(value, func.count()).group_by(value))
    tally = Tally((int(row[0]), row[1]) for row in counts)
    rows = connection.execute(nearest(who, value), {"member": member})
    return around(tally, member, read_nearest(rows), names)


def nearest(
    member: ColumnElement[str],
    minutes: ColumnElement[int],
    board: Sequence[ColumnElement[bool]] = (),
    some: Sequence[ColumnElement[bool]] = (),
) -> CompoundSelect[*tuple[Any, ...]]:
    """A query for one `member` of a `board` and the next on both sides, of those with `some` minutes."""
    return union_all(*sides(member, minutes, board, some))


def sides(
    member: ColumnElement[str],
    minutes: ColumnElement[int],
    board: Sequence[ColumnElement[bool]] = (),
    some: Sequence[ColumnElement[bool]] = (),
) -> list[Select[*tuple[Any, ...]]]:
    """The parts of that query."""
    own = select(member, minutes).where(*board, member == bindparam("member"), *some).cte("own")
    held = select(own.c[1]).scalar_subquery()
    # In this order: of two bounds of an index SQLite takes the first.
    more = select(member, minutes).where(*board, minutes > held, *some).order_by(minutes, member.desc())
    fewer = select(member, minutes).where(*board, minutes < held, *some).order_by(minutes.desc(), member)
    above, below = (
        more.limit(_NEXT).offset(_NONE).subquery("above"),
        fewer.limit(_NEXT).offset(_NONE).subquery("below"),
    )
    return [
        select(literal_column(str(_OWN), Integer), *own.c),
        select(literal_column(str(_ABOVE), Integer), *above.c),
        select(literal_column(str(_BELOW), Integer), *below.c),
    ]


def read_nearest(rows: Iterable[Any]) -> Near | None:
    """What such a query found, None where the member is not on the board."""
    found: dict[int, list[tuple[str, int]]] = {_OWN: [], _ABOVE: [], _BELOW: []}
    for side, who, minutes in rows:
        found[side].append((who, int(minutes)))
    if not found[_OWN]:
        return None
    # A union keeps no order.
    above = sorted(sorted(found[_ABOVE], reverse=True), key=itemgetter(1))
    below = sorted(found[_BELOW], key=lambda one: (-one[1], one[0]))
    return Near(found[_OWN][0][1], above, below)
