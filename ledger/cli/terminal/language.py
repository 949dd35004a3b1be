"""The language in which a terminal is spoken to."""

import contextlib
import os
from collections.abc import Generator, Sequence
from typing import Any

from ledger.operations.words.said import EN, Said, in_language
from ledger.spoken import language_for, of_the_locale

_spoken: list[str] = []


@contextlib.contextmanager
def spoken_to(words: Sequence[str]) -> Generator[None]:
    """For as long as this lasts, whoever typed some words is spoken to."""
    _spoken.append(language_for(words, os.environ))
    try:
        yield
    finally:
        _spoken.pop()


def language() -> str:
    """The language of the terminal: `zh` or `en`."""
    return _spoken[-1] if _spoken else of_the_locale(os.environ) or EN


def here(english: str, chinese: str) -> str:
    """A text in the language of the terminal."""
    return in_language((english, chinese), language())


def filled(said: Said, **places: Any) -> str:
    """A text in the language of the terminal, with what stands in its places."""
    return here(*said).format(**places)
