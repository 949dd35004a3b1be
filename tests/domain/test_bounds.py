"""Whatever a fact or a command holds is bounded: what one database swallows another refuses."""

from collections.abc import Iterator
from typing import Any, get_args

import msgspec
import pytest
from msgspec import inspect

from ledger.domain.commands import Command, Malformed
from ledger.domain.events import AnyEvent
from ledger.domain.text import Tag
from tests.scenario import every

COMMANDS = [kind for kind in every(Command) if kind is not Malformed]
SIXTY_FOUR_BITS = range(-(2**63), 2**63)


def leaves(kind: inspect.Type, path: str) -> Iterator[tuple[str, inspect.Type]]:
    """Every plain value that a type may hold, with its place."""
    match kind:
        case inspect.UnionType():
            for one in kind.types:
                yield from leaves(one, path)
        case inspect.StructType():
            for field in kind.fields:
                yield from leaves(field.type, f"{path}.{field.name}")
        case inspect.VarTupleType():
            yield f"{path} (how many)", kind
            yield from leaves(kind.item_type, f"{path}[]")
        case _:
            yield path, kind


def is_bounded(kind: inspect.Type) -> bool:
    match kind:
        case inspect.StrType():
            return kind.pattern is not None and kind.pattern.startswith("^") and kind.pattern.endswith(r"\Z")
        case inspect.IntType():
            low, high = (kind.ge if kind.gt is None else kind.gt), (kind.le if kind.lt is None else kind.lt)
            return low in SIXTY_FOUR_BITS and high in SIXTY_FOUR_BITS
        case inspect.VarTupleType():
            return kind.max_length is not None
        case (
            inspect.EnumType()
            | inspect.BoolType()
            | inspect.DateType()
            | inspect.DateTimeType()
            | inspect.NoneType()
        ):
            return True
        case _:
            return False


@pytest.mark.parametrize("kind", [*get_args(AnyEvent), *COMMANDS], ids=lambda kind: kind.__name__)
def test_every_string_number_and_list_is_bounded(kind: Any):
    found = list(leaves(inspect.type_info(kind), kind.__name__))
    assert [path for path, leaf in found if not is_bounded(leaf)] == []


@pytest.mark.parametrize("tag", ["", "request:\x00", "external:office/\u202e1", "x" * 201, "two\nlines"])
def test_a_tag_holds_nothing_that_cannot_be_seen(tag: str):
    """It could: with NUL in the tag of a request, PostgreSQL refused the whole commit."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(tag, Tag)


def test_a_tag_may_hold_what_an_office_calls_a_record():
    assert msgspec.convert("external:office/镇2025 № 1", Tag)
