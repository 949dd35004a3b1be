"""What the commands that export are called and take."""

from pathlib import Path

import rich_click as click

from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.options import Decorated, argument, common, option
from ledger.cli.terminal.program import InOrder

HELP = {
    "hledger": """Write both books as a journal for hledger.

    Every fact that moves minutes is a transaction of its day, and each month ends with balances: `hledger -f FILE
    check --strict` finds any minute that was changed in it.""",
    "beancount": """Write both books as a journal for beancount and Fava.

    Every fact that moves minutes is a transaction of its day, and each month ends with balances: `bean-check FILE`
    finds any minute that was changed in it.""",
}


@click.group(cls=InOrder)
def export() -> None:
    """The books for other programs. Every export tells origin, position, and the root of the tree there.

    Nothing in one is about a person but ids: volunteers' numbers and names are in none.
    """


def _at_option(command: Decorated) -> Decorated:
    return option(
        "--at",
        type=WholeNumber(1, 2**63 - 1),
        metavar="POSITION",
        help="Only the events up to this position. [default: all]",
    )(command)


def _add(tool: str) -> None:
    @export.command(tool, help=HELP[tool])
    @argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
    @_at_option
    @option("--force", is_flag=True, help="Write over a file that is there.")
    @common
    def run(file: Path, at: int | None, force: bool, data: Path | None, as_json: bool) -> None:
        from ledger.cli.tools.export import Order, export_journal

        export_journal(data, tool, file, Order(at, as_json), force=force)


for _tool in HELP:
    _add(_tool)


@export.command()
@argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@_at_option
@common
def parquet(folder: Path, at: int | None, data: Path | None, as_json: bool) -> None:
    """Write events, postings and service lines as Parquet into an empty or new folder, for DuckDB or Polars.

    It needs pyarrow: pip install 'timebank-ledger[parquet]'.
    """
    from ledger.cli.tools.export import Order, export_parquet

    export_parquet(data, folder, Order(at, as_json))
