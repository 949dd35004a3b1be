"""The tree of communities: establishing, renaming, re-parenting, merging and closing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import AlreadyRecorded, Command, Facts, Fold, Refusal, Seen
from ledger.domain.events import (
    CommunityClosed,
    CommunityEstablished,
    CommunityMerged,
    CommunityRenamed,
    CommunityReparented,
    Event,
    Level,
)
from ledger.domain.ids import CommunityId
from ledger.domain.text import Label
from ledger.domain.trees import NameTaken, OwnAncestor, Tree


class UnknownCommunity(Refusal):
    """No community has the id, or it has ended."""

    code = "unknown-community"
    en = "There is no open community {community}."
    zh = "没有这个社区（村）：{community}。"


class WrongLevel(Refusal):
    """A community may only stand beneath a higher one, and merge with an equal one; `other` is empty for the top."""

    code = "wrong-level"
    en = "A {level} cannot belong to {other}."
    zh = "层级不符：{level}不能归入{other}。"

    def said(self, language: str) -> Mapping[str, str | int]:
        """The details, with the level as people say it."""
        level = Level(self.details["level"]).spoken(language)
        other = self.details["other"] or ("最高层级" if language == "zh" else "the top of the tree")
        return {"level": level, "other": other}


class CommunityInUse(Refusal):
    """Communities beneath it must go elsewhere first."""

    code = "community-in-use"
    en = "{community} still has communities beneath it."
    zh = "{community} 仍有下级社区，不能关闭。"


@dataclass(slots=True)
class CommunityNode:
    """One community as the tree knows it."""

    name: str
    level: Level
    parent: str | None
    ended: bool = False
    merged: tuple[date, str] | None = None


class Communities(Fold):
    """The whole tree of communities."""

    types: ClassVar = frozenset(
        {CommunityEstablished, CommunityRenamed, CommunityReparented, CommunityMerged, CommunityClosed}
    )

    def __init__(self, about: str) -> None:
        """No communities yet."""
        self.tree: Tree[CommunityNode] = Tree()

    def see(self, event: Event) -> None:
        """Change the tree as the fact says."""
        match event:
            case CommunityEstablished():
                self.tree.place(event.community, CommunityNode(event.name, event.level, event.parent))
            case CommunityRenamed():
                self.tree.rename(event.community, event.name)
            case CommunityReparented():
                self.tree.reparent(event.community, event.parent)
            case CommunityMerged():
                for child in self.tree.children(event.community):
                    self.tree.reparent(child, event.into)
                self.tree.end(event.community)
                self.tree.nodes[event.community].merged = (event.on, event.into)
            case _:
                self.tree.end(getattr(event, "community", ""))

    def open(self, community: str) -> CommunityNode:
        """A community in use; refuses with UnknownCommunity."""
        node = self.tree.nodes.get(community)
        if node is None or node.ended:
            raise UnknownCommunity(community=community)
        return node

    def known(self, community: str) -> CommunityNode:
        """A community, ended or not; refuses with UnknownCommunity."""
        node = self.tree.nodes.get(community)
        if node is None:
            raise UnknownCommunity(community=community)
        return node

    def successor(self, community: str, day: date) -> str:
        """The community that somebody of `community` belonged to on a day, after the mergers up to then."""
        merged = self.tree.nodes[community].merged
        while merged is not None and merged[0] <= day:
            community = merged[1]
            merged = self.tree.nodes[community].merged
        return community


COMMUNITIES = Facts(Communities, tags.COMMUNITIES)


class _CommunityCommand(Command, frozen=True, kw_only=True):
    """A command about one community; `day` is when it takes effect, today unless said."""

    community: CommunityId
    day: date | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (COMMUNITIES,)

    def effective(self, seen: Seen) -> date:
        """The day on which the change takes effect."""
        return self.day or seen.today


class EstablishCommunity(_CommunityCommand, frozen=True, kw_only=True):
    """Put a community into the tree, under its parent or, without one, at the top."""

    refusals: ClassVar = (AlreadyRecorded, NameTaken, UnknownCommunity, WrongLevel)

    name: Label
    level: Level
    parent: CommunityId | None = None

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        communities = seen[COMMUNITIES]
        if self.community in communities.tree.nodes:
            raise AlreadyRecorded(id=self.community)
        if self.parent is not None:
            _refuse_level(self.level, communities.open(self.parent))
        elif self.level is not Level.COUNTY:
            raise WrongLevel(level=self.level, other="")
        communities.tree.refuse_taken(self.parent, self.name)
        return (
            CommunityEstablished(
                on=self.effective(seen),
                community=self.community,
                name=self.name,
                level=self.level,
                parent=self.parent,
            ),
        )


class RenameCommunity(_CommunityCommand, frozen=True, kw_only=True):
    """Give a community another public name."""

    refusals: ClassVar = (NameTaken, UnknownCommunity)

    name: Label

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        communities = seen[COMMUNITIES]
        node = communities.open(self.community)
        communities.tree.refuse_taken(node.parent, self.name, but=self.community)
        return (CommunityRenamed(on=self.effective(seen), community=self.community, name=self.name),)


class ReparentCommunity(_CommunityCommand, frozen=True, kw_only=True):
    """Put a community, with all beneath it, under another parent."""

    refusals: ClassVar = (NameTaken, OwnAncestor, UnknownCommunity, WrongLevel)

    parent: CommunityId

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        communities = seen[COMMUNITIES]
        node = communities.open(self.community)
        parent = communities.open(self.parent)
        communities.tree.refuse_loop(self.community, self.parent)
        _refuse_level(node.level, parent)
        communities.tree.refuse_taken(self.parent, node.name, but=self.community)
        return (CommunityReparented(on=self.effective(seen), community=self.community, parent=self.parent),)


class MergeCommunity(_CommunityCommand, frozen=True, kw_only=True):
    """End a community by making it part of another of its level; what lies beneath goes along."""

    refusals: ClassVar = (NameTaken, OwnAncestor, UnknownCommunity, WrongLevel)

    into: CommunityId

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        communities = seen[COMMUNITIES]
        node, into = communities.open(self.community), communities.open(self.into)
        communities.tree.refuse_loop(self.community, self.into)
        if node.level is not into.level:
            raise WrongLevel(level=node.level, other=into.name)
        for child in communities.tree.children(self.community):
            communities.tree.refuse_taken(self.into, communities.tree.nodes[child].name)
        return (CommunityMerged(on=self.effective(seen), community=self.community, into=self.into),)


class CloseCommunity(_CommunityCommand, frozen=True, kw_only=True):
    """End a community that has nothing beneath it any more."""

    refusals: ClassVar = (CommunityInUse, UnknownCommunity)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        communities = seen[COMMUNITIES]
        node = communities.open(self.community)
        if communities.tree.children(self.community):
            raise CommunityInUse(community=node.name)
        return (CommunityClosed(on=self.effective(seen), community=self.community),)


def _refuse_level(level: Level, parent: CommunityNode) -> None:
    if parent.level.depth >= level.depth:
        raise WrongLevel(level=level, other=parent.name)
