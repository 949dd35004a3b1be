"""Names for ids: what people know a volunteer, a community, a team, a venue or an activity by."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from sqlalchemy import Connection

from ledger.bootstrap import Ledger


def names_in(ledger: Ledger, document: Any) -> dict[str, str]:
    """The names for all ids that a document holds, as far as the directory and the views know them."""
    ids = {value for _, value in leaves(document) if isinstance(value, str)}
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
    teams = {one for one in some if one.startswith("tea_")}
    if teams:
        found |= {team.id: team.name for team in views.teams.all(connection) if team.id in teams}
    return found


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
