"""What may be told of an exception: its kind and the places in the code that it came through.

What it says, and what the frames held, may be anybody's name, phone or token: neither is told.
"""

import errno
from collections import deque
from collections.abc import Iterator
from traceback import walk_tb
from types import TracebackType
from typing import Any

_MOST_EXCEPTIONS = 20
_FIRST_FRAMES, _LAST_FRAMES = 10, 30


def traced(error: BaseException) -> list[dict[str, Any]]:
    """An exception and those that led to it or are grouped in it, each with its type and its frames, innermost last."""
    found: list[dict[str, Any]] = []
    waiting, known = deque([error]), set[int]()
    while waiting and len(found) < _MOST_EXCEPTIONS:
        one = waiting.popleft()
        if id(one) in known:
            continue
        known.add(id(one))
        found.append(_told(one))
        waiting.extend(_led_to(one))
    return found


def _told(error: BaseException) -> dict[str, Any]:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    code = _code(error)
    return {"type": name, **({} if code is None else {"code": code}), "frames": _frames(error.__traceback__)}


def _led_to(error: BaseException) -> Iterator[BaseException]:
    if error.__cause__ is not None:
        yield error.__cause__
    elif error.__context__ is not None and not error.__suppress_context__:
        yield error.__context__
    if isinstance(error, BaseExceptionGroup):
        yield from error.exceptions  # pyright: ignore[reportUnknownMemberType]


def _code(error: BaseException) -> str | None:
    """The system's or the database's own word for a failure, which is one of a list."""
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0)
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return code if isinstance(code, str) else None


def _frames(traceback: TracebackType | None) -> list[str]:
    frames = [
        f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_qualname}"
        for frame, line in walk_tb(traceback)
    ]
    if len(frames) > _FIRST_FRAMES + _LAST_FRAMES:
        frames[_FIRST_FRAMES:-_LAST_FRAMES] = ["…"]
    return frames
