"""Completion of this program's words in a shell."""

import click
from click.shell_completion import get_completion_class

from ledger.cli.terminal.program import COMPLETE_VARIABLE


def print_script(shell: str) -> None:
    """Print the script that a shell is told of."""
    script = get_completion_class(shell)
    assert script is not None
    program = click.get_current_context().find_root().command
    click.echo(script(program, {}, "timebank", COMPLETE_VARIABLE).source())
