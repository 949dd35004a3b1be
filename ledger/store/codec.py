"""Facts to stored bytes and back."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from ledger.domain.bilingual import of_the_decoder
from ledger.domain.events import AnyEvent, Event
from ledger.store.errors import StoreError

RENAMED: dict[str, str] = {}
"""Stored type names of old, and the class tags that read them today. Nothing was renamed yet."""

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(AnyEvent)
_fields_decoder = msgspec.json.Decoder(dict[str, Any])
_tags_decoder = msgspec.json.Decoder(tuple[str, ...])


class Recorded(NamedTuple):
    """A fact with its place in the log, and the text that is stored of it."""

    position: int
    event: Event
    data: str


class StoredEvent(NamedTuple):
    """A row of the log as it lies there."""

    position: int
    type: str
    tags: str
    data: str


class UnreadableEvent(StoreError):
    """A stored event that this release cannot read."""


def encode(event: Event) -> str:
    """The JSON text of a fact; the bytes are its UTF-8."""
    return _encoder.encode(event).decode()


def decode(data: str | bytes) -> Event:
    """The fact that the JSON text, or its UTF-8, holds; raises UnreadableEvent."""
    try:
        return _decoder.decode(data)
    except msgspec.ValidationError as error:
        return _upcast(data, error)
    except (msgspec.DecodeError, RecursionError) as error:
        raise UnreadableEvent(*of_the_decoder(error)) from error


def stored(position: int, event: Event) -> StoredEvent:
    """The row that holds a fact. What could not be read back is never written: raises UnreadableEvent."""
    data = encode(event)
    decode(data)
    return row_of(Recorded(position, event, data))


def row_of(one: Recorded) -> StoredEvent:
    """The row that holds a text as it is, with the type and the tags of the fact that it tells."""
    return StoredEvent(one.position, type_name(type(one.event)), encode_tags(one.event.tags()), one.data)


def recorded(position: int, data: str) -> Recorded:
    """What stands at a place of the log; raises UnreadableEvent."""
    return Recorded(position, decode(data), data)


def encode_tags(tags: tuple[str, ...] | list[str]) -> str:
    """Tags as a JSON array."""
    return _encoder.encode(tags).decode()


def decode_tags(text: str) -> tuple[str, ...]:
    """The tags of a JSON array."""
    return _tags_decoder.decode(text)


def type_name(kind: type[Event]) -> str:
    """The stored name of a kind of fact."""
    return str(kind.__struct_config__.tag)


def stored_names(kinds: Iterable[type[Event]]) -> tuple[str, ...]:
    """Every name under which facts of some kinds may be stored, those of old included."""
    names = {type_name(kind) for kind in kinds}
    return tuple(sorted(names | {old for old, new in RENAMED.items() if new in names}))


def _upcast(data: str | bytes, error: msgspec.ValidationError) -> Event:
    try:
        fields = _fields_decoder.decode(data)
        name = RENAMED[str(fields.get("type"))]
        return msgspec.convert({**fields, "type": name}, AnyEvent)
    except (msgspec.DecodeError, KeyError, RecursionError):
        raise UnreadableEvent(*of_the_decoder(error)) from error
