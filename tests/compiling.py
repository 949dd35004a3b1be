"""Statements that one engine of a process has compiled are not compiled again by the next."""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

ROOM = 20_000
"""How many statements are kept of a kind of database: all of them, as no test makes up any."""


def share_what_is_compiled() -> None:
    """Let every engine look into one cache of its kind of database, not into one of its own.

    Nearly each test opens engines of its own, two for a file, and to compile what it asks takes longer than to ask.
    All of a kind are set alike here, and where they are on a server it is the same one.
    """
    shared: dict[type, LRUCache[Any, Any]] = {}

    def cache_of(engine: Engine) -> LRUCache[Any, Any]:
        return shared.setdefault(type(engine.dialect), LRUCache(ROOM))

    def keep_none(engine: Engine, cache: object) -> None:
        """Engines make a cache as they begin, which stays unused."""

    engines, dialects = Engine, DefaultDialect
    setattr(engines, "_compiled_cache", property(cache_of, keep_none))  # noqa: B010 - it is another's
    # What is kept is found by the dialect, too, of which each engine has one.
    setattr(dialects, "__eq__", lambda one, other: type(one) is type(other))  # noqa: B010
    setattr(dialects, "__hash__", lambda one: hash(type(one)))  # noqa: B010
