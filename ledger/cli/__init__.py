"""The command line, `timebank`.

Help of the program and of its groups must come at once, so nothing heavy is imported before a command runs. Help of a
command that is made of an action or a question reads the catalogue in.
"""

from types import ModuleType

import rich_click as click
from click import version_option

from ledger.cli.office import (
    activity_commands,
    appointment_commands,
    boards,
    figures,
    offer_commands,
    people_commands,
    period_commands,
    presence_commands,
    record_commands,
    shift_commands,
    term_commands,
    tree_commands,
    venue_commands,
)
from ledger.cli.terminal.language import language
from ledger.cli.terminal.program import Program
from ledger.cli.tools import audit_commands, keeping_commands, serve_commands
from ledger.operations.words.said import ZH

_IN_CHINESE = {
    "arguments_panel_title": "参数",
    "options_panel_title": "选项",
    "commands_panel_title": "命令",
    "default_string": "[默认：{}]",
    "required_long_string": "[必填]",
}
"""What rich-click says in English itself."""
_HELP = {
    "commands_before_options": True,
    "text_paragraph_linebreaks": "\n\n",
    **(_IN_CHINESE if language() == ZH else {}),
}


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "rich_help_config": _HELP})
@version_option(cls=click.RichOption, package_name="timebank-ledger", prog_name="timebank")
def main() -> None:
    """An event-sourced ledger for volunteer time banks.

    `timebank demo` shows what it does; `timebank init` begins a ledger of your own.

    A ledger is kept in the folder --data names, or in the database that TIMEBANK_DATABASE_URL names
    (postgresql://user@host/name), else in the folder timebank-data.

    Exit codes: 0 done; 1 a request or rows were refused, or a check failed; 2 wrong usage; 3 the store cannot
    be reached, holds no ledger or is held by another process.

    Completion: `eval "$(timebank completion bash)"`, which is `_TIMEBANK_COMPLETE=bash_source timebank`; zsh and
    fish likewise.
    """


def _standing_alone(module: ModuleType) -> list[click.Command]:
    """The commands of a module that stand in none of its groups, in the order in which they are written there."""
    every = [one for one in vars(module).values() if isinstance(one, click.Command)]
    grouped = [
        id(one) for group in every if isinstance(group, click.Group) for one in group.commands.values()
    ]
    return [one for one in every if id(one) not in grouped]


_OFFICE = (
    tree_commands,
    people_commands,
    record_commands,
    figures,
    offer_commands,
    boards,
    period_commands,
    venue_commands,
    activity_commands,
    shift_commands,
    presence_commands,
    appointment_commands,
    term_commands,
)

for _command in (
    serve_commands.demo,
    keeping_commands.init,
    keeping_commands.import_files,
    *(one for module in _OFFICE for one in _standing_alone(module)),
    audit_commands.audit,
    keeping_commands.backup,
    keeping_commands.restore,
    keeping_commands.erasures,
    keeping_commands.export,
    serve_commands.serve,
    serve_commands.token,
    serve_commands.witness,
    keeping_commands.projections,
    serve_commands.completion,
):
    main.add_command(_command)
