"""What people call the things that ids stand for: volunteers by their numbers, all else by public names."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from ledger.bootstrap import Ledger

_ID = re.compile(r"\b(?:vol|com|tea|act|ven|off)_[a-z0-9]{3,32}\b")


def names_of(ledger: Ledger, texts: Iterable[str]) -> dict[str, str]:
    """The numbers and public names of the ids in some texts; without those that have none."""
    ids = {identifier for text in texts for identifier in _ID.findall(text)}
    names = ledger.directory.numbers(identifier for identifier in ids if identifier.startswith("vol_"))
    views = ledger.views
    known: dict[str, Callable[[Connection, str], Any]] = {
        "com": views.communities.get,
        "tea": views.teams.get,
        "act": views.activities.get,
        "ven": views.venues.get,
        "off": views.offers.of,
    }
    with ledger.reading() as (connection, _):
        for identifier in ids:
            look_up = known.get(identifier.partition("_")[0])
            found = None if look_up is None else look_up(connection, identifier)
            if found is not None:
                names[identifier] = found.name
    return names


def with_names(text: str, names: Mapping[str, str]) -> str:
    """A text with the name before each id that has one: `磨坊村 (com_…)`; not if it says the name already."""
    unsaid = {identifier: name for identifier, name in names.items() if name not in text}
    return _ID.sub(lambda found: named(found[0], unsaid), text)


def named(identifier: str, names: Mapping[str, str]) -> str:
    """One thing by its name and id; by its id alone, where it has no name."""
    return f"{names[identifier]} ({identifier})" if identifier in names else identifier
