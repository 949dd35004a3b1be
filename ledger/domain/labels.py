"""Names that come to be known are held against more than those that were recorded, which must stay readable."""

from functools import cache
from types import NoneType
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import fields

from ledger.domain.commands import InvalidInput
from ledger.domain.events import Service
from ledger.domain.spelling import HIDDEN
from ledger.domain.text import Label

_KEPT = (Service,)
"""It repeats what its activity is called, which may have been recorded long ago."""


def refuse_hidden(command: Struct) -> None:
    """Raise InvalidInput if a name in a command holds a letter that shows nothing."""
    found = _hidden(command)
    if found is not None:
        raise InvalidInput(
            field=found,
            reason="this is too long, or holds characters that cannot be seen",
            reason_zh="过长或含有不可见字符",
        )


def _hidden(said: Struct) -> str | None:
    names, parts = _of(type(said))
    for name in names:
        text = getattr(said, name)
        # Nearly every name is plain; this is asked of every command.
        if text is not None and HIDDEN.search(text):
            return name
    for name in parts:
        part = getattr(said, name)
        found = _hidden(part) if isinstance(part, Struct) else None
        if found is not None:
            return f"{name}.{found}"
    return None


@cache
def _of(kind: type[Struct]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields of a struct that are labels, and those that are structs themselves."""
    labels: list[str] = []
    parts: list[str] = []
    for field in fields(kind):
        kinds: tuple[Any, ...] = tuple(one for one in get_args(field.type) if one is not NoneType)
        if field.type == Label or Label in kinds:
            labels.append(field.name)
        elif any(map(_is_part, (field.type, *kinds))):
            parts.append(field.name)
    return tuple(labels), tuple(parts)


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct) and kind not in _KEPT
