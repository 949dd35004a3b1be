"""The tree of communities, as an office changes it and looks at it."""

from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli import output
from ledger.cli.acting import Act, act
from ledger.cli.lookup import community_meant, settings
from ledger.cli.output import Column
from ledger.cli.trees import as_tree
from ledger.domain.commands import Command
from ledger.domain.communities import (
    CloseCommunity,
    EstablishCommunity,
    MergeCommunity,
    RenameCommunity,
    ReparentCommunity,
)
from ledger.domain.events import Level

WHERE = "COMMUNITY"


def establish(how: Act, name: str, *, level: str | None, parent: str | None, day: date | None) -> None:
    """Establish a community; without a level it has the one below its parent's."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        above = None if parent is None else community_meant(ledger, connection, parent, "--parent")
        return EstablishCommunity(
            community=how.new_id("com"),
            name=name,
            level=_beneath(None if above is None else above.level) if level is None else Level(level),
            parent=None if above is None else above.id,
            day=day,
        )

    act(how, make)


def rename(how: Act, community: str, name: str, *, day: date | None) -> None:
    """Give a community another name."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        meant = community_meant(ledger, connection, community, WHERE)
        return RenameCommunity(community=meant.id, name=name, day=day)

    act(how, make)


def move(how: Act, community: str, parent: str, *, day: date | None) -> None:
    """Put a community under another parent."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        meant = community_meant(ledger, connection, community, WHERE)
        above = community_meant(ledger, connection, parent, "PARENT")
        return ReparentCommunity(community=meant.id, parent=above.id, day=day)

    act(how, make)


def merge(how: Act, community: str, into: str, *, day: date | None) -> None:
    """Make a community part of another."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        meant = community_meant(ledger, connection, community, WHERE)
        other = community_meant(ledger, connection, into, "INTO")
        return MergeCommunity(community=meant.id, into=other.id, day=day)

    act(how, make)


def close(how: Act, community: str, *, day: date | None) -> None:
    """End a community."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return CloseCommunity(community=community_meant(ledger, connection, community, WHERE).id, day=day)

    act(how, make)


def show_communities(data: Path | None, *, ended: bool, as_json: bool) -> None:
    """Print the tree of communities."""
    with open_for_reading(settings(data)) as ledger:
        communities = ledger.views.communities
        with ledger.reading(communities) as (connection, position):
            every = [one for one in communities.all(connection) if ended or not one.ended]
    if as_json:
        items = [{**one._asdict(), "ended": bool(one.ended)} for _, one in as_tree(every)]
        output.document({"position": position, "items": items})
        return
    output.table(
        "",
        (Column("Community"), Column("Level"), Column("Id")),
        [(name + (" (ended)" if one.ended else ""), one.level, one.id) for name, one in as_tree(every)],
        empty="There are no communities yet.",
    )


def _beneath(level: str | None) -> Level:
    levels = tuple(Level)
    return levels[0] if level is None else levels[min(Level(level).depth + 1, len(levels) - 1)]
