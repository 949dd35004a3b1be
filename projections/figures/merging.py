"""Pages of several lists read as one: each list from where the page begins, and no further than the page goes."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    func,
    select,
    tuple_,
)

Place = tuple[str, ...]

_END = "\U0010ffff"
"""Comes after whatever a place begins with: no fact holds this character, which is none."""

_told = msgspec.json.Decoder(dict[str, list[Place] | None])


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of rows for each of some `names`, such as communities, in the order of the columns of `place`.

    `rows` gives a query of those of a name, without order or limit. An index must begin with the column that is asked
    for the name and go on with the place: a page then costs a search for each name and reads about as many rows as it
    gives, however long the lists are.
    """

    rows: Callable[[ColumnElement[str]], Any]
    names: Collection[str]
    place: Sequence[Column[str]]


def merged(
    connection: Connection, lists: Lists, *, after: Place, until: Place | None = None, limit: int
) -> list[Place]:
    """The first `limit` places after one, of all lists together: each place once, in order.

    With `until` come those before that place only.
    """
    if not lists.names:
        return []
    query, before = _query(lists, connection.dialect.name == "sqlite"), until or (_END,) * len(after)

    def read(names: Collection[str], before: Place, some: int) -> dict[str, list[Place] | None]:
        asked = {"names": msgspec.json.encode(sorted(names)).decode(), "some": some}
        bounds = {
            f"{bound}{at}": one for bound, of in (("a", after), ("b", before)) for at, one in enumerate(of)
        }
        return _told.decode(connection.execute(query, asked | bounds).scalar_one())

    # As many of each as it takes were all alike; lists that turn out to be ahead are read on once.
    some = limit // len(lists.names) + 1
    first = read(lists.names, before, some)
    found = sorted({one for places in first.values() for one in places or ()})
    if len(found) >= limit:
        before = found[limit - 1]
    ahead = [
        name for name, places in first.items() if places and len(places) == some and max(places) < before
    ]
    if ahead:
        more = read(ahead, before, limit)
        found = sorted({*found, *(one for places in more.values() for one in places or ())})
    return found[:limit]


def _query(lists: Lists, sqlite: bool) -> Select[str]:
    """What gives one JSON object: by name, up to so many places of each list after one and before another."""
    names = bindparam("names", type_=Text)
    if sqlite:
        name = func.json_each(names).table_valued("value", name="named").c.value
        gather, row, by_name, nested = (
            func.json_group_array,
            func.json_array,
            func.json_group_object,
            func.json,
        )
    else:
        texts = func.json_array_elements_text(cast(names, JSON))
        name = texts.table_valued("value", name="named").render_derived().c.value
        gather, row, by_name, nested = (
            func.json_agg,
            func.json_build_array,
            func.json_object_agg,
            func.to_json,
        )
    place = tuple_(*lists.place)
    after, before = (
        tuple_(*(bindparam(f"{bound}{at}", type_=one.type) for at, one in enumerate(lists.place)))
        for bound in "ab"
    )
    rows = lists.rows(name).with_only_columns(*lists.place).where(place > after, place < before)
    part = rows.order_by(*lists.place).limit(bindparam("some", type_=Integer))
    # One row a list: neither database reads on in a join with what is limited for each of its rows.
    of = part.correlate(name.table).subquery("part")
    told = select(gather(row(*of.c))).select_from(of).scalar_subquery()
    return select(cast(by_name(name, nested(told)), Text))
