"""Where a ledger is kept, and whether a word has the form that it must have."""

import os
from pathlib import Path
from typing import Any

import msgspec

from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.language import filled
from ledger.cli.terminal.output import printable
from ledger.operations.words.said import Said
from ledger.settings import Settings, read_settings


def settings(data: Path | None) -> Settings:
    """Where the ledger is kept, by `--data` or the environment."""
    return read_settings(data, os.environ)


def checked(value: str, kind: Any, option: str, otherwise: Said, **more: Any) -> str:
    """The value of an option, which must be of a kind of string that the log takes; refused with BadValue."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        sentence = filled(otherwise, typed=printable(value), **more)
        raise BadValue(sentence, code="invalid-input", where=option) from None
