"""The tree of teams, as an office changes it."""

from datetime import date

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.acting import Act, act
from ledger.cli.lookup import community_meant, team_meant
from ledger.domain.commands import Command
from ledger.domain.teams import DisbandTeam, FormTeam, RenameTeam, ReparentTeam

WHERE = "TEAM"


def form(how: Act, name: str, *, parent: str | None, community: str | None, **more: object) -> None:
    """Form a team, with its field, brand and day in `more`."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        above = None if parent is None else team_meant(ledger, connection, parent, "--parent").id
        home = None if community is None else community_meant(ledger, connection, community, "--community").id
        return FormTeam(team=how.new_id("tea"), name=name, parent=above, community=home, **more)  # type: ignore[arg-type]

    act(how, make)


def rename(how: Act, team: str, name: str, *, day: date | None) -> None:
    """Give a team another name."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return RenameTeam(team=team_meant(ledger, connection, team, WHERE).id, name=name, day=day)

    act(how, make)


def move(how: Act, team: str, parent: str, *, day: date | None) -> None:
    """Put a team under another."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        meant = team_meant(ledger, connection, team, WHERE)
        above = team_meant(ledger, connection, parent, "PARENT")
        return ReparentTeam(team=meant.id, parent=above.id, day=day)

    act(how, make)


def disband(how: Act, team: str, *, day: date | None) -> None:
    """End a team."""

    def make(ledger: Ledger, connection: Connection) -> Command:
        return DisbandTeam(team=team_meant(ledger, connection, team, WHERE).id, day=day)

    act(how, make)
