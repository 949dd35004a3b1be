"""Going up a tree."""

from collections.abc import Iterator, Mapping


def upwards(above: Mapping[str, str | None], identifier: str) -> Iterator[str]:
    """A node, its parent as `above` has it, and so on to the top."""
    step: str | None = identifier
    while step is not None:
        yield step
        step = above.get(step)
