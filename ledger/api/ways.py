"""Which read a path asks for, without Litestar: it tells the usual spelling of a path alone."""

from collections.abc import Iterable, Mapping

from ledger.api.reading import Read
from ledger.api.routes import PREFIX, Route

_UNDER = f"{PREFIX}/"


class Ways:
    """The paths of reads, segment by segment; what is spelt out goes before what stands for an id."""

    def __init__(self, routes: Iterable[Route]) -> None:
        """Lay out all routes, as the word of one that writes is no id of anything that is read."""
        self._root = _Fork()
        for route in routes:
            fork = self._root
            for segment in route.path.removeprefix("/").split("/"):
                if segment.startswith("{"):
                    fork.any = fork.any or _Fork()
                    fork = fork.any
                else:
                    fork = fork.literal.setdefault(segment, _Fork())
            if isinstance(route, Read):
                fork.read, fork.names = route, route.parameters

    def of(self, path: str) -> tuple[Read, Mapping[str, str]] | None:
        """The read that answers at a path, and what its parameters are there; None where that takes a longer look."""
        if not path.startswith(_UNDER):
            return None
        fork = self._root
        values: list[str] = []
        for segment in path[len(_UNDER) :].split("/"):
            further = fork.literal.get(segment)
            if further is None:
                # A segment that is empty is spelt unusually.
                if fork.any is None or not segment:
                    return None
                values.append(segment)
                further = fork.any
            fork = further
        # As many as were passed on the way; to have that looked at takes longer than the rest of it.
        return None if fork.read is None else (fork.read, dict(zip(fork.names, values)))  # noqa: B905


class _Fork:
    __slots__ = ("any", "literal", "names", "read")

    def __init__(self) -> None:
        self.literal: dict[str, _Fork] = {}
        self.any: _Fork | None = None
        self.read: Read | None = None
        self.names: tuple[str, ...] = ()
