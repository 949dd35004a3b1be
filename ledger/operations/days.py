"""Days in a body, however people write them, as ISO writes them: what is recorded and compared is that alone."""

from datetime import date
from functools import cache
from typing import Annotated, Any, cast, get_args, get_origin, get_type_hints

from msgspec import Struct

from ledger.domain.written import read_day


def with_iso_days(value: Any, hint: Any) -> Any:
    """A value as JSON holds it for a type, with each day in ISO; what cannot be read stays, to be judged."""
    kinds = _kinds(hint)
    if isinstance(value, str) and date in kinds:
        day = read_day(value)
        return value if day is None else day.isoformat()
    if isinstance(value, list):
        value = cast(list[Any], value)
        of = next((get_args(kind)[0] for kind in kinds if get_origin(kind) in {list, tuple}), None)
        return [with_iso_days(one, of) for one in value]
    struct = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Struct)), None)
    if isinstance(value, dict) and struct is not None:
        value = cast(dict[str, Any], value)
        hints = _hints(struct)
        return {name: with_iso_days(one, hints.get(name)) for name, one in value.items()}
    return cast(Any, value)


@cache
def _hints(struct: type[Struct]) -> dict[str, Any]:
    return get_type_hints(struct, include_extras=True)


def _kinds(hint: Any) -> tuple[Any, ...]:
    """What a type may be: itself, or each part of a union."""
    if get_origin(hint) is Annotated:
        return _kinds(get_args(hint)[0])
    parts = () if get_origin(hint) in {list, tuple} else get_args(hint)
    return tuple(kind for part in parts for kind in _kinds(part)) if parts else (hint,)
