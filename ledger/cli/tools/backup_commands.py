"""What the commands about backups are called and take."""

from pathlib import Path

import rich_click as click

from ledger.cli.terminal.options import argument, common, option

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@argument("folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Where it goes: new, or empty.")
@option("--keys", is_flag=True, help="Take the private keys in: whoever has the backup can sign then.")
@common
def backup(folder: Path, keys: bool, data: Path | None, as_json: bool) -> None:
    """Write the whole ledger, its directory too, into a folder, while it is served or without that.

    The folder holds personal data, and only its owner may read it. It is the same for every database, so `timebank
    restore` moves a ledger from one to another.
    """
    from ledger.cli.tools.backup import back_up

    back_up(data, folder, keys=keys, as_json=as_json)


@click.command()
@argument("folder", type=click.Path(path_type=Path), metavar="FOLDER", help="The backup.")
@option(
    "--erasures",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    help="The newest list of who was erased: they do not come back. As often as there are some.",
)
@option(
    "--checkpoint",
    multiple=True,
    type=_FILE,
    metavar="FILE",
    help="A checkpoint that was kept elsewhere; as often as there are some.",
)
@common
def restore(
    folder: Path, erasures: tuple[Path, ...], checkpoint: tuple[Path, ...], data: Path | None, as_json: bool
) -> None:
    """Make a ledger from a backup, where there is none.

    Every byte is held against the root and the checkpoints first. If anything is wrong, nothing is restored.
    """
    from ledger.cli.tools.restoring import restore_backup

    restore_backup(data, folder, erasures, checkpoint, as_json=as_json)


@click.command()
@common
def erasures(data: Path | None, as_json: bool) -> None:
    """Print the list of who was erased: ids, no names. Keep it apart from the ledger and its backups.

    The same list is in erasures.txt beside an embedded ledger, or in the file that TIMEBANK_ERASURES names.
    """
    from ledger.cli.tools.erasing import show_erasures

    show_erasures(data, as_json=as_json)
