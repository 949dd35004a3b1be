"""The model's two trees: communities and teams, each node a dict."""

import unicodedata
from datetime import date
from typing import Any

from tests.machine.model_parts import Part

LEVELS = ("county", "town", "village")

Tree = dict[str, dict[str, Any]]


class Trees(Part):
    def __init__(self) -> None:
        super().__init__()
        self.communities: Tree = {}
        self.teams: Tree = {}

    def establish_community(
        self, community: str, name: str, level: str, parent: str | None, day: date | None
    ) -> None:
        self.refuse("already-recorded", community in self.communities)
        if parent is None:
            self.refuse("wrong-level", level != "county")
        else:
            self.refuse("unknown-community", not in_use(self.communities, parent))
            self.refuse("wrong-level", not self.above(self.communities[parent]["level"], level))
        self.refuse("name-taken", taken(self.communities, parent, name))
        self.communities[community] = {
            "name": name,
            "level": level,
            "parent": parent,
            "ended": False,
            "merged": None,
        }
        self.record()

    def rename_community(self, community: str, name: str, day: date | None) -> None:
        self.refuse("unknown-community", not in_use(self.communities, community))
        self.rename(self.communities, community, name)

    def reparent_community(self, community: str, parent: str, day: date | None) -> None:
        for one in (community, parent):
            self.refuse("unknown-community", not in_use(self.communities, one))
        self.refuse("own-ancestor", community in line_up(self.communities, parent))
        levels = [self.communities[one]["level"] for one in (parent, community)]
        self.refuse("wrong-level", not self.above(*levels))
        self.reparent(self.communities, community, parent)

    def merge_community(self, community: str, into: str, day: date | None) -> None:
        for one in (community, into):
            self.refuse("unknown-community", not in_use(self.communities, one))
        self.refuse("own-ancestor", community in line_up(self.communities, into))
        node = self.communities[community]
        self.refuse("wrong-level", node["level"] != self.communities[into]["level"])
        beneath = children(self.communities, community)
        for child in beneath:
            self.refuse("name-taken", taken(self.communities, into, self.communities[child]["name"]))
        for child in beneath:
            self.communities[child]["parent"] = into
        node["ended"], node["merged"] = True, (day or self.today, into)
        self.record()

    def close_community(self, community: str, day: date | None) -> None:
        self.refuse("unknown-community", not in_use(self.communities, community))
        self.refuse("community-in-use", children(self.communities, community))
        self.communities[community]["ended"] = True
        self.record()

    def form_team(
        self,
        *,
        team: str,
        name: str,
        parent: str | None,
        community: str | None,
        field: str | None,
        brand: str | None,
        day: date | None,
    ) -> None:
        self.refuse("already-recorded", team in self.teams)
        self.refuse("unknown-team", parent is not None and not in_use(self.teams, parent))
        self.refuse("unknown-community", community is not None and not in_use(self.communities, community))
        self.refuse("name-taken", taken(self.teams, parent, name))
        self.teams[team] = {"name": name, "parent": parent, "community": community, "ended": False}
        self.teams[team] |= {"field": field, "brand": brand}
        self.record()

    def rename_team(self, team: str, name: str, day: date | None) -> None:
        self.refuse("unknown-team", not in_use(self.teams, team))
        self.rename(self.teams, team, name)

    def reparent_team(self, team: str, parent: str, day: date | None) -> None:
        for one in (team, parent):
            self.refuse("unknown-team", not in_use(self.teams, one))
        self.refuse("own-ancestor", team in line_up(self.teams, parent))
        self.reparent(self.teams, team, parent)

    def disband_team(self, team: str, day: date | None) -> None:
        self.refuse("unknown-team", not in_use(self.teams, team))
        self.refuse("team-in-use", children(self.teams, team))
        self.teams[team]["ended"] = True
        self.record()

    def rename(self, tree: Tree, one: str, name: str) -> None:
        self.refuse("name-taken", taken(tree, tree[one]["parent"], name, but=one))
        tree[one]["name"] = name
        self.record()

    def reparent(self, tree: Tree, one: str, parent: str) -> None:
        self.refuse("name-taken", taken(tree, parent, tree[one]["name"], but=one))
        tree[one]["parent"] = parent
        self.record()

    def above(self, upper: str, lower: str) -> bool:
        return LEVELS.index(upper) < LEVELS.index(lower)

    def later_home(self, community: str, day: date) -> str:
        """Where somebody of a community lives on a day: who lived in a merged one lives in the other from then on."""
        merged = self.communities[community]["merged"]
        if merged is None or day < merged[0]:
            return community
        return self.later_home(merged[1], day)


def in_use(tree: Tree, one: str) -> bool:
    return one in tree and not tree[one]["ended"]


def children(tree: Tree, one: str) -> list[str]:
    return [child for child, node in tree.items() if node["parent"] == one and not node["ended"]]


def taken(tree: Tree, parent: str | None, name: str, but: str | None = None) -> bool:
    """Whether another sibling in use has the name, however it is spelt."""
    return any(
        one != but
        and node["parent"] == parent
        and not node["ended"]
        and spelling(node["name"]) == spelling(name)
        for one, node in tree.items()
    )


def line_up(tree: Tree, one: str) -> list[str]:
    """A node and everything above it."""
    parent = tree[one]["parent"]
    return [one] if parent is None else [one, *line_up(tree, parent)]


def spelling(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", name).casefold() if not char.isspace())
