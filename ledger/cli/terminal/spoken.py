"""Commands that speak the language of the terminal where the library has words of its own."""

from collections.abc import Mapping
from typing import Any

from click import Choice, Context, Option, Parameter
from rich_click import RichArgument, RichCommand, RichContext, RichHelpFormatter, RichOption

from ledger.cli.terminal.language import here, language
from ledger.cli.words import clicks
from ledger.cli.words.options import OPTIONS
from ledger.cli.words.values import called
from ledger.operations.words.said import EN, ZH
from ledger.spoken import LANG_OPTION


def looks() -> Mapping[str, Any]:
    """How help looks."""
    return {
        "commands_before_options": True,
        "text_paragraph_linebreaks": "\n\n",
        **(clicks.TITLES if language() == ZH else {}),
    }


LANGUAGES = Choice([ZH, EN])


class _Formatter(RichHelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or here(*clicks.USAGE))


class _Context(RichContext):
    formatter_class = _Formatter


class SpokenOption(RichOption):
    """An option whose value is called in the language of the terminal."""

    def make_metavar(self, ctx: Context) -> str:
        return called(super().make_metavar(ctx))


class SpokenArgument(RichArgument):
    """An argument that is called in the language of the terminal, once."""

    @property
    def opts(self) -> list[str]:
        """What help calls it."""
        return [called((self.name or "").upper())] if language() == ZH else self._opts

    @opts.setter
    def opts(self, names: list[str]) -> None:  # pyright: ignore[reportIncompatibleVariableOverride]
        self._opts = names

    def make_metavar(self, ctx: Context) -> str:
        # Beside its own name; in Chinese the two are one.
        return "" if language() == ZH else super().make_metavar(ctx)

    def get_usage_pieces(self, ctx: Context) -> list[str]:
        """How it stands in a line of usage."""
        return [called(super().make_metavar(ctx))]

    def get_error_hint(self, ctx: Context | None) -> str:
        """How an error calls it."""
        return f"'{self.opts[0].upper()}'"


class Spoken(RichCommand):
    """A command whose help is in the language of the terminal, down to that of `--help`; `--lang` names another."""

    context_class = _Context

    def get_params(self, ctx: Context) -> list[Parameter]:
        """The parameters, with `--lang` where the command has none of its own: it was looked for before all others."""
        found = super().get_params(ctx)
        if any(LANG_OPTION in one.opts for one in found):
            return found
        lang = RichOption([LANG_OPTION], type=LANGUAGES, expose_value=False, help=here(*OPTIONS[LANG_OPTION]))
        return [*found[:-1], lang, *found[-1:]]

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """What is typed after the command's name."""
        return [called(one) for one in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: RichContext) -> Option | None:
        """The option that prints help."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = here(*OPTIONS["--help"])
        return found
