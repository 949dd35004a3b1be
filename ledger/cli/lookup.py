"""Whom and what the words of a command line mean."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import msgspec
from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.failures import BadValue
from ledger.cli.output import printable
from ledger.domain.commands import Facts, Fold
from ledger.domain.text import same_name
from ledger.exchange.names import Named
from ledger.exchange.reading import squeezed
from ledger.settings import Settings, read_settings
from ledger.store.boundaries import Boundaries
from projections.communities import Community
from projections.teams import Team

N = TypeVar("N", bound=Named)
F = TypeVar("F", bound=Fold)

Candidate = tuple[dict[str, Any], str]
"""What tells one of several of a name from the others: for a program, and in words."""


class Kind(NamedTuple):
    """What some things are called, one and many."""

    one: str
    many: str


def settings(data: Path | None) -> Settings:
    """Where the ledger is kept, by `--data` or the environment."""
    return read_settings(data, os.environ)


def checked(value: str, kind: Any, option: str, meaning: str) -> str:
    """The value of an option, which must be of a kind of string that the log takes; refused with BadValue."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        raise BadValue(f"{printable(value)} is not {meaning}", code="invalid-input", where=option) from None


def volunteer_meant(ledger: Ledger, connection: Connection, text: str, where: str = "VOLUNTEER") -> str:
    """The id of the volunteer whom an id or a number means; refused with BadValue."""
    number = squeezed(text)
    known = ledger.directory.by_number([number])
    for volunteer in (text, known[number].volunteer if number in known else text):
        if ledger.views.balances.of(connection, volunteer) is not None:
            return volunteer
    raise BadValue(
        f"no volunteer has the number or id {printable(text)}", code="unknown-volunteer", where=where
    )


def community_meant(ledger: Ledger, connection: Connection, text: str, where: str) -> Community:
    """The community that an id or a name means; refused with BadValue, which lists those of an ambiguous name."""
    communities = ledger.views.communities

    def candidate(one: Community) -> Candidate:
        above = communities.get(connection, one.parent) if one.parent else None
        parent = above.name if above else None
        return {"level": one.level, "parent": parent}, one.level + _within(parent)

    return _only(
        communities.meant(connection, text), text, where, Kind("community", "communities"), candidate
    )


def team_meant(ledger: Ledger, connection: Connection, text: str, where: str) -> Team:
    """The team that an id or a name means, likewise."""
    every = {one.id: one for one in ledger.views.teams.all(connection)}

    def candidate(one: Team) -> Candidate:
        parent = every[one.parent].name if one.parent in every else None
        return {"parent": parent}, "a team" + _within(parent)

    found = [every[text]] if text in every else _called(every.values(), text)
    return _only(found, text, where, Kind("team", "teams"), candidate)


def known(connection: Connection, facts: Facts[F]) -> F:
    """What a decision would know from one line of its boundary, for a screen."""
    boundaries = Boundaries()
    boundaries.learn(connection, [facts])
    return cast(F, boundaries.fold(facts))


def _called(things: Iterable[N], name: str) -> list[N]:
    """Those of a name that have not ended."""
    wanted = same_name(name)
    return [one for one in things if same_name(one.name) == wanted and not getattr(one, "ended", 0)]


def _only(found: Sequence[N], text: str, where: str, kind: Kind, candidate: Callable[[N], Candidate]) -> N:
    """The only one found; refused with BadValue if there is none, or with the candidates if there are several."""
    if not found:
        raise BadValue(
            f"no {kind.one} has the name or id {printable(text)}", code=f"unknown-{kind.one}", where=where
        )
    if len(found) == 1:
        return found[0]
    told = sorted(
        ((one, *candidate(one)) for one in found),
        key=lambda entry: (*map(str, entry[1].values()), entry[0].id),
    )
    rows = "".join(f"\n  {one.id}  {one.name}, {words}" for one, _, words in told)
    raise BadValue(
        f"{printable(text)} is the name of {len(found)} {kind.many}; name one by its id:{rows}",
        code=f"ambiguous-{kind.one}",
        where=where,
        details={"candidates": [{"id": one.id, "name": one.name, **details} for one, details, _ in told]},
    )


def _within(parent: str | None) -> str:
    return f" in {parent}" if parent else ""
