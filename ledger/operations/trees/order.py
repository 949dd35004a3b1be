"""Items of a tree in the order in which people read one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Item = Mapping[str, Any]


def in_tree(items: Sequence[Item]) -> Iterator[tuple[int, Item]]:
    """Items with how deep each stands: parents before children, those of one parent by name and id."""
    there = {item["id"] for item in items}
    beneath: dict[str | None, list[Item]] = {}
    for item in sorted(items, key=lambda one: (one["name"], one["id"])):
        # What stands beneath one that is not there is told at the top.
        beneath.setdefault(item["parent"] if item["parent"] in there else None, []).append(item)

    def walk(parent: str | None, depth: int) -> Iterator[tuple[int, Item]]:
        for item in beneath.get(parent, ()):
            yield depth, item
            yield from walk(item["id"], depth + 1)

    return walk(None, 0)
