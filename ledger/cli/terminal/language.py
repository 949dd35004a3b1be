"""The language in which a terminal is spoken to."""

import os
from typing import Any

from ledger.operations.words.said import Said, in_language


def language() -> str:
    """The language of the terminal: `zh` or `en`."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.startswith("zh") else "en"


def here(english: str, chinese: str) -> str:
    """A text in the language of the terminal."""
    return in_language((english, chinese), language())


def filled(said: Said, **places: Any) -> str:
    """A text in the language of the terminal, with what stands in its places."""
    return here(*said).format(**places)
