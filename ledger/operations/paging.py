"""Lists in pages: `{items, next_cursor}`, where each page goes on from the place where the one before ended."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import msgspec
from msgspec import Meta, Struct

from ledger.operations.cursors import MOST_CHARACTERS, Text, digest, place_in, sealed
from ledger.operations.question import Moment, Query
from ledger.operations.refused import Problem
from projections.stays import Part

MOST_ITEMS = 200
LIST_CHANGED = "list-changed"

Row = TypeVar("Row")
Item = TypeVar("Item")
Place = TypeVar("Place")


class PageQuery(Query, frozen=True, kw_only=True):
    """The parameters of a list: at most `limit` items, those after the `cursor` that a page before gave."""

    limit: Annotated[int, Meta(ge=1, le=MOST_ITEMS)] = 50
    cursor: Annotated[str, Meta(max_length=MOST_CHARACTERS)] | None = None


class Page(Struct, Generic[Item], frozen=True):
    """Some of many: with `next_cursor` the next ones can be asked for; where it is null there are no more."""

    items: Sequence[Item]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Order(Generic[Row, Place]):
    """How the rows of a list follow each other: by their places, no two alike, rising or `falling`.

    A place is what the list is sorted by, and what tells equals apart; `kind` is its type, as JSON is read back. So
    the next page is what comes after a place, whether or not its row is still there.
    """

    kind: Any
    place: Callable[[Row], Place]
    falling: bool = False


def _id(row: Any) -> str:
    return row.id


BY_ID: Order[Any, str] = Order(Text, _id)

Read = Callable[[Place | None, int], Sequence[Row]]
"""Gives up to so many rows that come after a place, or the first ones, in their order."""


Shapes = Callable[[Moment, Sequence[Row]], Sequence[Item]]
"""Gives what is shown of some rows; what they lack is looked up for all of them at once."""


def one_by_one(show: Callable[[Row], Item]) -> Shapes[Row, Item]:
    """Shows each row by itself."""
    return lambda _, rows: [show(row) for row in rows]


def page(
    moment: Moment, read: Read[Place, Row], order: Order[Row, Place], shapes: Shapes[Row, Item]
) -> Page[Item]:
    """A page of the rows that are read, as they are shown."""
    query: PageQuery = moment.query
    after: Place | None = None if query.cursor is None else place_in(moment, query.cursor, order.kind)
    rows = read(after, query.limit + 1)
    some = rows[: query.limit]
    more = sealed(moment, order.place(some[-1])) if len(rows) > query.limit else None
    return Page(shapes(moment, some), more)


def page_of(
    moment: Moment, rows: Sequence[Row], order: Order[Row, Place], shapes: Shapes[Row, Item]
) -> Page[Item]:
    """A page of rows that are there already, in this order."""
    return page(moment, window(rows, order), order, shapes)


def page_by_id(
    moment: Moment, read: Callable[[str, int], Sequence[Row]], shapes: Shapes[Row, Item]
) -> Page[Item]:
    """A page of rows by their ids: `read` gives up to so many after one."""
    return page(moment, lambda after, limit: read(after or "", limit), BY_ID, shapes)


def page_of_stays(
    moment: Moment, read: Callable[[Part], Sequence[Row]], shapes: Shapes[Row, Item]
) -> Page[Item]:
    """Likewise, of what holds on the day that is asked for, if one is."""
    return page_by_id(moment, lambda after, limit: read(Part(after, limit, moment.query.on)), shapes)


def window(rows: Sequence[Row], order: Order[Row, Place]) -> Read[Place, Row]:
    """A `read` over rows that are there already, in this order."""
    place: Callable[[Row], Any] = order.place

    def read(after: Place | None, limit: int) -> Sequence[Row]:
        if after is None:
            start = 0
        elif order.falling:
            start = len(rows) - bisect_left(rows[::-1], after, key=place)
        else:
            start = bisect_right(rows, after, key=place)
        return rows[start : start + limit]

    return read


class _Told(NamedTuple):
    """How many rows were told, and a digest of them."""

    rows: Annotated[int, Meta(ge=1, le=2**53)]
    digest: Text


def page_of_figures(
    moment: Moment, first: Callable[[int], Sequence[Row]], shapes: Shapes[Row, Item]
) -> Page[Item]:
    """A page of figures that stand in the order of their sizes, or add up: `first(many)` gives the first rows.

    All that was told before must be so still, and then all pages are of the present moment; raises the Problem
    `list-changed` where it is not. JSON must be able to hold a row.
    """
    query: PageQuery = moment.query
    told = None if query.cursor is None else place_in(moment, query.cursor, _Told)
    count = 0 if told is None else told.rows
    rows = first(count + query.limit + 1)
    if told is not None and _digest(moment, rows[:count]) != told.digest:
        raise Problem(LIST_CHANGED)
    so_far = rows[: count + query.limit]
    more = sealed(moment, _Told(len(so_far), _digest(moment, so_far))) if len(rows) > len(so_far) else None
    return Page(shapes(moment, so_far[count:]), more)


def _digest(moment: Moment, rows: Sequence[Any]) -> str:
    return digest(moment, msgspec.json.encode(rows)).hex()
