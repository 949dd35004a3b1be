"""The tree of teams: forming, renaming, re-parenting and disbanding."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import AlreadyRecorded, Command, Facts, Fold, Refusal, Seen
from ledger.domain.communities import COMMUNITIES, UnknownCommunity
from ledger.domain.events import Event, TeamDisbanded, TeamFormed, TeamRenamed, TeamReparented
from ledger.domain.ids import CommunityId, TeamId
from ledger.domain.text import Code, Label
from ledger.domain.trees import NameTaken, OwnAncestor, Tree


class UnknownTeam(Refusal):
    """No team has the id, or it has been disbanded."""

    code = "unknown-team"
    en = "There is no active team {team}."
    zh = "没有这个服务队：{team}。"


class TeamInUse(Refusal):
    """Teams beneath it must go elsewhere first."""

    code = "team-in-use"
    en = "{team} still has teams beneath it."
    zh = "{team} 仍有下级服务队，不能解散。"


@dataclass(slots=True)
class TeamNode:
    """One team as the tree knows it."""

    name: str
    parent: str | None
    community: str | None
    ended: bool = False


class Teams(Fold):
    """The whole tree of teams."""

    types: ClassVar = frozenset({TeamFormed, TeamRenamed, TeamReparented, TeamDisbanded})

    def __init__(self, about: str) -> None:
        """No teams yet."""
        self.tree: Tree[TeamNode] = Tree()

    def see(self, event: Event) -> None:
        """Change the tree as the fact says."""
        match event:
            case TeamFormed():
                self.tree.place(event.team, TeamNode(event.name, event.parent, event.community))
            case TeamRenamed():
                self.tree.rename(event.team, event.name)
            case TeamReparented():
                self.tree.reparent(event.team, event.parent)
            case _:
                self.tree.end(getattr(event, "team", ""))

    def active(self, team: str) -> TeamNode:
        """A team that is not disbanded; refuses with UnknownTeam."""
        node = self.tree.nodes.get(team)
        if node is None or node.ended:
            raise UnknownTeam(team=team)
        return node


TEAMS = Facts(Teams, tags.TEAMS)


class _TeamCommand(Command, frozen=True, kw_only=True):
    """A command about one team; `day` is when it takes effect, today unless said."""

    team: TeamId
    day: date | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (TEAMS,)

    def effective(self, seen: Seen) -> date:
        """The day on which the change takes effect."""
        return self.day or seen.today


class FormTeam(_TeamCommand, frozen=True, kw_only=True):
    """Put a team into the tree."""

    refusals: ClassVar = (AlreadyRecorded, NameTaken, UnknownCommunity, UnknownTeam)

    name: Label
    parent: TeamId | None = None
    community: CommunityId | None = None
    field: Code | None = None
    brand: Label | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (TEAMS, COMMUNITIES)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        teams = seen[TEAMS]
        if self.team in teams.tree.nodes:
            raise AlreadyRecorded(id=self.team)
        if self.parent is not None:
            teams.active(self.parent)
        if self.community is not None:
            seen[COMMUNITIES].open(self.community)
        teams.tree.refuse_taken(self.parent, self.name)
        return (
            TeamFormed(
                on=self.effective(seen),
                team=self.team,
                name=self.name,
                parent=self.parent,
                community=self.community,
                field=self.field,
                brand=self.brand,
            ),
        )


class RenameTeam(_TeamCommand, frozen=True, kw_only=True):
    """Give a team another public name."""

    refusals: ClassVar = (NameTaken, UnknownTeam)

    name: Label

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        teams = seen[TEAMS]
        node = teams.active(self.team)
        teams.tree.refuse_taken(node.parent, self.name, but=self.team)
        return (TeamRenamed(on=self.effective(seen), team=self.team, name=self.name),)


class ReparentTeam(_TeamCommand, frozen=True, kw_only=True):
    """Put a team, with all beneath it, under another team."""

    refusals: ClassVar = (NameTaken, OwnAncestor, UnknownTeam)

    parent: TeamId

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        teams = seen[TEAMS]
        node = teams.active(self.team)
        teams.active(self.parent)
        teams.tree.refuse_loop(self.team, self.parent)
        teams.tree.refuse_taken(self.parent, node.name, but=self.team)
        return (TeamReparented(on=self.effective(seen), team=self.team, parent=self.parent),)


class DisbandTeam(_TeamCommand, frozen=True, kw_only=True):
    """End a team that has nothing beneath it any more."""

    refusals: ClassVar = (TeamInUse, UnknownTeam)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        teams = seen[TEAMS]
        node = teams.active(self.team)
        if teams.tree.children(self.team):
            raise TeamInUse(team=node.name)
        return (TeamDisbanded(on=self.effective(seen), team=self.team),)
