"""The paths of the API: where each operation is asked for, for its handler, its page in /docs, and the access table."""

import re
from collections.abc import Mapping

from msgspec import Struct

from ledger.operations.access import Access
from ledger.operations.operation import Operation

PREFIX = "/api/v1"

_PARAMETER = re.compile(r"\{(\w+)\}")


class Route(Struct, frozen=True, kw_only=True):
    """A path beneath the prefix, with `{names}` of the things that its operation is about."""

    path: str
    operation: Operation

    @property
    def name(self) -> str:
        """The operation's name."""
        return self.operation.name

    @property
    def summary(self) -> str:
        """What the operation does, in a sentence."""
        return self.operation.summary

    @property
    def access(self) -> Access:
        """Who may ask for the operation."""
        return self.operation.access

    @property
    def example(self) -> Mapping[str, object]:
        """A value for each name in the path, and for the query or the body."""
        return self.operation.example

    @property
    def problems(self) -> tuple[str, ...]:
        """Codes of problems that only some operations can have, and this one does."""
        return self.operation.problems

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in the path."""
        return tuple(_PARAMETER.findall(self.path))


def litestar_path(path: str) -> str:
    """The path as Litestar spells it."""
    return PREFIX + _PARAMETER.sub(r"{\1:str}", path)
