"""Names for ids: what people know a volunteer, a community, a team, a venue, an activity or a shift by."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.terminal.moments import local

_ID = re.compile(r"\b[a-z]{3}_[a-z0-9]{3,32}\b")


def names_in(ledger: Ledger, document: Any) -> dict[str, str]:
    """The names for all ids that a document holds, as far as the directory and the views know them."""
    ids = {one for _, value in leaves(document) if isinstance(value, str) for one in ids_in(value)}
    # Not through `reading`: what was just recorded is told even if a view broke over it.
    with ledger.log.store.snapshot() as connection:
        return names_of(ledger, connection, ids)


def names_of(ledger: Ledger, connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The names for ids, likewise."""
    views, some = ledger.views, sorted(set(ids))
    found = ledger.directory.numbers([one for one in some if one.startswith("vol_")])
    for view, prefix in ((views.communities, "com_"), (views.venues, "ven_"), (views.activities, "act_")):
        for one in some:
            row = view.get(connection, one) if one.startswith(prefix) else None
            if row is not None:
                found[one] = row.name
    found |= _shifts(ledger, connection, [one for one in some if one.startswith("shi_")])
    bodies = views.organisations.stays.c.organisation.in_([one for one in some if one.startswith("org_")])
    found |= {row.organisation: row.name for row in views.organisations.rows(connection, bodies)}
    for one in some:
        offer = views.offers.get(connection, one) if one.startswith("off_") else None
        if offer is not None:
            found[one] = offer.name
    teams = {one for one in some if one.startswith("tea_")}
    if teams:
        found |= {team.id: team.name for team in views.teams.all(connection) if team.id in teams}
    return found


def _shifts(ledger: Ledger, connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Shifts by activity and beginning, as they may be typed too."""
    views, found = ledger.views, dict[str, str]()
    zone = ZoneInfo(ledger.opened().zone) if ids else None
    for row in filter(None, (views.shifts.get(connection, one) for one in ids)):
        activity = views.activities.get(connection, row.activity)
        if activity is not None and zone is not None:
            found[row.id] = f"{activity.name}@{local(row.begins, zone).replace(' ', 'T')}"
    return found


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
    """The values within a document, each with its path in words; those that are left out are not told."""
    if isinstance(value, dict):
        for key, inner in cast(dict[str, Any], value).items():
            yield from leaves(inner, f"{name} {key}".strip())
    elif isinstance(value, list | tuple):
        for inner in cast(list[Any], value):
            yield from leaves(inner, name)
    elif value is not None:
        yield name.replace("_", " "), value
