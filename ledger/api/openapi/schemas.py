"""The schemas of the OpenAPI document: those that msgspec tells of the very types that are read and written."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

import msgspec

from ledger.domain.events import AnyEvent
from ledger.operations.words.document import TEXTS

Schema = dict[str, Any]

_REFERENCE = "#/components/schemas/{name}"
_WRITTEN_OUT = "\\U000"
_ESCAPE_LENGTH = len(r"\U0001bca0")
_NO_TEXT_HOLDS = r"\ud800-\udfff"
"""Halves of surrogate pairs, which JSON in UTF-8 cannot hold, and many readers of patterns neither."""


RECEIPT: Schema = {
    "title": "Receipt",
    "description": TEXTS["receipt"],
    "type": "object",
    "properties": {
        "dry_run": {"const": True, "description": TEXTS["dry-run-told"]},
        "position": {"type": "integer", "minimum": 0, "description": TEXTS["up-to"]},
        "made": {
            "type": "object",
            "description": TEXTS["made"],
            "additionalProperties": {"type": "string", "description": TEXTS["id"]},
            "examples": [{"sign_up": "sig_01hq3xk5tz8m4v7n2c9d0e1f2g"}],
        },
        "events": {
            "type": "array",
            "description": TEXTS["facts"],
            "items": {"$ref": "#/components/schemas/Fact"},
        },
    },
    "required": ["position", "events"],
}


def components(types: Iterable[Any]) -> tuple[list[Schema], dict[str, Schema]]:
    """A schema for each type, and the components that these refer to."""
    schemas, found = msgspec.json.schema_components(types, ref_template=_REFERENCE)
    return [_tidied(schema) for schema in schemas], {name: _tidied(one) for name, one in found.items()}


def resolved(schema: Schema, found: Mapping[str, Schema]) -> Schema:
    """The component that a schema refers to."""
    return found[schema["$ref"].rpartition("/")[2]]


def ecma(pattern: str) -> str:
    r"""A pattern as JavaScript reads it: `$` for Python's `\Z`, and characters beyond 16 bits as they are."""
    pattern = pattern.replace(r"\Z", "$").replace(_NO_TEXT_HOLDS, "")
    while _WRITTEN_OUT in pattern:
        before, _, _ = pattern.partition(_WRITTEN_OUT)
        escape = pattern[len(before) : len(before) + _ESCAPE_LENGTH]
        pattern = pattern.replace(escape, chr(int(escape[2:], 16)))
    return pattern


def fact() -> Schema:
    """What all facts have in common: their union would be longer than everything else together."""
    kinds = sorted(str(kind.__struct_config__.tag) for kind in cast(Any, AnyEvent).__args__)
    text = {"type": "string"}
    return {
        "title": "Fact",
        "description": TEXTS["fact"],
        "type": "object",
        "properties": {
            "position": {"type": "integer", "minimum": 1},
            "type": {"enum": kinds},
            "id": text,
            "at": {**text, "format": "date-time", "description": TEXTS["at"]},
            "on": {**text, "format": "date", "description": TEXTS["on"]},
            "by": {**text, "description": TEXTS["by"]},
            "cause": {"type": "object", "description": TEXTS["cause"]},
        },
        "required": ["position", "type", "id", "at", "on", "by", "cause"],
        "additionalProperties": True,
    }


def _tidied(schema: Schema) -> Schema:
    return cast(Schema, _walked(schema, _tidy))


def _tidy(schema: Schema) -> None:
    if isinstance(schema.get("pattern"), str):
        schema["pattern"] = ecma(schema["pattern"])
    if isinstance(schema.get("description"), str):
        schema["description"] = inspect.cleandoc(schema["description"])


def _walked(value: Any, visit: Callable[[Schema], None]) -> Any:
    match value:
        case dict():
            walked = {name: _walked(one, visit) for name, one in cast(Schema, value).items()}
            visit(walked)
            return walked
        case list() | tuple():
            return [_walked(one, visit) for one in cast(list[Any], value)]
        case _:
            return value
