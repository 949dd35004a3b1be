"""Of a stored fact, only what moves minutes: many times quicker to read than all of it."""

from collections.abc import Callable, Iterable
from typing import Any, Union, get_type_hints

import msgspec

from ledger.domain.books import KINDS
from ledger.domain.events import EVERY_TYPE, CountedDay, Event, Service
from ledger.store.codec import UnreadableEvent, decode

_WANTED = {
    *("minutes", "giver", "receiver", "community", "volunteer", "redemption", "offer"),
    *("service", "days", "credits"),
}
"""The fields from which both books are added up, in facts and in what stands in them."""

Moving = dict[type[Event], list[Any]]
"""By the kinds of facts, values that have at least the fields that make each move minutes."""


def moving(rows: Iterable[tuple[int, bytes]]) -> tuple[Moving, int | None]:
    """What stored texts move, without those that neither open an account nor move minutes; by their positions.

    And the position of the first that cannot be read, None if all can. The bounds of fields are not examined again:
    nothing is stored that breaks one, and what is changed later is told by its hash.
    """
    found: dict[type[Any], list[Any]] = {narrow: [] for narrow in _KINDS}
    whole: list[Event] = []
    unread: int | None = None
    # One loop for many, as a call for each costs a quarter as much as to read it.
    read, of_kind = read_narrow, found.get
    for position, data in rows:
        try:
            narrow = read(data)
        except (msgspec.MsgspecError, RecursionError):
            try:
                # All of it says why, or is read in spite of an old name.
                whole.append(decode(data))
            except UnreadableEvent:
                unread = position if unread is None else unread
            continue
        some = of_kind(narrow.__class__)
        if some is not None:
            some.append(narrow)
    told = {kind: found[narrow] for narrow, kind in _KINDS.items()}
    for event in whole:
        if type(event) in KINDS:
            told[type(event)].append(event)
    return told, unread


def _narrowed(kind: type[msgspec.Struct], wanted: set[str], **inner: Any) -> Any:
    """A struct of those fields of another that are wanted, which passes over all others."""
    hints = get_type_hints(kind) | inner
    tag = kind.__struct_config__.tag
    return msgspec.defstruct(
        kind.__name__,
        [(name, hints[name]) for name in kind.__struct_fields__ if name in wanted],
        tag_field=None if tag is None else "type",
        tag=tag,
        kw_only=True,
        gc=False,
    )


_SERVICE, _DAY = _narrowed(Service, _WANTED), _narrowed(CountedDay, _WANTED)
_KINDS: dict[type[Any], type[Event]] = {
    _narrowed(kind, _WANTED, service=_SERVICE, days=tuple[_DAY, ...]): kind for kind in KINDS
}
_IDLE = [_narrowed(kind, set()) for kind in EVERY_TYPE - KINDS]
_ANY: Any = Union[(*_KINDS, *_IDLE)]
_decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(_ANY)
read_narrow: Callable[[bytes], Any] = _decoder.decode
"""Decodes a stored text to a struct of no more than what moves minutes; raises what msgspec does."""
