"""The command line, `timebank`.

Help of the program and of its groups must come at once, so nothing heavy is imported before a command runs. Help of a
command that is made of an action or a question reads the catalogue in.
"""

from types import ModuleType

import click
from rich_click import RichOption

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
from ledger.cli.terminal.language import here
from ledger.cli.terminal.program import Program
from ledger.cli.terminal.spoken import HELP
from ledger.cli.tools import audit_commands, keeping_commands, serve_commands
from ledger.cli.words.options import OPTIONS
from ledger.cli.words.tools import PROGRAM

_PROGRAM = Program(
    name="timebank",
    help=here(*PROGRAM),
    context_settings={"help_option_names": ["-h", "--help"], "rich_help_config": HELP},
)
main = click.version_option(
    cls=RichOption, package_name="timebank-ledger", prog_name="timebank", help=here(*OPTIONS["--version"])
)(_PROGRAM)


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
