"""What views hold, as the API shows it."""

from collections.abc import Mapping
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct


def shaped(name: str, row: type[Any], doc: str, **instead: Any) -> type[Struct]:
    """A struct with the fields of a view's row, of other types where `instead` says so, None to leave one out."""
    fields = {**get_type_hints(row), **instead}
    kept = [(field, kind) for field, kind in fields.items() if kind is not None]
    made = msgspec.defstruct(name, kept, frozen=True, kw_only=True)
    made.__doc__ = doc
    return made


def shown(kind: type[Struct], row: Any, **more: Any) -> Struct:
    """A view's row as that struct."""
    fields: Mapping[str, Any] = row._asdict() | more
    return kind(**{name: _plain(fields[name], hint) for name, hint in get_type_hints(kind).items()})


def _plain(value: Any, kind: Any) -> Any:
    # Views keep yes and no as numbers.
    return bool(value) if kind is bool else value
