"""What stands for a value in help and in errors."""

import re

from ledger.cli.terminal.language import language
from ledger.cli.words import clicks
from ledger.operations.words.said import ZH

_VALUE = re.compile(r"\b[A-Z][A-Z_]*\b")


def called(value: str) -> str:
    """What stands for a value, or for several, in the language of the terminal."""
    if language() != ZH:
        return value
    return _VALUE.sub(lambda found: clicks.VALUES_ZH.get(found[0], found[0]), value)
