"""What the commands for auditors are called and take."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.options import argument, common, option, volunteer_argument
from ledger.cli.program import InOrder
from ledger.cli.typed import clocks_options

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(cls=InOrder)
def audit() -> None:
    """Proofs that anyone can check: signed checkpoints, receipts of events, bundles of the whole log."""


@audit.command()
@common
def sign(data: Path | None, as_json: bool) -> None:
    """Sign the log's head, and print the checkpoint: whoever keeps it can tell if anything before it changes.

    The key is in the file that TIMEBANK_CHECKPOINT_KEY names, or in checkpoint-key.pem beside an embedded ledger, which
    is made if it is not there.
    """
    from ledger.cli.audit import sign_head_of

    sign_head_of(data, as_json=as_json)


@audit.command()
@common
def key(data: Path | None, as_json: bool) -> None:
    """Print the public key, with which others verify checkpoints and receipts."""
    from ledger.cli.audit import show_key

    show_key(data, as_json=as_json)


@audit.command()
@argument("position", type=click.IntRange(1, 2**63 - 1), metavar="POSITION")
@option("--event", type=_FILE, metavar="FILE", help="Write the stored text of the event there.")
@common
def receipt(position: int, event: Path | None, data: Path | None, as_json: bool) -> None:
    """Print the proof that an event stands in the log, by the last checkpoint that was signed."""
    from ledger.cli.audit import show_receipt

    show_receipt(data, position, event, as_json=as_json)


@audit.command()
@argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@common
def bundle(folder: Path, data: Path | None, as_json: bool) -> None:
    """Write every event, checkpoint and balance into a folder, up to the last checkpoint that was signed."""
    from ledger.cli.audit import write_bundle_of

    write_bundle_of(data, folder, as_json=as_json)


@audit.command()
@option(
    "--checkpoint",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="A checkpoint that was kept elsewhere; as often as there are some.",
)
@common
def verify(checkpoint: tuple[Path, ...], data: Path | None, as_json: bool) -> None:
    """Hold bytes, tree, checkpoints, tags, views and books against each other; leave with 1 if something is wrong.

    Somebody who can write here can write everything here anew: only a checkpoint kept elsewhere tells that.
    """
    from ledger.cli.audit import verify_ledger

    verify_ledger(data, checkpoint, as_json=as_json)


@audit.command()
@volunteer_argument
@clocks_options
@common
def explain(volunteer: str, data: Path | None, as_json: bool, asked: Any) -> None:
    """Where each minute of a volunteer's two books comes from: the facts, who recorded them, and the policy.

    It leaves with 1 if the facts do not add up to the balance.
    """
    from ledger.cli.explaining import explain as explain_books

    explain_books(data, volunteer, asked, as_json=as_json)


@audit.command()
def verifier() -> None:
    """Print a program that checks receipts and bundles without us: one file, for Python with `cryptography`."""
    from ledger.cli.audit import show_verifier

    show_verifier()
