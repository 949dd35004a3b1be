"""Whom and what the words of a command line mean."""

import os
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection

from ledger.bootstrap import Ledger, Settings, read_settings
from ledger.cli.failures import BadValue
from ledger.cli.output import printable
from ledger.exchange.reading import squeezed
from projections.communities import Community


def settings(data: Path | None) -> Settings:
    """Where the ledger is kept, by `--data` or the environment."""
    return read_settings(data, os.environ)


def checked(value: str, kind: Any, option: str, meaning: str) -> str:
    """The value of an option, which must be of a kind of string that the log takes; refused with BadValue."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        raise BadValue(f"{printable(value)} is not {meaning}", code="invalid-input", where=option) from None


def volunteer_meant(ledger: Ledger, connection: Connection, text: str) -> str:
    """The id of the volunteer whom an id or a number means; refused with BadValue."""
    number = squeezed(text)
    known = ledger.directory.by_number([number])
    for volunteer in (text, known[number].volunteer if number in known else text):
        if ledger.views.balances.of(connection, volunteer) is not None:
            return volunteer
    raise BadValue(
        f"no volunteer has the number or id {printable(text)}", code="unknown-volunteer", where="VOLUNTEER"
    )


def community_meant(ledger: Ledger, connection: Connection, text: str, where: str) -> Community:
    """The community that an id or a name means; refused with BadValue, which lists those of an ambiguous name."""
    communities = ledger.views.communities
    found = communities.meant(connection, text)
    if not found:
        raise BadValue(
            f"no community has the name or id {printable(text)}", code="unknown-community", where=where
        )
    if len(found) > 1:
        candidates = _candidates(found, communities.all(connection))
        raise BadValue(
            f"{printable(text)} is the name of {len(found)} communities; name one by its id:"
            f"{''.join(_row(candidate) for candidate in candidates)}",
            code="ambiguous-community",
            where=where,
            details={"candidates": candidates},
        )
    return found[0]


def _candidates(found: list[Community], every: list[Community]) -> list[dict[str, str | None]]:
    """What tells communities of one name apart; by what they lie in, by code point, last by id, as boards are."""
    names = {one.id: one.name for one in every}
    above = {one.id: names.get(one.parent or "") for one in found}
    return [
        {"id": one.id, "name": one.name, "level": one.level, "parent": above[one.id]}
        for one in sorted(found, key=lambda one: (above[one.id] or "", one.id))
    ]


def _row(candidate: dict[str, str | None]) -> str:
    beneath = f" in {candidate['parent']}" if candidate["parent"] else ""
    return f"\n  {candidate['id']}  {candidate['name']}, {candidate['level']}{beneath}"
