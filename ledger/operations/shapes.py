"""What views hold, as the API shows it."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct

from ledger.operations.question import Moment


def shaped(name: str, row: type[Any], doc: str | None = None, **instead: Any) -> type[Struct]:
    """A struct with the fields of a view's row, of other types where `instead` says so, None to leave one out.

    Without a `doc` the row's own says what it is.
    """
    fields = {**get_type_hints(row), **instead}
    kept = [(field, kind) for field, kind in fields.items() if kind is not None]
    made = msgspec.defstruct(name, kept, frozen=True, kw_only=True)
    made.__doc__ = doc or row.__doc__
    return made


def shown(kind: type[Struct], row: Any, **more: Any) -> Struct:
    """A view's row as that struct."""
    fields: dict[str, Any] = {**row._asdict(), **more}
    names, yes_or_no = _plan(kind)
    if len(fields) > len(names):
        fields = {name: fields[name] for name in names}
    for name in yes_or_no:
        # Views keep yes and no as numbers.
        fields[name] = bool(fields[name])
    return kind(**fields)


def each(kind: type[Struct]) -> Callable[[Moment, Sequence[Any]], list[Struct]]:
    """Shows rows of a view each as that struct."""
    return lambda _, rows: [shown(kind, row) for row in rows]


@lru_cache(maxsize=256)
def _plan(kind: type[Struct]) -> tuple[tuple[str, ...], frozenset[str]]:
    hints = get_type_hints(kind)
    return tuple(hints), frozenset(name for name, hint in hints.items() if hint is bool)
