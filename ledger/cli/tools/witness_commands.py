"""What the command of a witness is called and takes."""

from pathlib import Path

import rich_click as click

from ledger.cli.terminal.options import argument, as_text, listening, option

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@argument(
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the witness keeps its key, and what it saw last.",
)
@option(
    "--name",
    required=True,
    callback=as_text,
    metavar="NAME",
    help="Its name among witnesses, such as example.org/witness.",
)
@option(
    "--ledger",
    "ledgers",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    help="What `timebank audit key` printed of a ledger to watch; as often as there are some.",
)
@option("--show-key", is_flag=True, help="Print the witness's public key, and end.")
@listening(8_600)
def witness(folder: Path, name: str, ledgers: tuple[Path, ...], show_key: bool, host: str, port: int) -> None:
    """Cosign the checkpoints of other people's ledgers, until Ctrl-C or SIGTERM.

    It speaks the witness protocol of C2SP (tlog-witness), and remembers of each ledger the last size and root. The key
    is made if there is none in the folder.
    """
    from ledger.cli.tools.witness import serve, show

    if show_key:
        show(folder, name)
    else:
        serve(folder, name, ledgers, host, port)
