"""Trees on a screen: each thing beneath what it belongs to, set in."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from ledger.exchange.names import Named

_INDENT = "  "


class Node(Named, Protocol):
    """Something with a name that may stand beneath another."""

    @property
    def parent(self) -> str | None:
        """The id of what it stands beneath."""
        ...


T = TypeVar("T", bound=Node)


def as_tree(nodes: Sequence[T]) -> Iterator[tuple[str, T]]:
    """Each node with its name as it is set in: parents before children, those of one parent by name and id."""
    there = {node.id for node in nodes}
    beneath: dict[str | None, list[T]] = {}
    for node in sorted(nodes, key=lambda one: (one.name, one.id)):
        # What stands beneath one that is not shown is shown at the top.
        beneath.setdefault(node.parent if node.parent in there else None, []).append(node)

    def walk(parent: str | None, depth: int) -> Iterator[tuple[str, T]]:
        for node in beneath.get(parent, ()):
            yield _INDENT * depth + node.name, node
            yield from walk(node.id, depth + 1)

    return walk(None, 0)
