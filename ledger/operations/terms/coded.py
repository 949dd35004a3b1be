"""Codes in commands: of which kind each is, and what people say in its place."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple, get_args, get_origin

import msgspec
from msgspec import Struct

from ledger.domain.events import TermKind, Venue
from ledger.domain.offers import PublishOffer
from ledger.domain.organisations import AttachOrganisation
from ledger.domain.text import Code
from ledger.operations.command_bodies import hints_of
from ledger.operations.typed_words import TermName

KINDS_BY_FIELD: Mapping[str, TermKind] = MappingProxyType(
    {
        "audience": TermKind.AUDIENCE,
        "evidence": TermKind.EVIDENCE,
        "field": TermKind.FIELD,
        "form": TermKind.FORM,
        "post": TermKind.POST,
        "reason": TermKind.REASON,
        "role": TermKind.ROLE,
        "skill": TermKind.SKILL,
        "skills": TermKind.SKILL,
    }
)
"""Of which kind a code is, by the field that holds it."""
KINDS_BY_PREFIX: Mapping[str, TermKind] = MappingProxyType(
    {
        "att_": TermKind.ORGANISATION,
        "off_": TermKind.OFFER,
        "org_": TermKind.ORGANISATION,
        "ven_": TermKind.VENUE,
    }
)
"""What a field called `kind` is the kind of, by the ids that stand beside it."""
_KIND_OF: Mapping[type[Struct], TermKind] = MappingProxyType(
    {AttachOrganisation: TermKind.ORGANISATION, PublishOffer: TermKind.OFFER, Venue: TermKind.VENUE}
)
"""The structs in which a field is called `kind`, and what it is the kind of."""

PARAMETERS: Mapping[tuple[str, str], TermKind] = MappingProxyType(
    {
        ("listOrganisations", "kind"): TermKind.ORGANISATION,
        ("listPosts", "post"): TermKind.POST,
        ("listVenues", "kind"): TermKind.VENUE,
    }
)
"""The parameters of questions that are codes."""

Read = Callable[[TermKind, str, str], str]
"""Gives the code that a word of a kind means, which stands at a JSON pointer; raises a Problem."""


class Coded(NamedTuple):
    """A field that holds codes: what a body takes there, of which kind they are, and what a list of them holds.

    `kind` is None where the field holds structs that have fields with codes, `element` where it is no list.
    """

    typed: Any
    kind: TermKind | None
    element: Any


@cache
def coded_fields(command: type[Struct]) -> Mapping[str, Coded]:
    """The fields of a command that hold codes, those within its structs by their paths."""
    return dict(_found(command))


def _found(struct: type[Struct]) -> Iterator[tuple[str, Coded]]:
    for path, hint in hints_of(struct):
        name, kind = path.rpartition(".")[2], KINDS_BY_FIELD.get(path.rpartition(".")[2])
        inner = _element(hint)
        if name == "kind":
            kind = _KIND_OF.get(_owner(struct, path))
        if kind is not None and Code in {hint, inner, *get_args(hint)}:
            yield path, Coded(_retyped(hint, TermName), kind, inner)
        elif isinstance(inner, type) and issubclass(inner, Struct) and coded_fields(inner):
            yield path, Coded(_retyped(hint, _body_of(inner)), None, inner)


def _owner(struct: type[Struct], path: str) -> type[Struct]:
    """The struct that has the field at a path."""
    within, _, _ = path.rpartition(".")
    hint = dict(hints_of(struct))[within] if within else struct
    return next(one for one in (hint, *get_args(hint)) if isinstance(one, type) and issubclass(one, Struct))


def _element(hint: Any) -> Any:
    """What a list holds, as the type of a field has it; None where that is no list."""
    base = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return get_args(base)[0] if get_origin(base) is tuple else None


def _retyped(hint: Any, element: Any) -> Any:
    """The type of a field with other elements, or itself another one where it is no list."""
    if _element(hint) is None:
        return element
    some = tuple[element, ...]
    return Annotated[some, *get_args(hint)[1:]] if get_origin(hint) is Annotated else some


@cache
def _body_of(struct: type[Struct]) -> type[Struct]:
    """The struct as it is sent, with words in place of codes."""
    codes, hints = coded_fields(struct), dict(hints_of(struct))
    fields: list[Any] = []
    for field in msgspec.structs.fields(struct):
        hint = codes[field.name].typed if field.name in codes else hints[field.name]
        fields.append((field.name, hint) if field.required else (field.name, hint, field.default))
    name = f"{struct.__name__}Body"
    return msgspec.defstruct(name, fields, kw_only=True, frozen=True, forbid_unknown_fields=True)


def in_codes(coded: Coded, value: Any, at: str, read: Read) -> Any:
    """What a body says in a field, as the command holds it: each word as the code that it means."""
    if coded.element is None:
        assert coded.kind is not None
        return read(coded.kind, value, at)
    if coded.kind is not None:
        return tuple(read(coded.kind, word, f"{at}/{number}") for number, word in enumerate(value))
    return tuple(_whole(coded.element, one, f"{at}/{number}", read) for number, one in enumerate(value))


def _whole(struct: type[Struct], body: Struct, at: str, read: Read) -> Struct:
    said = msgspec.structs.asdict(body)
    for name, coded in coded_fields(struct).items():
        said[name] = in_codes(coded, said[name], f"{at}/{name}", read)
    return struct(**said)
