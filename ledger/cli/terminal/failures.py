"""How a command fails: a code for programs, a sentence for people, and an exit code for the shell."""

import re
from collections.abc import Mapping
from typing import Any

import rich_click as click

from ledger.store.errors import StoreError

REFUSED, USAGE, STORE = 1, 2, 3
"""A rule said no, rows were refused or a check failed; wrong usage; the store is out of reach or held by another."""

INTERRUPTED = 130
PIPE_CLOSED = 141
"""What shells say of a program that Ctrl-C, or a reader that went away, has ended."""


class Failure(click.ClickException):
    """An expected error: `code` is a stable word, and `details` are what a program may read besides."""

    def __init__(self, message: str, *, code: str, details: Mapping[str, Any] | None = None) -> None:
        """`message` is a sentence, `code` in kebab-case."""
        super().__init__(message)
        self.code = code
        self.details = details or {}


class UnusableFile(Failure):
    """A file cannot be read."""

    exit_code = USAGE


class NotInstalled(Failure):
    """It needs a package that only an extra brings along."""

    exit_code = USAGE


class StoreFailed(Failure):
    """The store cannot do it, or cannot be reached."""

    exit_code = STORE


class Interrupted(Failure):
    """Somebody pressed Ctrl-C."""

    exit_code = INTERRUPTED


class BadValue(click.BadParameter):
    """An argument or option that names nothing, or holds what it may not."""

    def __init__(
        self, message: str, *, code: str, where: str, details: Mapping[str, Any] | None = None
    ) -> None:
        """`where` is the argument's name, or the option with its dashes."""
        super().__init__(message, param_hint=f"'{where}'")
        self.code = code
        self.details = details or {}


def store_failed(error: StoreError) -> StoreFailed:
    """A failure of the store for the shell: StoreHeld has the code `store-held`."""
    return StoreFailed(str(error), code=re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower())


def error_document(error: click.ClickException) -> dict[str, Any]:
    """What `--json` says of an error."""
    code: str = getattr(error, "code", "usage")
    details: Mapping[str, Any] = getattr(error, "details", {})
    return {"error": {"code": code, "message": error.format_message(), **details}}
