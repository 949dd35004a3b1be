"""The program around the commands: every expected error becomes a sentence and an exit code, never a traceback."""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

import rich_click as click
from click.exceptions import Exit
from rich_click import RichOption

from ledger.cli.terminal.failures import (
    PIPE_CLOSED,
    REFUSED,
    error_document,
    interrupted,
    message_of,
    store_failed,
)
from ledger.cli.terminal.language import filled, here, language, spoken_to
from ledger.cli.terminal.spoken import Spoken, looks
from ledger.cli.words import usage
from ledger.cli.words.options import OPTIONS
from ledger.cli.words.tools import PROGRAM
from ledger.operations.words.said import ZH
from ledger.store.errors import StoreError

JSON_OPTION = "--json"
COMPLETE_VARIABLE = "_TIMEBANK_COMPLETE"


class InOrder(Spoken, click.RichGroup):
    """A group whose help lists its commands in the order in which they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, as they were added."""
        return list(self.commands)


class Program(InOrder):
    """The group of all commands, of which each is read in when somebody calls it, or asks for help."""

    def __init__(self, modules: Mapping[str, str], **how: Any) -> None:
        """`modules` names, in the order of help, the module in which each command or group stands."""
        super().__init__(**how)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of help."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, None where there is none."""
        if cmd_name in self._modules and cmd_name not in self.commands:
            every = vars(import_module(self._modules[cmd_name])).values()
            self.add_command(
                next(one for one in every if isinstance(one, click.Command) and one.name == cmd_name)
            )
        return self.commands.get(cmd_name)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = COMPLETE_VARIABLE,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run with these words, or the command line's, and leave with an exit code."""
        words = sys.argv[1:] if args is None else list(args)
        _never_fail_to_print()
        with spoken_to(words):
            self._speak()
            try:
                code = super().main(words, prog_name, complete_var, standalone_mode=False, **extra)
            except click.ClickException as error:
                if not standalone_mode:
                    raise
                self._tell(error, as_json=JSON_OPTION in words)
            except click.Abort:
                if not standalone_mode:
                    raise
                self._tell(interrupted(here(*usage.INTERRUPTED)), as_json=JSON_OPTION in words)
        if not standalone_mode:
            return code
        sys.exit(code or 0)

    def _speak(self) -> None:
        # The program itself is read in before anybody has said in which language.
        self.help, self.context_settings["rich_help_config"] = here(*PROGRAM), looks()
        for one in self.params:
            assert isinstance(one, RichOption)
            one.help = here(*OPTIONS[one.opts[0]])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except StoreError as error:
            raise store_failed(error) from error
        except BrokenPipeError:
            # Python would complain once more when it closes stdout at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise Exit(PIPE_CLOSED) from None
        return done

    def _tell(self, error: click.ClickException, *, as_json: bool) -> NoReturn:
        if as_json:
            print(json.dumps(error_document(error), ensure_ascii=False), file=sys.stderr)
        elif sys.stderr.isatty():
            formatter = self._error_formatter()
            formatter.write_error(_in_the_language(error, formatter))
            print(formatter.getvalue(), _advice(error), sep="", file=sys.stderr, end="")
        else:
            _tell_plainly(error)
        sys.exit(error.exit_code)


def _in_the_language(error: click.ClickException, formatter: click.RichHelpFormatter) -> click.ClickException:
    """An error that looks the same, with its sentence in the language of the terminal, and what help there is."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None and language() == ZH:
        formatter.config.errors_suggestion = filled(usage.SEE_HELP, command=context.command_path)
    return click.UsageError(message_of(error), context)


def _advice(error: click.ClickException) -> str:
    """What to do about a rule's refusal, in a line of the terminal's language; nothing for other errors."""
    code = getattr(error, "code", "")
    if error.exit_code != REFUSED or not code:
        return ""
    from ledger.operations.words.advice import advice_for

    found = advice_for(code)
    return "" if found is None else f"{here(*found)}\n"


def _tell_plainly(error: click.ClickException) -> None:
    print(filled(usage.ERROR, message=message_of(error)), file=sys.stderr)
    print(_advice(error), file=sys.stderr, end="")
    if isinstance(error, click.UsageError) and error.ctx is not None:
        print(filled(usage.SEE_HELP, command=error.ctx.command_path), file=sys.stderr)


def _never_fail_to_print() -> None:
    """Where the terminal's encoding lacks a letter, a question mark stands for it."""
    reconfigure: Callable[..., None] | None = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
