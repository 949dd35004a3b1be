"""What every route of the API declares, for its handler, its page in /docs, and the table of who may do what."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from ledger.api.access import Access

PREFIX = "/api/v1"

_PARAMETER = re.compile(r"\{(\w+)\}")


class Route(Struct, frozen=True, kw_only=True):
    """A path beneath the prefix, with `{names}` of things; the operation's name, and what it does in a sentence.

    `example` gives a value for each name in the path, and for the query or the body, as a test will send it.
    `problems` are codes of HTTP_KINDS that only some operations can have, and this one does.
    """

    path: str
    name: str
    summary: str
    access: Access
    example: Mapping[str, object] = MappingProxyType({})
    problems: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in the path."""
        return tuple(_PARAMETER.findall(self.path))


def litestar_path(path: str) -> str:
    """The path as Litestar spells it."""
    return PREFIX + _PARAMETER.sub(r"{\1:str}", path)
