"""Trees on a screen: each thing beneath what it belongs to, set in; and who is in a team."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger.cli.acts.asking import Drawn
from ledger.cli.terminal import output
from ledger.cli.terminal.output import Column

_INDENT = "  "

Node = Mapping[str, Any]
"""Something with an `id` and a `name` that may stand beneath a `parent`."""


def as_tree(nodes: Sequence[Node]) -> Iterator[tuple[str, Node]]:
    """Each node with its name as it is set in: parents before children, those of one parent by name and id."""
    there = {node["id"] for node in nodes}
    beneath: dict[str | None, list[Node]] = {}
    for node in sorted(nodes, key=lambda one: (one["name"], one["id"])):
        # What stands beneath one that is not shown is shown at the top.
        beneath.setdefault(node["parent"] if node["parent"] in there else None, []).append(node)

    def walk(parent: str | None, depth: int) -> Iterator[tuple[str, Node]]:
        for node in beneath.get(parent, ()):
            yield _INDENT * depth + node["name"], node
            yield from walk(node["id"], depth + 1)

    return walk(None, 0)


def draw_communities(drawn: Drawn) -> None:
    """Draw the tree of communities."""
    output.table(
        "",
        (Column("Community"), Column("Level"), Column("Id")),
        [
            (name + (" (ended)" if one["ended"] else ""), one["level"], one["id"])
            for name, one in as_tree(drawn.items)
        ],
        empty="There are no communities yet.",
    )


def draw_members(drawn: Drawn) -> None:
    """Draw who is in a team."""
    output.table(
        drawn.named(drawn.ids["team"]),
        (Column("Number"), Column("Name"), Column("Role"), Column("Since"), Column("Standing")),
        [
            (
                one["number"] or one["volunteer"],
                one["name"] or "",
                one["role"],
                one["since"],
                one["standing"],
            )
            for one in drawn.items
        ],
        empty="Nobody belongs to this team.",
    )
