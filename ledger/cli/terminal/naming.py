"""Names for ids: what people know a volunteer, a community, a team, a venue, an activity or a shift by."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.terminal.language import here
from ledger.domain.events import TermKind
from ledger.operations.names import names_of
from ledger.operations.terms.coded import KINDS_BY_FIELD, KINDS_BY_PREFIX
from ledger.operations.terms.known import labels
from ledger.operations.words.said import Said

_ID = re.compile(r"\b[a-z]{3}_[a-z0-9]{3,32}\b")


def names_in(ledger: Ledger, document: Any) -> dict[str, str]:
    """The names for all ids that a document holds, as far as the directory and the views know them."""
    ids = {one for _, value in leaves(document) if isinstance(value, str) for one in ids_in(value)}
    codes = {(path.rpartition(".")[2], value) for path, value in leaves(document) if isinstance(value, str)}
    # Not through `reading`: what was just recorded is told even if a view broke over it.
    with ledger.log.store.snapshot() as connection:
        return names_of(ledger, connection, ids) | _labels(ledger, connection, codes, ids)


def _labels(
    ledger: Ledger, connection: Connection, codes: Collection[tuple[str, str]], ids: Collection[str]
) -> dict[str, str]:
    """What codes are called, each by its field and itself: `role:guide`."""
    beside = next((KINDS_BY_PREFIX[one[:4]] for one in ids if one[:4] in KINDS_BY_PREFIX), None)
    kinds = {"annulled": TermKind.REASON, "kind": beside, **KINDS_BY_FIELD}
    found: dict[str, str] = {}
    known: dict[TermKind, Mapping[str, Said]] = {}
    for field, code in codes:
        kind = kinds.get(field)
        if kind is None:
            continue
        if kind not in known:
            known[kind] = labels(ledger.views, connection, kind)
        if code in known[kind]:
            found[f"{field}:{code}"] = here(*known[kind][code])
    return found


def label(field: str, code: str, names: Mapping[str, str]) -> str | None:
    """What a code of a field, by its path with dots, is called among names; None where it is called nothing."""
    return names.get(f"{field.rpartition('.')[2]}:{code}")


def with_names(text: str, names: Mapping[str, str]) -> str:
    """A text with the name before each id that has one: `磨坊村 (com_…)`; not if it says the name already."""
    unsaid = {identifier: name for identifier, name in names.items() if name not in text}
    return _ID.sub(lambda found: named(found[0], unsaid), text)


def in_names(text: str, names: Mapping[str, str]) -> str:
    """A text with the name in place of each id that has one."""
    return _ID.sub(lambda found: names.get(found[0], found[0]), text)


def ids_in(text: str) -> list[str]:
    """The ids that a text speaks of."""
    return _ID.findall(text)


def named(identifier: str, names: Mapping[str, str]) -> str:
    """One thing by its name and id; by its id alone, where it has no name."""
    return f"{names[identifier]} ({identifier})" if identifier in names else identifier


def called(names: Mapping[str, str], identifier: str) -> str:
    """The name for an id, else the id."""
    return names.get(identifier, identifier)


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """The values within a document, each with its path, with dots; those that are left out are not told."""
    if isinstance(value, dict):
        for key, inner in cast(dict[str, Any], value).items():
            yield from leaves(inner, f"{name}.{key}".strip("."))
    elif isinstance(value, list | tuple):
        for inner in cast(list[Any], value):
            yield from leaves(inner, name)
    elif value is not None:
        yield name, value
