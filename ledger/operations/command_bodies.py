"""How a body and what is known without it make one struct, such as a command: `service.record` is a field within."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

Made = TypeVar("Made", bound=Struct)


@cache
def without(
    kind: type[Struct], taken: frozenset[str], told: frozenset[str] = frozenset(), as_: Any = str
) -> type[Struct]:
    """The struct that lacks some fields and is told others `as_` another type; unknown fields it does not take.

    Either may lie within its own structs.
    """
    hints = _hints(kind)
    taken_within, told_within = _by_first(taken), _by_first(told)
    fields: list[Any] = []
    for field in msgspec.structs.fields(kind):
        if field.name in taken:
            continue
        hint = as_ if field.name in told else hints[field.name]
        if field.name in {*taken_within, *told_within}:
            inner = (frozenset(within[field.name]) for within in (taken_within, told_within))
            narrowed = without(_struct_in(hint), *inner, as_)
            hint = narrowed | None if _is_union(hint) else narrowed
        if not field.required:
            fields.append((field.name, hint, field.default))
        else:
            # What may be null need not be sent.
            fields.append((field.name, hint, None) if _may_be_null(hint) else (field.name, hint))
    return msgspec.defstruct(
        f"{kind.__name__}Body", fields, kw_only=True, frozen=True, forbid_unknown_fields=True
    )


def fields_as(kind: type[Struct], hint: Any) -> Iterator[str]:
    """The names of the fields that are of a type, also of those within structs."""
    for name, found in _hints(kind).items():
        if found == hint:
            yield name
        for inner in _structs_in(found):
            yield from (f"{name}.{one}" for one in fields_as(inner, hint))


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


def whole(kind: type[Made], body: Struct, given: Mapping[str, str]) -> Made:
    """The struct that a body makes with the fields it lacks, or that are told otherwise in it.

    Where an inner struct is left out, so is what it lacks. What the body has beside it is no part of it.
    """
    hints = _hints(kind)
    fields = {name: value for name, value in msgspec.structs.asdict(body).items() if name in hints}
    for first, rest in _by_first(given).items():
        if fields[first] is not None:
            inner = {name: given[f"{first}.{name}"] for name in rest}
            fields[first] = whole(_struct_in(hints[first]), fields[first], inner)
    return kind(**{**fields, **{name: value for name, value in given.items() if "." not in name}})


def field_of(struct: Struct, name: str) -> Any:
    """What a field holds, which may lie within a struct; None where that is left out."""
    first, _, rest = name.partition(".")
    value = getattr(struct, first)
    return value if not rest or value is None else field_of(value, rest)


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
    return _is_union(hint) and type(None) in get_args(hint)


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in {Union, UnionType}
