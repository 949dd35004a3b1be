"""How a command fails: a code for programs, a sentence for people, and an exit code for the shell."""

import re
from collections.abc import Mapping
from typing import Any

import rich_click as click

from ledger.cli.terminal.language import filled, here, language
from ledger.cli.words.clicks import in_chinese
from ledger.operations.words.said import ZH, Said
from ledger.store.errors import StoreError

REFUSED, USAGE, STORE = 1, 2, 3
"""A rule said no, rows were refused or a check failed; wrong usage; the store is out of reach or held by another."""

INTERRUPTED = 130
PIPE_CLOSED = 141
"""What shells say of a program that Ctrl-C, or a reader that went away, has ended."""


def misused(said: Said, **places: Any) -> click.UsageError:
    """What was typed that does not go together, in the language of the terminal."""
    return click.UsageError(filled(said, **places))


class Unfit(click.BadParameter):
    """What was typed is not what it should be."""

    code = "invalid-request"


def unfit(said: Said, **places: Any) -> Unfit:
    """What was typed that is not what it should be; the library tells where it stood."""
    return Unfit(filled(said, **places))


class Failure(click.ClickException):
    """An expected error: `code` is a stable word, and `details` are what a program may read besides."""

    def __init__(
        self,
        message: str,
        *,
        code: str,
        details: Mapping[str, Any] | None = None,
        exit_code: int | None = None,
    ) -> None:
        """`message` is a sentence, `code` in kebab-case; the exit code is that of its kind unless said."""
        super().__init__(message)
        self.code = code
        self.details = details or {}
        # The library means one of each class.
        self.exit_code = exit_code or self.exit_code  # type: ignore[misc]


class Refused(Failure):
    """A rule said no."""

    exit_code = REFUSED


class UnusableFile(Failure):
    """A file cannot be read."""

    exit_code = USAGE


class BadValue(click.BadParameter):
    """An argument or option that names nothing, or holds what it may not."""

    def __init__(
        self, message: str, *, code: str, where: str, details: Mapping[str, Any] | None = None
    ) -> None:
        """`where` is the argument's name, or the option with its dashes."""
        super().__init__(message, param_hint=f"'{where}'")
        self.code = code
        self.details = details or {}


def interrupted(message: str, **details: Any) -> Failure:
    """What is told where somebody pressed Ctrl-C."""
    return Failure(message, code="interrupted", details=details, exit_code=INTERRUPTED)


def store_failed(error: StoreError) -> Failure:
    """A failure of the store for the shell: StoreHeld has the code `store-held`."""
    code = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
    return Failure(here(str(error), error.zh), code=code, exit_code=STORE)


def message_of(error: click.ClickException) -> str:
    """The sentence of an error in the language of the terminal, whether it is ours or the library's."""
    message = error.format_message()
    return in_chinese(message) if language() == ZH else message


def error_document(error: click.ClickException) -> dict[str, Any]:
    """What `--json` says of an error."""
    code: str = getattr(error, "code", "usage")
    details: Mapping[str, Any] = getattr(error, "details", {})
    return {"error": {"code": code, "message": message_of(error), **details}}
