"""The command line, `timebank`.

Help of the program and of its groups must come at once, so nothing heavy is imported before a command runs, and of the
commands' own modules only that of the one that is called. Help of a command that is made of an action or a question
reads that in.
"""

import click
from rich_click import RichOption

from ledger.cli.terminal.language import here
from ledger.cli.terminal.program import Program
from ledger.cli.words.options import OPTIONS
from ledger.cli.words.tools import PROGRAM

_COMMANDS = (
    ("tools.serve_commands", "demo"),
    ("tools.keeping_commands", "init import"),
    ("office.tree_commands", "community team"),
    ("office.people_commands", "volunteer"),
    ("office.record_commands", "record"),
    ("office.figures", "balance statement transfer donate grant about whoami ledger"),
    ("office.offer_commands", "offer redeem redemption"),
    ("office.boards", "leaderboard contributions report"),
    ("office.period_commands", "period"),
    ("office.venue_commands", "venue"),
    ("office.activity_commands", "activity"),
    ("office.shift_commands", "shift"),
    ("office.presence_commands", "signup calendar checkin clockin checkout visit"),
    ("office.appointment_commands", "post organisation designation training"),
    ("office.term_commands", "term"),
    ("tools.audit_commands", "audit"),
    ("tools.keeping_commands", "backup restore erasures export"),
    ("tools.serve_commands", "serve token witness"),
    ("tools.keeping_commands", "projections"),
    ("tools.serve_commands", "completion"),
)
"""In which module of `ledger.cli` commands and groups stand, in the order in which help lists them."""

_PROGRAM = Program(
    {name: f"ledger.cli.{module}" for module, names in _COMMANDS for name in names.split()},
    name="timebank",
    help=here(*PROGRAM),
    context_settings={"help_option_names": ["-h", "--help"]},
)
main = click.version_option(
    cls=RichOption, package_name="timebank-ledger", prog_name="timebank", help=here(*OPTIONS["--version"])
)(_PROGRAM)
