"""Commands that speak the language of the terminal where the library has words of its own."""

from collections.abc import Mapping
from typing import Any

from click import Option
from rich_click import RichCommand, RichContext, RichHelpFormatter

from ledger.cli.terminal.language import here, language
from ledger.cli.words import clicks
from ledger.cli.words.options import OPTIONS
from ledger.operations.words.said import ZH

HELP: Mapping[str, Any] = {
    "commands_before_options": True,
    "text_paragraph_linebreaks": "\n\n",
    **(clicks.TITLES if language() == ZH else {}),
}
"""How help looks."""


class _Formatter(RichHelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or here(*clicks.USAGE))


class _Context(RichContext):
    formatter_class = _Formatter


class Spoken(RichCommand):
    """A command whose help is in the language of the terminal, down to that of `--help`."""

    context_class = _Context

    def get_help_option(self, ctx: RichContext) -> Option | None:
        """The option that prints help."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = here(*OPTIONS["--help"])
        return found
