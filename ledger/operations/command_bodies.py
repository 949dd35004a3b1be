"""How a body and what is known without it make one struct, such as a command: `service.record` is a field within."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import UNSET, Struct, UnsetType

Made = TypeVar("Made", bound=Struct)


class Lacking(Exception):
    """A field is said nowhere, and nothing tells what it would be."""

    def __init__(self, field: str) -> None:
        """`field` is its path, such as `service.role`."""
        super().__init__(field)
        self.field = field


@cache
def without(
    kind: type[Struct],
    taken: frozenset[str],
    told: frozenset[tuple[str, Any]] = frozenset(),
    left_out: frozenset[str] = frozenset(),
    *,
    of: str = "",
) -> type[Struct]:
    """The struct that lacks some fields, is `told` others as another type, and lets some be `left_out`, as UNSET.

    All of them may lie within its own structs; unknown fields it does not take. It is called by the
    command that it is a part `of`, where that is told.
    """
    hints, as_ = _hints(kind), dict(told)
    inner = [_by_first(taken), _by_first(as_), _by_first(left_out)]
    fields: list[Any] = []
    for field in msgspec.structs.fields(kind):
        if field.name in taken:
            continue
        hint = hints[field.name]
        if field.name in as_:
            hint = as_[field.name] | None if _may_be_null(hint) else as_[field.name]
        if any(field.name in one for one in inner):
            within, typed, open_ = (one[field.name] for one in inner)
            typed = frozenset((name, as_[f"{field.name}.{name}"]) for name in typed)
            # One that a command lets leave out is a body of that command's own.
            inner_of = kind.__name__ if open_ else ""
            narrowed = without(_struct_in(hint), frozenset(within), typed, frozenset(open_), of=inner_of)
            hint = narrowed | None if _is_union(hint) else narrowed
        if field.name in left_out:
            fields.append((field.name, hint | UnsetType, UNSET))
        elif not field.required:
            fields.append((field.name, hint, field.default))
        else:
            # What may be null need not be sent.
            fields.append((field.name, hint, None) if _may_be_null(hint) else (field.name, hint))
    name = f"{kind.__name__}Of{of}" if of else f"{kind.__name__}Body"
    return msgspec.defstruct(name, fields, kw_only=True, frozen=True, forbid_unknown_fields=True)


def fields_as(kind: type[Struct], hint: Any) -> Iterator[str]:
    """The names of the fields that are of a type, or of it and may be null; also of those within structs."""
    for name, found in _hints(kind).items():
        if hint in (found, *_parts(found)):
            yield name
        for inner in _structs_in(found):
            yield from (f"{name}.{one}" for one in fields_as(inner, hint))


def hints_of(kind: type[Struct], within: str = "") -> Iterator[tuple[str, Any]]:
    """The fields of a struct with their types, those within its structs by their paths."""
    for name, hint in _hints(kind).items():
        yield f"{within}{name}", hint
        for inner in _structs_in(hint):
            yield from hints_of(inner, f"{within}{name}.")


def said_in(body: Struct, within: str = "") -> Iterator[tuple[str, Any]]:
    """The fields of a body with what they hold, those within structs by their paths; none that is left out."""
    for name, value in msgspec.structs.asdict(body).items():
        if isinstance(value, Struct):
            yield from said_in(value, f"{within}{name}.")
        elif value is not UNSET:
            yield f"{within}{name}", value


def with_any_text(kind: type[Struct], names: Iterable[str]) -> type[Struct]:
    """The struct that takes any text in some fields of its own, each of which is needed."""
    fields = [(name, str) for name in sorted(names)]
    if not fields:
        return kind
    return msgspec.defstruct(
        kind.__name__, fields, bases=(kind,), kw_only=True, frozen=True, forbid_unknown_fields=True
    )


def with_more(kind: type[Struct], name: str, more: type[Struct]) -> type[Struct]:
    """The struct with one more field, which may be left out."""
    return msgspec.defstruct(
        kind.__name__,
        [(name, more | None, None)],
        bases=(kind,),
        kw_only=True,
        frozen=True,
        forbid_unknown_fields=True,
    )


def whole(kind: type[Made], body: Struct, given: Mapping[str, Any]) -> Made:
    """The struct that a body makes with the fields that it lacks, leaves out, or is told otherwise.

    Where an inner struct is left out, so is what it lacks. What the body has beside it is no part of it. Raises
    Lacking for a field that nobody gives.
    """
    hints = _hints(kind)
    fields = {
        name: value
        for name, value in msgspec.structs.asdict(body).items()
        if name in hints and value is not UNSET
    }
    for first, rest in _by_first(given).items():
        if fields[first] is not None:
            inner = {name: given[f"{first}.{name}"] for name in rest}
            try:
                fields[first] = whole(_struct_in(hints[first]), fields[first], inner)
            except Lacking as lacking:
                raise Lacking(f"{first}.{lacking.field}") from None
    fields |= {name: value for name, value in given.items() if "." not in name}
    for name, may_be_null in _needed(kind):
        if name not in fields:
            if not may_be_null:
                raise Lacking(name)
            fields[name] = None
    return kind(**fields)


def field_of(struct: Struct, name: str) -> Any:
    """What a field holds, which may lie within a struct; None or UNSET where that is left out."""
    first, _, rest = name.partition(".")
    value = getattr(struct, first)
    return value if not rest or value is None or value is UNSET else field_of(value, rest)


@cache
def _needed(kind: type[Struct]) -> tuple[tuple[str, bool], ...]:
    """The fields of a struct that have no default, each with whether it may be null."""
    hints = _hints(kind)
    return tuple(
        (field.name, _may_be_null(hints[field.name]))
        for field in msgspec.structs.fields(kind)
        if field.required
    )


@cache
def _hints(kind: type[Struct]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _by_first(names: Iterable[str]) -> defaultdict[str, list[str]]:
    """The names of fields within structs, by the field that holds the struct."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        first, dot, rest = name.partition(".")
        if dot:
            found[first].append(rest)
    return found


def _struct_in(hint: Any) -> type[Struct]:
    return next(iter(_structs_in(hint)))


def _structs_in(hint: Any) -> Iterator[type[Struct]]:
    kinds = get_args(hint) if _is_union(hint) else (hint,)
    return (kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Struct))


def _may_be_null(hint: Any) -> bool:
    return type(None) in _parts(hint)


def _parts(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if _is_union(hint) else ()


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in {Union, UnionType}
