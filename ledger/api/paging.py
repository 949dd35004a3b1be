"""Lists in pages: `{items, next_cursor}`, with cursors that only fit the question they came from."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta, Struct

from ledger.api.problems import Fault, Problem, wrong
from ledger.api.reading import Moment, Query

MOST_ITEMS = 200

_DIGEST_BYTES = 8
_MOST_DIGITS = 15

Row = TypeVar("Row")
Item = TypeVar("Item")


class PageQuery(Query, frozen=True, kw_only=True):
    """The parameters of a list: at most `limit` items, those after the `cursor` that a page before gave."""

    limit: Annotated[int, Meta(ge=1, le=MOST_ITEMS)] = 50
    cursor: Annotated[str, Meta(max_length=500)] | None = None


class Page(Struct, Generic[Item], frozen=True):
    """Some of many: with `next_cursor` the next ones can be asked for; where it is null there are no more."""

    items: Sequence[Item]
    next_cursor: str | None


def page(
    moment: Moment,
    read: Callable[[str, int], Sequence[Row]],
    *,
    key: Callable[[Row], str],
    shape: Callable[[Row], Item],
) -> Page[Item]:
    """A page of rows: `read(after, limit)` gives those after a key (empty for the first), in the order of keys."""
    return page_together(moment, read, key=key, shapes=lambda rows: [shape(row) for row in rows])


def page_together(
    moment: Moment,
    read: Callable[[str, int], Sequence[Row]],
    *,
    key: Callable[[Row], str],
    shapes: Callable[[Sequence[Row]], Sequence[Item]],
) -> Page[Item]:
    """Likewise, where what is shown of the rows is looked up for all of the page at once."""
    query: PageQuery = moment.query
    question = _question(moment)
    after = "" if query.cursor is None else _opened(query.cursor, question)
    rows = read(after, query.limit + 1)
    shown = rows[: query.limit]
    more = _sealed(key(shown[-1]), question) if len(rows) > query.limit else None
    return Page(shapes(shown), more)


def window(rows: Sequence[Row], key: Callable[[Row], str]) -> Callable[[str, int], Sequence[Row]]:
    """A `read` over rows that are there already, in any order in which their keys are told apart."""

    def read(after: str, limit: int) -> Sequence[Row]:
        if not after:
            return rows[:limit]
        keys = [key(row) for row in rows]
        # What is gone meanwhile is no place to go on from: then the list is told from its beginning.
        start = keys.index(after) + 1 if after in keys else 0
        return rows[start : start + limit]

    return read


def number_in(after: str) -> int:
    """The number that a key is; 0 for the first page, and for what no page of ours ever gave."""
    return int(after) if after.isdecimal() and len(after) <= _MOST_DIGITS else 0


def _question(moment: Moment) -> bytes:
    asked: dict[str, Any] = {
        name: value
        for name, value in msgspec.structs.asdict(moment.query).items()
        if name not in {"cursor", "limit", "min_position"}
    }
    told = msgspec.json.encode([moment.route, sorted(moment.ids.items()), asked], order="sorted")
    return hashlib.blake2b(told, digest_size=_DIGEST_BYTES).digest()


def _sealed(after: str, question: bytes) -> str:
    return base64.urlsafe_b64encode(question + after.encode()).decode().rstrip("=")


def _opened(cursor: str, question: bytes) -> str:
    try:
        content = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        after = content[_DIGEST_BYTES:].decode()
    except (binascii.Error, ValueError):
        raise _unfit() from None
    if content[:_DIGEST_BYTES] != question or not after.isprintable():
        raise _unfit()
    return after


def _unfit() -> Problem:
    return wrong(Fault("it came from no page of this very list", "并非出自该列表", parameter="cursor"))
