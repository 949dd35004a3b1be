"""The lines of the command line that are made of operations, by the operation."""

from collections.abc import Iterator

import click

from ledger.cli import main
from ledger.cli.acts.made import Made
from tests.commands import commands_of


def lines(command: click.Command, *above: str) -> Iterator[tuple[tuple[str, ...], Made]]:
    """Every command that is made of an operation, with the words that name it."""
    if isinstance(command, click.Group):
        for name, one in commands_of(command):
            yield from lines(one, *above, name)
    elif isinstance(command, Made):
        yield above, command


LINES = {made._line.operation: (words, made) for words, made in lines(main)}
